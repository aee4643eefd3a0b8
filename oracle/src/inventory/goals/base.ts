import type { GoalBaseRow, GoalRow } from '../../store/tables/schema.ts';
import { WHOLE_PPM } from './path.ts';

/** Whole nanograms by scope. */
export type ScopeTotals = ReadonlyMap<string, bigint>;

/**
 * `not-fixed`: no base was taken of this year and these scopes. `other-set`: the one that was is under
 * another set of potentials, which is never added to this one. The others: how far the base year's
 * total has moved since it was taken.
 */
export type BaseState =
  'not-fixed' | 'other-set' | 'unchanged' | 'below-threshold' | 'to-recalculate';

export interface Movement {
  readonly state: Extract<BaseState, 'unchanged' | 'below-threshold' | 'to-recalculate'>;
  /** Now less what was taken. */
  readonly differenceNg: bigint;
  /**
   * Of what was taken, parts per million, rounded towards zero: because a threshold is of whole parts,
   * what is shown reaches it when, and only when, the movement does.
   */
  readonly differencePpm: bigint;
}

/**
 * How far the base year has moved from the base. Structure, methodology and errors count together, and a
 * movement in either direction counts (GHG Protocol Corporate Standard, revised edition, chapter 5).
 *
 * @param takenNg more than 0
 * @param nowNg 0 when nothing is left of the year
 */
export function moveOf(takenNg: bigint, nowNg: bigint, thresholdPpm: bigint): Movement {
  const differenceNg = nowNg - takenNg;
  const size = differenceNg < 0n ? -differenceNg : differenceNg;
  const reaches = size * WHOLE_PPM >= takenNg * thresholdPpm;
  return {
    state: size === 0n ? 'unchanged' : reaches ? 'to-recalculate' : 'below-threshold',
    differenceNg,
    differencePpm: (differenceNg * WHOLE_PPM) / takenNg,
  };
}

/** Whether a base is of what the goal speaks of. */
export function isOfGoal(
  base: Pick<GoalBaseRow, 'baseYear' | 'scopes'>,
  goal: Pick<GoalRow, 'baseYear' | 'scopes'>,
): boolean {
  return base.baseYear === goal.baseYear && base.scopes === goal.scopes;
}

export function sumOf(totals: ScopeTotals): bigint {
  return [...totals.values()].reduce((sum, ng) => sum + ng, 0n);
}
