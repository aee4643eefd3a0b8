import { and, asc, desc, eq, gt, gte, lte } from 'drizzle-orm';
import { z } from 'zod';
import type { TenantSession } from '../../store/database/tenant.ts';
import { goalBases, inventories, periods } from '../../store/tables/schema.ts';
import type { ActivityRow, GoalBaseRow, GoalRow, PeriodRow } from '../../store/tables/schema.ts';
import type { ScopeTotals } from './base.ts';

const totalsShape = z.record(z.string(), z.string());

/** Bases of a goal, the first one first. */
export function readBases({ orm }: TenantSession, goalId: number): Promise<readonly GoalBaseRow[]> {
  return orm
    .select()
    .from(goalBases)
    .where(eq(goalBases.goalId, goalId))
    .orderBy(asc(goalBases.number));
}

export async function findNewestBase(
  { orm }: TenantSession,
  goalId: number,
): Promise<GoalBaseRow | undefined> {
  const [row] = await orm
    .select()
    .from(goalBases)
    .where(eq(goalBases.goalId, goalId))
    .orderBy(desc(goalBases.number))
    .limit(1);
  return row;
}

export async function insertBase(
  { orm, organisationId }: TenantSession,
  totals: ScopeTotals,
  base: Omit<GoalBaseRow, 'organisationId' | 'totals'>,
): Promise<void> {
  const text = JSON.stringify(
    Object.fromEntries([...totals].map(([scope, ng]) => [scope, String(ng)])),
  );
  await orm.insert(goalBases).values({ ...base, totals: text, organisationId });
}

export function totalsOfBase({ totals }: GoalBaseRow): ScopeTotals {
  const parsed = totalsShape.parse(JSON.parse(totals));
  return new Map(Object.entries(parsed).map(([scope, ng]) => [scope, BigInt(ng)]));
}

export interface ActivityChange {
  readonly change: ActivityRow['change'];
  readonly activities: number;
}

/** How activities that are in a goal's base year, or were, last changed since a time; counted. */
export async function countChanges(
  { run }: TenantSession,
  { baseYear, scopes }: Pick<GoalRow, 'baseYear' | 'scopes'>,
  since: number,
): Promise<readonly ActivityChange[]> {
  const rows = await run(
    `SELECT change, count(*)::int FROM activities
     WHERE changed_at > $1
       AND ((date BETWEEN $2::date AND $3::date AND scope = ANY($4::text[]))
         OR (version > 1 AND EXISTS (
           SELECT 1 FROM activity_versions AS before
           WHERE before.organisation_id = activities.organisation_id
             AND before.activity_id = activities.id
             AND before.state::jsonb->>'date' BETWEEN $2::text AND $3::text
             AND before.state::jsonb->>'scope' = ANY($4::text[]))))
     GROUP BY change ORDER BY change`,
    [
      ...[since, `${baseYear}-01-01`, `${baseYear}-12-31`],
      // Both sides of Scope 2 are lines of the same activities.
      [...new Set(scopes.split(' ').map((scope) => scope.slice(0, 1)))],
    ],
  );
  return rows.map(([change, activities]) => ({
    // Proof: the column holds nothing else.
    change: String(change) as ActivityChange['change'],
    activities: Number(activities),
  }));
}

export interface PeriodNews {
  readonly period: PeriodRow;
  /** Of restatements since, the first one first. */
  readonly reasons: readonly string[];
}

/** Periods with days in a year that were restated since a time, are open, or are outdated. */
export async function readPeriodNews(
  { orm }: TenantSession,
  year: number,
  since: number,
): Promise<readonly PeriodNews[]> {
  const rows = await orm
    .select()
    .from(periods)
    .leftJoin(
      inventories,
      and(
        eq(inventories.periodId, periods.id),
        gt(inventories.number, 0),
        gt(inventories.closedAt, since),
      ),
    )
    .where(and(lte(periods.firstDay, `${year}-12-31`), gte(periods.lastDay, `${year}-01-01`)))
    .orderBy(asc(periods.firstDay), asc(inventories.number));
  const news = new Map<number, PeriodNews>();
  for (const { periods: period, inventories: inventory } of rows) {
    const reasons = news.get(period.id)?.reasons ?? [];
    const reason = inventory?.reason ?? undefined;
    news.set(period.id, { period, reasons: reason === undefined ? reasons : [...reasons, reason] });
  }
  return [...news.values()].filter(
    ({ period, reasons }) =>
      reasons.length > 0 || period.state === 'reopened' || period.outdated !== null,
  );
}
