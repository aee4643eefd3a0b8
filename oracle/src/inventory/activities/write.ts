import { TonneError } from '@truetonne/protocol';
import { z } from 'zod';
import type { AccountingEngine } from '../../accounting/index.ts';
import { appendAudit } from '../../accounts/audit/store.ts';
import { getWorkspace, type By } from '../../accounts/organisations/organisations.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { ActivityRow } from '../../store/tables/schema.ts';
import { citationOf } from '../citations/citation.ts';
import { assertNotCited, assertSound } from '../citations/resolve.ts';
import { assertUnlocked, readLocked } from '../periods/lock.ts';
import { createDeltas, type LinePlace } from '../totals/deltas.ts';
import { addDeltas } from '../totals/store.ts';
import {
  computeActivity,
  keptLineShape,
  type ActivityDraft,
  type ComputedActivity,
  type KeptLine,
} from './activity.ts';
import { activityInputShape } from './input.ts';
import { archive, findActivity, insertActivities, markDeleted, replaceActivity } from './store.ts';

/** Keeps one activity in an inventory that is held. Throws WORKSPACE_UNKNOWN, PERIOD_LOCKED. */
export async function addActivity(
  session: TenantSession,
  computed: ComputedActivity,
  by: By,
): Promise<ActivityRow> {
  await assertOpen(session, computed.draft);
  await assertUnlocked(session, [computed.draft.input.date]);
  await assertCitable(session, computed.draft);
  const [id = 0] = await insertActivities(session, [computed], by, null, [null]);
  await addDeltas(session, deltasOf([], [computed]));
  await note(session, 'activity.created', id, { version: 1 }, by);
  return getActivity(session, id, false);
}

/** Replaces an activity, read while the inventory is held, by what it should have been. Throws PERIOD_LOCKED. */
export async function changeActivity(
  session: TenantSession,
  row: ActivityRow,
  computed: ComputedActivity,
  by: By,
): Promise<ActivityRow> {
  await assertOpen(session, computed.draft);
  await assertUnlocked(session, [row.date, computed.draft.input.date]);
  await assertCitable(session, computed.draft, row.id);
  await archive(session, [row]);
  await replaceActivity(session, row, computed, 'changed', by);
  await addDeltas(session, deltasOf([row], [computed]));
  await note(session, 'activity.changed', row.id, { version: row.version + 1 }, by);
  return getActivity(session, row.id, false);
}

/** Takes out an activity, read while the inventory is held. Throws PERIOD_LOCKED. */
export async function deleteActivity(
  session: TenantSession,
  row: ActivityRow,
  by: By,
): Promise<void> {
  await takeOut(session, [row], by);
  await note(session, 'activity.deleted', row.id, { version: row.version + 1 }, by);
}

/** Takes activities out of an inventory that is held; whoever calls says so in the audit log. Throws PERIOD_LOCKED. */
export async function takeOut(
  session: TenantSession,
  rows: readonly ActivityRow[],
  by: By,
): Promise<void> {
  const dates = rows.map(({ date }) => date);
  await assertUnlocked(session, dates);
  await archive(session, rows);
  const ids = rows.map(({ id }) => id);
  await markDeleted(session, ids, by);
  await addDeltas(session, deltasOf(rows, []));
}

/**
 * Computes activities, read while the inventory is held, anew and keeps those that come to something else now, each as a new version; what
 * can't be computed any more, or lies in a closed period, keeps its result and is named. Answers the ids of both.
 */
export async function recalculate(
  session: TenantSession,
  engine: AccountingEngine,
  rows: readonly ActivityRow[],
  by: By,
): Promise<Recalculated> {
  const replaced: Replacement[] = [];
  const failed: Failure[] = [];
  for (const row of rows) {
    try {
      const draft = toDraft(row);
      if (draft.citation !== undefined) await assertSound(session, draft.citation);
      const computed = computeActivity(engine, draft, by.now);
      if (JSON.stringify(computed.lines) !== row.lines) replaced.push({ row, computed });
    } catch (error) {
      if (!(error instanceof TonneError)) throw error;
      failed.push({ id: row.id, code: error.code, detail: error.message });
    }
  }
  if (replaced.length === 0) return { changed: [], failed, locked: [] };
  const closed = await readLocked(
    session,
    replaced.map(({ row }) => row.date),
  );
  const open = replaced.filter(({ row: { id, date } }) => {
    const refusal = closed.get(date);
    if (refusal !== undefined) failed.push({ id, code: refusal.code, detail: refusal.message });
    return refusal === undefined;
  });
  const locked = replaced.filter(({ row: { date } }) => closed.has(date));
  if (open.length === 0) return { changed: [], failed, locked };
  await archive(
    session,
    open.map(({ row }) => row),
  );
  for (const { row, computed } of open) {
    await replaceActivity(session, row, computed, 'recalculated', by);
  }
  const before = open.map(({ row }) => row);
  await addDeltas(
    session,
    deltasOf(
      before,
      open.map(({ computed }) => computed),
    ),
  );
  const changed = before.map(({ id }) => id);
  await note(session, 'activities.recalculated', changed[0] ?? 0, { activities: changed }, by);
  return { changed, failed, locked };
}

interface Replacement {
  readonly row: ActivityRow;
  readonly computed: ComputedActivity;
}

export interface Recalculated {
  readonly changed: readonly number[];
  readonly failed: readonly Failure[];
  /** Of closed periods: what they would come to. They are among those that failed. */
  readonly locked: readonly Replacement[];
}

export interface Failure {
  readonly id: number;
  readonly code: string;
  readonly detail: string;
}

/** Throws ACTIVITY_UNKNOWN, also for one that was deleted. */
export async function getActivity(
  session: TenantSession,
  id: number,
  forChange: boolean,
): Promise<ActivityRow> {
  const row = await findActivity(session, id, forChange);
  if (row !== undefined && !row.deleted) return row;
  throw new TonneError('ACTIVITY_UNKNOWN', { field: 'id', value: String(id) });
}

/** What was entered, from what was kept. */
export function toDraft(row: ActivityRow): ActivityDraft {
  const { workspaceId, supplierId, evidence } = row;
  const citation = citationOf(row);
  return {
    ...{ workspaceId, supplierId, evidence },
    ...(citation !== undefined && { citation }),
    input: activityInputShape.parse(JSON.parse(row.input)),
  };
}

const linesShape = z.array(keptLineShape);

export function linesOf(row: Pick<ActivityRow, 'lines'>): readonly KeptLine[] {
  return linesShape.parse(JSON.parse(row.lines));
}

/** What totals change by when rows go and computed activities come. */
export function deltasOf(gone: readonly ActivityRow[], come: readonly ComputedActivity[]) {
  const deltas = createDeltas();
  for (const row of gone) deltas.count(row, linesOf(row), -1);
  for (const { draft, lines } of come) deltas.count(placeOf(draft), lines, 1);
  return deltas.rows();
}

function placeOf({ workspaceId, supplierId, input }: ActivityDraft): LinePlace {
  const { date, method, site = '' } = input;
  return { workspaceId, supplierId, date, method, site };
}

/** Nothing comes into a closed workspace. Throws WORKSPACE_UNKNOWN, WORKSPACE_CLOSED. */
async function assertOpen(session: TenantSession, { workspaceId }: ActivityDraft): Promise<void> {
  const { closedAt, name } = await getWorkspace(session, workspaceId);
  if (closedAt === null) return;
  throw new TonneError('WORKSPACE_CLOSED', { field: 'workspaceId', value: name });
}

/** Of what was cited nothing is counted twice. Throws READINGS_CITED. */
async function assertCitable(
  session: TenantSession,
  { citation }: ActivityDraft,
  exceptId?: number,
): Promise<void> {
  if (citation !== undefined) await assertNotCited(session, citation, exceptId);
}

function note(session: TenantSession, action: string, id: number, detail: object, by: By) {
  const { actor, now: at } = by;
  return appendAudit(session, { actor, at, action, subject: String(id), detail });
}
