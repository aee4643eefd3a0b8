import type { Database, Session } from './database.ts';

/** Owns nothing and can't bypass row-level security: what it may see is what the policies let it see. */
export const TENANT_ROLE = 'truetonne_tenant';

/**
 * A transaction that sees the rows of one organisation and no others: the database itself refuses all
 * else. What reads or writes an organisation's tables takes one of these, and only `enterTenant` makes
 * them.
 */
export interface TenantSession extends Session {
  readonly organisationId: string;
}

/** Two settings of the transaction: they end with it. */
const ENTER = `SELECT set_config('truetonne.organisation', $1, true), set_config('role', '${TENANT_ROLE}', true)`;

const LEAVE = `SELECT set_config('truetonne.organisation', '', true), set_config('role', 'none', true)`;

/** Shuts a transaction in with one organisation. */
export async function enterTenant(
  session: Session,
  organisationId: string,
): Promise<TenantSession> {
  await session.run(ENTER, [organisationId], 'enter-tenant');
  return { ...session, organisationId };
}

/** Goes on outside: for the account that made or joined an organisation in this transaction. */
export async function leaveTenant(session: Session): Promise<void> {
  await session.run(LEAVE, [], 'leave-tenant');
}

/** A transaction on the rows of one organisation. */
export function withTenant<T>(
  database: Database,
  organisationId: string,
  work: (session: TenantSession) => Promise<T>,
): Promise<T> {
  return database.transaction(async (session) => work(await enterTenant(session, organisationId)));
}
