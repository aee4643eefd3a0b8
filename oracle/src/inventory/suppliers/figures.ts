import { TonneError, type Hex } from '@truetonne/protocol';
import { ESTIMATES, PRIMARY, type AccountingEngine } from '../../accounting/index.ts';
import { appendAudit } from '../../accounts/audit/store.ts';
import type { By } from '../../accounts/organisations/organisations.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import type { SupplierFigureRow } from '../../store/tables/schema.ts';
import { computeActivity, type ActivityDraft } from '../activities/activity.ts';
import { readActivities, type ActivityFilter } from '../activities/store.ts';
import { addActivity, takeOut } from '../activities/write.ts';
import { lockInventory } from '../totals/store.ts';
import { changeFigure, findFigure, findOverlap, insertFigure } from './store.ts';
import { getSupplier } from './suppliers.ts';

/** What a supplier says of itself. */
export type FigureWish = Pick<
  SupplierFigureRow,
  'firstDay' | 'lastDay' | 'category' | 'kgCo2e' | 'gwpSet' | 'source'
>;

/** Estimates that are taken out with one statement. */
const CHUNK = 1_000;

/** Keeps a figure for the organisation to decide on. */
export async function submitFigure(
  session: TenantSession,
  supplierId: number,
  submittedBy: Hex,
  wish: FigureWish,
  { actor, now }: By,
): Promise<SupplierFigureRow> {
  if (wish.firstDay > wish.lastDay) {
    const { firstDay: value, lastDay } = wish;
    throw new TonneError('BODY_MALFORMED', {
      field: 'firstDay',
      value,
      expected: `up to ${lastDay}`,
    });
  }
  const row = await insertFigure(session, {
    ...{ ...wish, supplierId, state: 'submitted', submittedBy, submittedAt: now },
  });
  await appendAudit(session, {
    ...{ actor, at: now, action: 'figure.submitted', subject: String(row.id) },
    detail: { supplierId, ...wish },
  });
  return row;
}

/** The supplier takes a figure back that nobody decided on. Throws FIGURE_UNKNOWN, FIGURE_DECIDED. */
export async function withdrawFigure(
  session: TenantSession,
  supplierId: number,
  id: number,
  { actor, now }: By,
): Promise<void> {
  const row = await getOpenFigure(session, id, supplierId);
  await changeFigure(session, row.id, { state: 'withdrawn', decidedBy: actor, decidedAt: now });
  await appendAudit(session, {
    ...{ actor, at: now, action: 'figure.withdrawn', subject: String(id), detail: {} },
  });
}

/** Throws FIGURE_UNKNOWN, FIGURE_DECIDED. */
export async function refuseFigure(
  session: TenantSession,
  id: number,
  reason: string,
  { actor, now }: By,
): Promise<void> {
  await getOpenFigure(session, id, undefined);
  await changeFigure(session, id, { state: 'refused', reason, decidedBy: actor, decidedAt: now });
  await appendAudit(session, {
    ...{ actor, at: now, action: 'figure.refused', subject: String(id), detail: { reason } },
  });
}

/**
 * The figure becomes an activity, and the supplier's estimates of its category and period go out of the
 * inventory; their history stays, and the figure names them.
 *
 * @throws TonneError FIGURE_UNKNOWN, FIGURE_DECIDED, FIGURE_OVERLAPS, PERIOD_LOCKED, GWP_SET_MISMATCH
 */
export async function acceptFigure(
  session: TenantSession,
  engine: AccountingEngine,
  { id, workspaceId }: { readonly id: number; readonly workspaceId: number },
  by: By,
): Promise<void> {
  const figure = await getOpenFigure(session, id, undefined);
  await lockInventory(session);
  await assertNotCounted(session, figure);
  const replaced = await takeEstimates(session, figure, by);
  const supplier = await getSupplier(session, figure.supplierId);
  const computed = computeActivity(engine, toDraft(figure, supplier.name, workspaceId), by.now);
  const activity = await addActivity(session, computed, by);
  await changeFigure(session, id, {
    ...{ state: 'accepted', activityId: activity.id, replaced: JSON.stringify(replaced) },
    ...{ decidedBy: by.actor, decidedAt: by.now },
  });
  await appendAudit(session, {
    ...{ actor: by.actor, at: by.now, action: 'figure.accepted', subject: String(id) },
    detail: { activity: activity.id, replaced: replaced.length },
  });
}

/** The same days of a supplier count once, whichever figure was first; asked while the inventory is held. */
async function assertNotCounted(session: TenantSession, figure: SupplierFigureRow): Promise<void> {
  const overlap = await findOverlap(session, figure);
  if (overlap !== undefined) {
    const { firstDay, lastDay, activityId } = overlap;
    const value = `figure ${overlap.id}, ${firstDay} to ${lastDay}, activity ${activityId}`;
    throw new TonneError('FIGURE_OVERLAPS', { field: 'id', value });
  }
  const [stated] = await readActivities(session, placeOf(figure, PRIMARY), 0, 1);
  if (stated === undefined) return;
  const value = `activity ${stated.id} of ${stated.date}, method ${stated.method}`;
  throw new TonneError('FIGURE_OVERLAPS', { field: 'id', value });
}

/** Takes out what the figure says better; answers the ids. */
async function takeEstimates(
  session: TenantSession,
  figure: SupplierFigureRow,
  by: By,
): Promise<readonly string[]> {
  const replaced: number[] = [];
  for (;;) {
    const rows = await readActivities(session, placeOf(figure, ESTIMATES), 0, CHUNK);
    if (rows.length === 0) break;
    await takeOut(session, rows, by);
    replaced.push(...rows.map((row) => row.id));
  }
  if (replaced.length > 0) {
    await appendAudit(session, {
      ...{ actor: by.actor, at: by.now, action: 'activities.replaced', subject: String(figure.id) },
      detail: { activities: replaced },
    });
  }
  return replaced.map(String);
}

function placeOf(
  { supplierId, category, firstDay: from, lastDay: until }: SupplierFigureRow,
  methods: ReadonlySet<string>,
): ActivityFilter {
  return { supplierId, category, from, until, methods, scope: '3' };
}

function toDraft(
  { id, supplierId, category, lastDay, kgCo2e, gwpSet, source }: SupplierFigureRow,
  name: string,
  workspaceId: number,
): ActivityDraft {
  const item = {
    inputs: { total: { value: kgCo2e, unit: 'kg' } },
    factor: { kind: 'reported', gwpSet, source },
  } as const;
  return {
    ...{ workspaceId, supplierId, evidence: `figure ${id} of ${name}: ${source}` },
    input: { method: 'reported', category, date: lastDay, items: [item] },
  };
}

async function getOpenFigure(
  session: TenantSession,
  id: number,
  supplierId: number | undefined,
): Promise<SupplierFigureRow> {
  const row = await findFigure(session, id);
  // To a supplier, figures of others are not there.
  if (row === undefined || (supplierId !== undefined && row.supplierId !== supplierId)) {
    throw new TonneError('FIGURE_UNKNOWN', { field: 'id', value: String(id) });
  }
  if (row.state === 'submitted') return row;
  throw new TonneError('FIGURE_DECIDED', { field: 'id', value: row.state });
}
