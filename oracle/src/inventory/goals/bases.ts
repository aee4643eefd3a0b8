import { TonneError } from '@truetonne/protocol';
import { eq } from 'drizzle-orm';
import { ngToKg } from '../../accounting/index.ts';
import { appendAudit } from '../../accounts/audit/store.ts';
import type { By } from '../../accounts/organisations/organisations.ts';
import type { TenantSession } from '../../store/database/tenant.ts';
import {
  goals,
  type GoalBaseRow,
  type GoalRow,
  type OrganisationRow,
} from '../../store/tables/schema.ts';
import { isOfGoal, sumOf, type ScopeTotals } from './base.ts';
import { findNewestBase, insertBase } from './baseStore.ts';
import { readBaseYear, readStanding } from './standing.ts';

/** What is said when a base is taken. */
export interface BaseWish {
  /** Kilograms: the total that was seen and is taken. */
  readonly totalKgCo2e: string;
  readonly kind: GoalBaseRow['kind'];
  readonly reason: string;
}

/**
 * Fixes the first base of a goal's year and scopes, where the inventory has emissions of that year already;
 * otherwise the goal has none until somebody takes it.
 */
export async function fixBase(
  session: TenantSession,
  row: GoalRow,
  organisation: OrganisationRow,
  by: By,
): Promise<void> {
  const newest = await findNewestBase(session, row.id);
  if (newest !== undefined && isOfGoal(newest, row)) return;
  const now = await readBaseYear(session, row, organisation);
  if (now === undefined || sumOf(now) <= 0n) return;
  const wish = { kind: 'first', reason: 'with the goal' } as const;
  await keep(session, row, { ...wish, gwpSet: organisation.gwpSet, totals: now }, newest, by);
}

/**
 * Takes the base year's total as it stands for what the goal measures from; what it measured from before
 * stays readable.
 *
 * @param row held for the change
 * @throws TonneError GOAL_INVALID, GOAL_BASE_STANDS, PRECONDITION_FAILED when the total is another one by now
 */
export async function takeBase(
  session: TenantSession,
  row: GoalRow,
  organisation: OrganisationRow,
  { totalKgCo2e, kind, reason }: BaseWish,
  by: By,
): Promise<void> {
  if (row.thresholdPercent === null) {
    throw invalid('thresholdPercent', 'nothing', 'the percent from which a base is taken anew');
  }
  const { base } = await readStanding(session, row, organisation, by.now);
  const { state, taken, now } = base;
  if (now === undefined || sumOf(now) <= 0n) {
    throw invalid('baseYear', String(row.baseYear), 'a year with emissions in the inventory');
  }
  if (state === 'unchanged' || state === 'below-threshold') {
    throw new TonneError('GOAL_BASE_STANDS', { field: 'id', value: state });
  }
  const total = ngToKg(sumOf(now));
  if (total !== totalKgCo2e) {
    const seen = { field: 'totalKgCo2e', value: totalKgCo2e, expected: total };
    throw new TonneError('PRECONDITION_FAILED', seen);
  }
  if ((taken === undefined) !== (kind === 'first')) {
    const expected = taken === undefined ? 'first' : 'structure, methodology or error';
    throw invalid('kind', kind, expected);
  }
  const { gwpSet } = organisation;
  const newest = await findNewestBase(session, row.id);
  await keep(session, row, { kind, reason, gwpSet, totals: now }, newest, by);
  await session.orm
    .update(goals)
    .set({ version: row.version + 1 })
    .where(eq(goals.id, row.id));
}

async function keep(
  session: TenantSession,
  { id: goalId, baseYear, scopes }: GoalRow,
  base: Pick<GoalBaseRow, 'kind' | 'reason' | 'gwpSet'> & { readonly totals: ScopeTotals },
  newest: GoalBaseRow | undefined,
  { actor, now }: By,
): Promise<void> {
  const { totals, kind, reason, gwpSet } = base;
  const number = (newest?.number ?? 0) + 1;
  await insertBase(session, totals, {
    ...{ goalId, number, baseYear, scopes, gwpSet, kind, reason, takenBy: actor, takenAt: now },
  });
  await appendAudit(session, {
    ...{ actor, at: now, action: 'goal.base-taken', subject: String(goalId) },
    detail: { number, baseYear, gwpSet, kgCo2e: ngToKg(sumOf(totals)), kind, reason },
  });
}

function invalid(field: string, value: string, expected: string): TonneError {
  return new TonneError('GOAL_INVALID', { field, value, expected });
}
