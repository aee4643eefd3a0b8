import { randomUUID } from 'node:crypto';
import type { Hex } from '@truetonne/protocol';
import { and, desc, eq, gt, isNull, lt } from 'drizzle-orm';
import type { Session } from '../../store/database/database.ts';
import { accounts, sessions, signInNonces, type SessionRow } from '../../store/tables/schema.ts';

export interface Account {
  readonly id: number;
  /** Lower case. */
  readonly address: Hex;
}

export async function insertNonce(
  { orm }: Session,
  nonce: string,
  now: number,
  expiresAt: number,
): Promise<void> {
  await orm.delete(signInNonces).where(lt(signInNonces.expiresAt, now));
  await orm.insert(signInNonces).values({ nonce, expiresAt });
}

/** Uses a nonce up; false when it was used, has expired, or never was. */
export async function spendNonce({ orm }: Session, nonce: string, now: number): Promise<boolean> {
  const rows = await orm
    .delete(signInNonces)
    .where(and(eq(signInNonces.nonce, nonce), gt(signInNonces.expiresAt, now)))
    .returning({ nonce: signInNonces.nonce });
  return rows.length > 0;
}

/** The account of a wallet; it begins with the first sign-in. */
export async function keepAccount({ orm }: Session, address: Hex, now: number): Promise<Account> {
  await orm.insert(accounts).values({ address, createdAt: now }).onConflictDoNothing();
  const [row] = await orm.select().from(accounts).where(eq(accounts.address, address));
  if (row === undefined) throw new Error('an account that was just stored is gone');
  return row;
}

interface NewSession {
  readonly accountId: number;
  readonly tokenHash: Hex;
  readonly agent: string;
  readonly now: number;
  readonly expiresAt: number;
}

export async function insertSession(
  { orm }: Session,
  { accountId, tokenHash, agent, now, expiresAt }: NewSession,
): Promise<SessionRow> {
  const [row] = await orm
    .insert(sessions)
    .values({
      ...{ id: randomUUID(), accountId, tokenHash, agent, expiresAt },
      ...{ createdAt: now, seenAt: now },
    })
    .returning();
  if (row === undefined) throw new Error('a session was not stored');
  return row;
}

/** A session by its cookie's hash, whether it still holds or not. */
export async function findSession(
  { orm }: Session,
  tokenHash: Hex,
): Promise<{ readonly session: SessionRow; readonly address: Hex } | undefined> {
  const [row] = await orm
    .select({ session: sessions, address: accounts.address })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(eq(sessions.tokenHash, tokenHash));
  return row;
}

/** Sessions of an account that hold, the newest first. */
export function readSessions(
  { orm }: Session,
  accountId: number,
  now: number,
): Promise<readonly SessionRow[]> {
  return orm
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.accountId, accountId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
      ),
    )
    .orderBy(desc(sessions.createdAt), desc(sessions.id));
}

/** Ends a session at once; false when the account has none with this id. */
export async function revokeSession(
  { orm }: Session,
  accountId: number,
  id: string,
  now: number,
): Promise<boolean> {
  const rows = await orm
    .update(sessions)
    .set({ revokedAt: now, challenge: null })
    .where(and(eq(sessions.id, id), eq(sessions.accountId, accountId), isNull(sessions.revokedAt)))
    .returning({ id: sessions.id });
  return rows.length > 0;
}

type SessionChange = Partial<
  Pick<SessionRow, 'seenAt' | 'verifiedAt' | 'challenge' | 'challengeExpiresAt'>
>;

export async function changeSession(
  { orm }: Session,
  id: string,
  change: SessionChange,
): Promise<void> {
  await orm.update(sessions).set(change).where(eq(sessions.id, id));
}
