/** What a person types of a goal, and the chart of how it stands. */
import type { Goal, GoalBody, GoalScope } from '../../api/oracle/goals.ts';
import { toPixels, type ChartData } from '../../ui/charts/series.ts';

const NG_PER_TONNE = 1_000_000_000_000_000n;

export interface GoalDraft {
  readonly name: string;
  readonly kind: Goal['kind'];
  readonly path: Goal['path'];
  readonly scopes: readonly GoalScope[];
  readonly baseYear: string;
  readonly targetYear: string;
  readonly reductionPercent: string;
  readonly thresholdPercent: string;
  readonly outputUnit: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The two sides of Scope 2 are never added to one another, so one takes the other's place. */
export function withScope(draft: GoalDraft, scope: GoalScope, wanted: boolean): GoalDraft {
  const isOtherSide = (one: GoalScope): boolean => one.startsWith('2') && scope.startsWith('2');
  const kept = draft.scopes.filter((one) => one !== scope && !(wanted && isOtherSide(one)));
  return { ...draft, scopes: wanted ? [...kept, scope] : kept };
}

export function toDraft(goal: Goal): GoalDraft {
  const { name, kind, path, scopes, reductionPercent, outputs } = goal;
  return {
    ...{ name, kind, path, scopes, reductionPercent, outputs },
    ...{ baseYear: String(goal.baseYear), targetYear: String(goal.targetYear) },
    thresholdPercent: goal.thresholdPercent ?? '',
    outputUnit: goal.outputUnit ?? '',
  };
}

/** Years whose output an intensity goal asks for: from the base on, until now. */
export function outputYears(
  { baseYear, targetYear }: GoalDraft,
  thisYear: number,
): readonly string[] {
  const first = Number(baseYear);
  const last = Math.min(Number(targetYear), thisYear);
  if (!isYear(baseYear) || !isYear(targetYear) || last < first) return [];
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}

function isYear(typed: string): boolean {
  return /^(199\d|20\d\d|2100)$/.test(typed);
}

function isPercent(typed: string): boolean {
  return /^\d{1,3}(\.\d{1,4})?$/.test(typed);
}

/** What is still to be entered; `undefined` when it can be sent. */
export function problemOf(draft: GoalDraft): string | undefined {
  if (draft.name.trim() === '') return 'Give it a name.';
  if (draft.scopes.length === 0) return 'Choose at least one scope.';
  if (!isYear(draft.baseYear)) return 'Enter the base year.';
  if (!isYear(draft.targetYear)) return 'Enter the target year.';
  if (draft.targetYear <= draft.baseYear) return 'The target year comes after the base year.';
  if (!isPercent(draft.reductionPercent)) return 'Enter the reduction in percent, such as 42.';
  if (!isPercent(draft.thresholdPercent)) {
    return 'Enter from what movement on the base is recalculated, in percent.';
  }
  if (draft.kind === 'intensity' && draft.path !== 'linear') {
    return 'The SBTi path is of emissions themselves: per unit of output, choose a straight line.';
  }
  if (draft.kind === 'intensity' && draft.outputUnit.trim() === '') {
    return 'Enter the unit of output, such as tonnes of steel.';
  }
  return undefined;
}

/** Outputs and their unit belong to an intensity goal alone; empty ones are left out. */
export function toBody(draft: GoalDraft): GoalBody {
  const { kind, path, scopes, reductionPercent, thresholdPercent } = draft;
  const filled = Object.entries(draft.outputs)
    .map(([year, amount]) => [year, amount.trim()] as const)
    .filter(([, amount]) => amount !== '');
  return {
    ...{ kind, path, scopes, reductionPercent, thresholdPercent, name: draft.name.trim() },
    ...{ baseYear: Number(draft.baseYear), targetYear: Number(draft.targetYear) },
    outputUnit: kind === 'intensity' ? draft.outputUnit.trim() : null,
    outputs: kind === 'intensity' ? Object.fromEntries(filled) : {},
  };
}

/** Path and inventory by year; a year of which nothing is known has no bar, which is not zero. */
export function goalChart({ years }: Goal): ChartData {
  const toBar = (ng: bigint | undefined): number =>
    ng === undefined ? Number.NaN : toPixels(ng, NG_PER_TONNE);
  return {
    unit: 't CO₂e',
    labels: years.map(({ year }) => String(year)),
    series: [
      { label: 'Allowed by the path', values: years.map((one) => toBar(one.allowedKgCo2e)) },
      { label: 'Inventory', values: years.map((one) => toBar(one.actualKgCo2e)) },
    ],
  };
}
