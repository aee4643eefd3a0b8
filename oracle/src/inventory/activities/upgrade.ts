import { createHash } from 'node:crypto';
import { ENGINE_VERSION, ESTIMATES, type FactorIndex } from '../../accounting/index.ts';
import { appendAudit } from '../../accounts/audit/store.ts';
import { getOrganisation } from '../../accounts/organisations/store.ts';
import type { Database } from '../../store/database/database.ts';
import { withTenant, type TenantSession } from '../../store/database/tenant.ts';
import { createTally, type Outdated, type Tally } from '../periods/outdated.ts';
import { changePeriod, readPeriods } from '../periods/store.ts';
import { lockInventory, recountEstimates } from '../totals/store.ts';
import type { Accounting } from './accounting.ts';
import { readActivities } from './store.ts';
import { recalculate } from './write.ts';

/** Activities that are computed anew in one transaction. */
const CHUNK = 500;

/** As the audit log names who did it. */
const ACTOR = 'upgrade';

export interface UpgradeContext {
  readonly database: Database;
  readonly accounting: () => Promise<Accounting>;
  readonly now: () => number;
}

/** What computes: the public sets of factors by their hashes, and the engine. */
export function hashFactors({ sets }: Pick<FactorIndex, 'sets'>): string {
  const known = [...sets.values()].map(({ id, sha256 }) => `${id} ${sha256}`).sort();
  return createHash('sha256')
    .update([ENGINE_VERSION, ...known].join('\n'))
    .digest('hex');
}

/**
 * After an upgrade that brought other factors: answers a round that computes one organisation's
 * activities anew. What comes to something else becomes a new version; closed periods stay as they are,
 * and the audit log says which of them a restatement would change, and by how much. A round answers
 * whether there is another organisation; one that a crash broke off begins anew, which changes nothing
 * twice.
 */
export function createUpgrade({ database, accounting, now }: UpgradeContext) {
  let done = false;
  return async (stopping: AbortSignal): Promise<boolean> => {
    if (done) return false;
    // Reading the sets takes a moment, which an oracle without organisations need not spend.
    const [any] = await database.run('SELECT 1 FROM organisations LIMIT 1', []);
    const hash = any === undefined ? '' : hashFactors((await accounting()).index);
    const [next] = await database.run(
      `SELECT organisation_id::text FROM organisations
       WHERE deleted_at IS NULL AND factors_hash IS DISTINCT FROM $1 LIMIT 1`,
      [hash],
    );
    if (next === undefined || any === undefined) {
      done = true;
      return false;
    }
    await recomputeOrganisation({ database, accounting, now }, String(next[0]), hash, stopping);
    return !stopping.aborted;
  };
}

async function recomputeOrganisation(
  { database, accounting, now }: UpgradeContext,
  organisationId: string,
  hash: string,
  stopping: AbortSignal,
): Promise<void> {
  const { engineOf } = await accounting();
  /** By period. Sums only: what is closed may be a million activities. */
  const tallies = new Map<number, Tally>();
  for (let after: number | undefined = 0; after !== undefined;) {
    if (stopping.aborted) return;
    const from: number = after;
    after = await withTenant(database, organisationId, async (session) => {
      await lockInventory(session);
      const rows = await readActivities(session, {}, from, CHUNK);
      const engine = await engineOf(session, await getOrganisation(session));
      const result = await recalculate(session, engine, rows, { actor: ACTOR, now: now() });
      for (const { id, firstDay, lastDay } of await readPeriods(session)) {
        const within = result.locked.filter(
          ({ row: { date } }) => firstDay <= date && date <= lastDay,
        );
        if (within.length === 0) continue;
        const tally = tallies.get(id) ?? createTally();
        tallies.set(id, tally);
        tally.add(within);
      }
      return rows.length === CHUNK ? rows.at(-1)?.id : undefined;
    });
  }
  await withTenant(database, organisationId, async (session) => {
    await recountEstimates(session, ESTIMATES);
    await offerRestatements(session, tallies, now());
    await session.run('UPDATE organisations SET factors_hash = $1', [hash]);
  });
}

/** Names each closed period whose activities come to something else now, with the difference. */
async function offerRestatements(
  session: TenantSession,
  tallies: ReadonlyMap<number, Tally>,
  at: number,
): Promise<void> {
  for (const period of await readPeriods(session)) {
    const outdated: Outdated | undefined = tallies.get(period.id)?.read();
    if (outdated === undefined) {
      if (period.outdated !== null) await changePeriod(session, period, { outdated: null });
      continue;
    }
    await changePeriod(session, period, { outdated: JSON.stringify(outdated) });
    await appendAudit(session, {
      ...{ actor: ACTOR, at, action: 'period.outdated', subject: String(period.id) },
      detail: outdated,
    });
  }
}
