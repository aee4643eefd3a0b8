import type { TenantSession } from '../../store/database/tenant.ts';
import type { GoalBaseRow, GoalRow, OrganisationRow } from '../../store/tables/schema.ts';
import { readTotals } from '../totals/store.ts';
import { isOfGoal, moveOf, sumOf, type BaseState, type ScopeTotals } from './base.ts';
import {
  countChanges,
  findNewestBase,
  readPeriodNews,
  totalsOfBase,
  type ActivityChange,
  type PeriodNews,
} from './baseStore.ts';
import { parsePercent } from './path.ts';
import { toProgress, type GoalProgress } from './progress.ts';
import { outputsFor, targetOf } from './wish.ts';

/** How the base of a goal stands to what the inventory holds of its base year. */
export interface BaseStanding {
  readonly state: BaseState;
  /** The newest one of this year and these scopes. */
  readonly taken: GoalBaseRow | undefined;
  /** The base year as the inventory stands; `undefined`: it has no line. */
  readonly now: ScopeTotals | undefined;
  /** Absent unless both are under one set of potentials. */
  readonly differenceNg: bigint | undefined;
  readonly differencePpm: bigint | undefined;
  /** What happened since the base was taken, where the year moved. */
  readonly changes: readonly ActivityChange[];
  readonly periods: readonly PeriodNews[];
}

export interface GoalStanding {
  readonly progress: GoalProgress;
  readonly base: BaseStanding;
  /** What the goal's scopes hold under other sets of potentials, from the base year on: it is not counted. */
  readonly apart: ReadonlyMap<string, bigint>;
}

/**
 * How a goal stands by the inventory, under the organisation's own set of potentials.
 *
 * @param now Unix seconds
 */
export async function readStanding(
  session: TenantSession,
  row: GoalRow,
  { gwpSet }: OrganisationRow,
  now: number,
): Promise<GoalStanding> {
  const { years, apart } = await readYears(session, row, row.targetYear, gwpSet);
  const base = await toBaseStanding(session, row, gwpSet, years.get(row.baseYear));
  const totals = new Map([...years].map(([year, scopes]) => [year, sumOf(scopes)]));
  const isFixed = base.differenceNg !== undefined && base.taken !== undefined;
  // Until a base is fixed, the goal is measured from the inventory as it stands.
  const baseNg = isFixed ? sumOf(totalsOfBase(base.taken)) : totals.get(row.baseYear);
  const thisYear = new Date(now * 1_000).getUTCFullYear();
  const progress = toProgress(targetOf(row), baseNg, totals, outputsFor(row), thisYear);
  return { progress, base, apart };
}

/** What the inventory holds of a goal's base year; `undefined`: nothing. */
export async function readBaseYear(
  session: TenantSession,
  row: GoalRow,
  { gwpSet }: OrganisationRow,
): Promise<ScopeTotals | undefined> {
  return (await readYears(session, row, row.baseYear, gwpSet)).years.get(row.baseYear);
}

/** By year and scope of the goal, from the base year on; without years that have no line. */
async function readYears(
  session: TenantSession,
  row: Pick<GoalRow, 'baseYear' | 'scopes'>,
  lastYear: number,
  gwpSet: OrganisationRow['gwpSet'],
): Promise<{ years: ReadonlyMap<number, ScopeTotals>; apart: ReadonlyMap<string, bigint> }> {
  const scopes = row.scopes.split(' ');
  const totals = await readTotals(session, {
    ...{ fromMonth: row.baseYear * 12, toMonth: lastYear * 12 + 11 },
    ...{ workspaceId: undefined, kinds: ['category'], byMonth: true },
  });
  const years = new Map<number, Map<string, bigint>>();
  const apart = new Map<string, bigint>();
  for (const { month = 0, scope, gwpSet: set, co2eNg } of totals) {
    if (!scopes.includes(scope)) continue;
    if (set !== gwpSet) {
      apart.set(set, (apart.get(set) ?? 0n) + co2eNg);
      continue;
    }
    const year = Math.floor(month / 12);
    const ofYear = years.get(year) ?? new Map<string, bigint>();
    years.set(year, ofYear.set(scope, (ofYear.get(scope) ?? 0n) + co2eNg));
  }
  return { years, apart };
}

async function toBaseStanding(
  session: TenantSession,
  row: GoalRow,
  gwpSet: OrganisationRow['gwpSet'],
  now: ScopeTotals | undefined,
): Promise<BaseStanding> {
  const newest = await findNewestBase(session, row.id);
  const taken = newest !== undefined && isOfGoal(newest, row) ? newest : undefined;
  const still = { taken, now, changes: [], periods: [] };
  const unknown = { ...still, differenceNg: undefined, differencePpm: undefined };
  if (taken === undefined || row.thresholdPercent === null) {
    return { ...unknown, state: 'not-fixed' };
  }
  if (taken.gwpSet !== gwpSet) return { ...unknown, state: 'other-set' };
  const threshold = parsePercent(row.thresholdPercent, 'thresholdPercent');
  const move = moveOf(sumOf(totalsOfBase(taken)), now === undefined ? 0n : sumOf(now), threshold);
  const periods = await readPeriodNews(session, row.baseYear, taken.takenAt);
  if (move.state === 'unchanged') return { ...still, ...move, periods };
  const changes = await countChanges(session, row, taken.takenAt);
  return { ...still, ...move, changes, periods };
}
