import type { Hex } from '@truetonne/protocol';
import { and, count as countRows, eq, gt, inArray, ne } from 'drizzle-orm';
import type { Session } from '../../store/database/database.ts';
import { apiUsage, invitations, members } from '../../store/tables/schema.ts';

export async function readCalls({ orm }: Session, wallet: Hex, day: number): Promise<number> {
  const [row] = await orm
    .select()
    .from(apiUsage)
    .where(and(eq(apiUsage.wallet, wallet), eq(apiUsage.day, day)));
  return row?.calls ?? 0;
}

/** Adds calls of wallets on days, all in one statement. */
export async function addCalls(
  { run }: Session,
  calls: readonly { readonly wallet: Hex; readonly day: number; readonly calls: number }[],
): Promise<void> {
  await run(
    `INSERT INTO api_usage (wallet, day, calls)
     SELECT decode(substr(w, 3), 'hex'), d, c
     FROM unnest($1::text[], $2::int[], $3::bigint[]) AS new (w, d, c)
     ON CONFLICT (wallet, day) DO UPDATE SET calls = api_usage.calls + excluded.calls`,
    [
      calls.map(({ wallet }) => wallet),
      calls.map(({ day }) => day),
      calls.map((entry) => entry.calls),
    ],
    'add-calls',
  );
}

/** A device of which at least one window is stored. */
export interface ReportingDevice {
  readonly number: number;
  /** Neither revoked nor frozen: it counts against the plan. */
  readonly active: boolean;
}

/** Devices of a wallet that have reported. */
export async function readReporting(
  { run }: Session,
  wallet: Hex,
): Promise<readonly ReportingDevice[]> {
  const rows = await run(
    `SELECT number, revoked_from IS NULL AND frozen_sequence IS NULL FROM devices
     WHERE owner = decode(substr($1, 3), 'hex')
       AND EXISTS (SELECT FROM windows WHERE device_number = devices.number)`,
    [wallet],
    'read-reporting',
  );
  return rows.map(([number, active]) => ({ number: Number(number), active: active === true }));
}

/** Devices of a wallet that have reported and may go on: what a plan counts. */
export async function countDevices(session: Session, wallet: Hex): Promise<number> {
  return (await readReporting(session, wallet)).filter(({ active }) => active).length;
}

/** Members of an organisation and those who are invited; suppliers, who see their own portal, need no seat. */
export async function countSeats(
  { orm }: Session,
  organisationId: string,
  now: number,
): Promise<number> {
  const [seated] = await orm
    .select({ number: countRows() })
    .from(members)
    .where(and(eq(members.organisationId, organisationId), ne(members.role, 'supplier')));
  const [invited] = await orm
    .select({ number: countRows() })
    .from(invitations)
    .where(
      and(
        eq(invitations.organisationId, organisationId),
        ne(invitations.role, 'supplier'),
        gt(invitations.expiresAt, now),
      ),
    );
  return (seated?.number ?? 0) + (invited?.number ?? 0);
}

/** Wallets of an organisation's owners, who came first first. */
export async function readOwners(
  { orm }: Session,
  organisationId: string,
): Promise<readonly Hex[]> {
  const rows = await orm
    .select({ address: members.address })
    .from(members)
    .where(and(eq(members.organisationId, organisationId), inArray(members.role, ['owner'])))
    .orderBy(members.joinedAt, members.accountId);
  return rows.map(({ address }) => address);
}
