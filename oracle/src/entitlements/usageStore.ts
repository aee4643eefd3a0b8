import type { Hex } from '@truetonne/protocol';
import { and, count as countRows, eq, gt, inArray, isNull, ne } from 'drizzle-orm';
import type { Session } from '../store/database.ts';
import { apiUsage, devices, invitations, members } from '../store/schema.ts';

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

/** Devices of a wallet that may report: neither revoked nor frozen. */
export async function countDevices({ orm }: Session, wallet: Hex): Promise<number> {
  const [row] = await orm
    .select({ number: countRows() })
    .from(devices)
    .where(
      and(eq(devices.owner, wallet), isNull(devices.revokedFrom), isNull(devices.frozenSequence)),
    );
  return row?.number ?? 0;
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
