import { TonneError, type Hex } from '@truetonne/protocol';
import type { AccountingEngine } from '../accounting/index.ts';
import { computeActivity, isEstimate } from '../activities/activity.ts';
import { readActivities } from '../activities/store.ts';
import { addActivity, deleteActivity } from '../activities/write.ts';
import { appendAudit } from '../audit/store.ts';
import type { By } from '../organisations/organisations.ts';
import type { SupplierFigureRow } from '../store/tables/schema.ts';
import type { TenantSession } from '../store/database/tenant.ts';
import { changeFigure, findFigure, insertFigure } from './store.ts';
import { getSupplier } from './suppliers.ts';

/** What a supplier says of itself. */
export type FigureWish = Pick<
  SupplierFigureRow,
  'firstDay' | 'lastDay' | 'category' | 'kgCo2e' | 'gwpSet' | 'source'
>;

/** Estimates that one figure replaces at most. */
const MOST_REPLACED = 1_000;

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
 * @throws TonneError FIGURE_UNKNOWN, FIGURE_DECIDED, PERIOD_LOCKED, GWP_SET_MISMATCH
 */
export async function acceptFigure(
  session: TenantSession,
  engine: AccountingEngine,
  { id, workspaceId }: { readonly id: number; readonly workspaceId: number },
  by: By,
): Promise<void> {
  const figure = await getOpenFigure(session, id, undefined);
  const { supplierId, firstDay: from, lastDay: until, category, kgCo2e, gwpSet, source } = figure;
  const supplier = await getSupplier(session, supplierId);
  const filter = { supplierId, category, from, until, scope: '3' };
  const known = await readActivities(session, filter, 0, MOST_REPLACED);
  const estimates = known.filter(({ method }) => isEstimate(method));
  for (const row of estimates) await deleteActivity(session, row, by);
  const computed = computeActivity(
    engine,
    {
      ...{ workspaceId, supplierId, evidence: `figure ${id} of ${supplier.name}: ${source}` },
      input: {
        ...{ method: 'reported', category, date: until },
        items: [
          {
            inputs: { total: { value: kgCo2e, unit: 'kg' } },
            factor: { kind: 'reported', gwpSet, source },
          },
        ],
      },
    },
    by.now,
  );
  const activity = await addActivity(session, computed, by);
  const replaced = JSON.stringify(estimates.map((row) => String(row.id)));
  await changeFigure(session, id, {
    ...{ state: 'accepted', activityId: activity.id, replaced },
    ...{ decidedBy: by.actor, decidedAt: by.now },
  });
  await appendAudit(session, {
    ...{ actor: by.actor, at: by.now, action: 'figure.accepted', subject: String(id) },
    detail: { activity: activity.id, replaced: estimates.length },
  });
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
