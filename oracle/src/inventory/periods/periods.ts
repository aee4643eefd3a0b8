import { createHash } from 'node:crypto';
import { buildTree, concatBytes, proofOf, rootOf, TonneError, type Hex } from '@truetonne/protocol';
import { ENGINE_VERSION, type FactorIndex } from '../../accounting/index.ts';
import { appendAudit } from '../../accounts/audit/store.ts';
import type { By } from '../../accounts/organisations/organisations.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { ActivityRow, InventoryRow, PeriodRow } from '../../store/tables/schema.ts';
import { keptFactorShape } from '../activities/activity.ts';
import { readActivities } from '../activities/store.ts';
import { linesOf } from '../activities/write.ts';
import { citationOf } from '../citations/citation.ts';
import { assertSound } from '../citations/resolve.ts';
import { findUnended } from '../imports/store.ts';
import { sealLines } from './seal.ts';
import {
  changePeriod,
  findInventory,
  findPeriod,
  insertInventory,
  insertLines,
  insertPeriod,
  readLeaves,
  readLines,
  readPeriods,
} from './store.ts';

/** Activities that are sealed with one statement. */
const CHUNK = 2_000;

/** Sums of a closed inventory by set of potentials and scope, in whole nanograms as decimal text. */
export type SealedTotals = Readonly<Record<string, string>>;

/**
 * Closes a period of an inventory that is held: what it holds is sealed under a root, and nothing in it changes without a restatement.
 *
 * @throws TonneError PERIOD_IMPORT_RUNNING, PERIOD_INVALID, PERIOD_NOT_OVER, PERIOD_OVERLAPS, PERIOD_EMPTY
 */
export async function closePeriod(
  session: TenantSession,
  index: FactorIndex,
  { firstDay, lastDay }: Pick<PeriodRow, 'firstDay' | 'lastDay'>,
  by: By,
): Promise<PeriodRow> {
  const today = new Date(by.now * 1000).toISOString().slice(0, 10);
  if (firstDay > lastDay) {
    const expected = `${firstDay} or later`;
    throw new TonneError('PERIOD_INVALID', { field: 'lastDay', value: lastDay, expected });
  }
  if (lastDay >= today) {
    const expected = `a day before ${today}`;
    throw new TonneError('PERIOD_NOT_OVER', { field: 'lastDay', value: lastDay, expected });
  }
  const others = await readPeriods(session);
  const other = others.find((one) => one.firstDay <= lastDay && firstDay <= one.lastDay);
  if (other !== undefined) {
    const value = `${other.firstDay} to ${other.lastDay}`;
    throw new TonneError('PERIOD_OVERLAPS', { field: 'firstDay', value });
  }
  await assertNoImport(session);
  const period = await insertPeriod(session, { firstDay, lastDay, createdAt: by.now });
  await seal(session, index, period, 0, by);
  return getPeriod(session, period.id);
}

/**
 * Opens a closed period, read while the inventory is held, for corrections, with a reason. Its inventories stay.
 *
 * @throws TonneError PERIOD_NOT_CLOSED
 */
export async function reopenPeriod(
  session: TenantSession,
  period: PeriodRow,
  reason: string,
  { actor, now }: By,
): Promise<PeriodRow> {
  if (period.state !== 'closed') {
    throw new TonneError('PERIOD_NOT_CLOSED', { field: 'id', value: period.state });
  }
  await changePeriod(session, period, { state: 'reopened', reason });
  await appendAudit(session, {
    ...{ actor, at: now, action: 'period.reopened', subject: String(period.id) },
    detail: { reason, number: period.number },
  });
  return getPeriod(session, period.id);
}

/**
 * Closes a reopened period, read while the inventory is held, again: a restatement, beside what stood before.
 *
 * @throws TonneError PERIOD_IMPORT_RUNNING, PERIOD_NOT_OPEN
 */
export async function restatePeriod(
  session: TenantSession,
  index: FactorIndex,
  period: PeriodRow,
  by: By,
): Promise<PeriodRow> {
  if (period.state !== 'reopened') {
    throw new TonneError('PERIOD_NOT_OPEN', { field: 'id', value: period.state });
  }
  await assertNoImport(session);
  const number = period.number + 1;
  await seal(session, index, period, number, by);
  await changePeriod(session, period, { state: 'closed', number, outdated: null });
  return getPeriod(session, period.id);
}

/**
 * What an import stored so far is no whole, and may yet be taken back. Asked while the inventory is held: an
 * import that was begun unseen since then has stored nothing, and what it stores later finds the period closed.
 */
async function assertNoImport(session: TenantSession): Promise<void> {
  const running = await findUnended(session);
  if (running === undefined) return;
  const value = `${running.name} (${running.id})`;
  throw new TonneError('PERIOD_IMPORT_RUNNING', { field: 'import', value });
}

/** Throws PERIOD_UNKNOWN. */
export async function getPeriod(session: TenantSession, id: number): Promise<PeriodRow> {
  const row = await findPeriod(session, id);
  if (row !== undefined) return row;
  throw new TonneError('PERIOD_UNKNOWN', { field: 'id', value: String(id) });
}

/** Throws PERIOD_UNKNOWN. */
export async function getInventory(
  session: TenantSession,
  periodId: number,
  number: number,
): Promise<InventoryRow> {
  const row = await findInventory(session, periodId, number);
  if (row !== undefined) return row;
  throw new TonneError('PERIOD_UNKNOWN', { field: 'number', value: String(number) });
}

/** A line as it was sealed, and how it leads to the root. */
export interface LineProof {
  readonly position: number;
  readonly line: string;
  readonly proof: readonly Hex[];
}

/** Proofs of an activity's lines; they show nothing of any other. Throws ACTIVITY_UNKNOWN. */
export async function proveActivity(
  session: TenantSession,
  { periodId, number }: InventoryRow,
  activityId: number,
): Promise<readonly LineProof[]> {
  const page = { after: -1, limit: 100, activityId };
  const lines = await readLines(session, { periodId, number }, page);
  if (lines.length === 0) {
    throw new TonneError('ACTIVITY_UNKNOWN', { field: 'activity', value: String(activityId) });
  }
  const tree = await buildTree(concatBytes(await readLeaves(session, periodId, number)));
  return lines.map(({ position, line }) => ({ position, line, proof: proofOf(tree, position) }));
}

async function seal(
  session: TenantSession,
  index: FactorIndex,
  period: PeriodRow,
  number: number,
  by: By,
): Promise<void> {
  const { firstDay: from, lastDay: until, id: periodId } = period;
  const leaves: Uint8Array[] = [];
  const totals = new Map<string, bigint>();
  const sets = new Set<string>();
  for (let after = 0; ;) {
    const rows = await readActivities(session, { from, until }, after, CHUNK);
    await assertCitationsSound(session, rows);
    const lines = rows.flatMap(sealLines);
    await insertLines(session, { periodId, number }, leaves.length, lines);
    leaves.push(...lines.map(({ leaf }) => leaf));
    for (const row of rows) countRow(row, totals, sets);
    after = rows.at(-1)?.id ?? after;
    if (rows.length < CHUNK) break;
  }
  if (leaves.length === 0) {
    throw new TonneError('PERIOD_EMPTY', { field: 'firstDay', value: `${from} to ${until}` });
  }
  const root = rootOf(await buildTree(concatBytes(leaves)));
  const factorSets = factorSetsOf(index, sets);
  const sums: SealedTotals = Object.fromEntries([...totals].map(([key, ng]) => [key, String(ng)]));
  const inventory = {
    ...{ periodId, number, root, lineCount: leaves.length, engineVersion: ENGINE_VERSION },
    ...{ factorSets, factorSetsHash: hashText(factorSets), totals: JSON.stringify(sums) },
    ...{ reason: number === 0 ? null : period.reason, closedBy: by.actor, closedAt: by.now },
  };
  await insertInventory(session, inventory);
  await appendAudit(session, {
    ...{ actor: by.actor, at: by.now, subject: String(periodId) },
    action: number === 0 ? 'period.closed' : 'period.restated',
    detail: { from, until, number, root, lines: leaves.length },
  });
}

/** What is sealed stands: no line cites readings that went void since. */
async function assertCitationsSound(
  session: TenantSession,
  rows: readonly ActivityRow[],
): Promise<void> {
  for (const row of rows) {
    const citation = citationOf(row);
    if (citation === undefined) continue;
    try {
      await assertSound(session, citation);
    } catch (error) {
      if (!(error instanceof TonneError)) throw error;
      const field = `activity ${row.id}, ${error.details.field ?? 'readings'}`;
      throw new TonneError(error.code, { ...error.details, field });
    }
  }
}

function countRow(row: ActivityRow, totals: Map<string, bigint>, sets: Set<string>): void {
  for (const { gwpSet, scope, co2eNg } of linesOf(row)) {
    const key = `${gwpSet} ${scope}`;
    totals.set(key, (totals.get(key) ?? 0n) + BigInt(co2eNg));
  }
  for (const { setId } of keptFactorShape.array().parse(JSON.parse(row.factors))) {
    if (setId !== null) sets.add(setId);
  }
}

/** `id sha256` of each set that a line used, a line each, by id. */
function factorSetsOf(index: FactorIndex, used: ReadonlySet<string>): string {
  return [...used]
    .sort()
    .map((id) => `${id} ${index.sets.get(id)?.sha256 ?? 'unknown'}\n`)
    .join('');
}

function hashText(text: string): Hex {
  return `0x${createHash('sha256').update(text).digest('hex')}`;
}
