import { TonneError } from '@truetonne/protocol';
import { z } from 'zod';
import type { GoalRow } from '../../store/tables/schema.ts';
import { assertTarget, assertThreshold, parsePercent, type Target } from './path.ts';
import type { Outputs } from './progress.ts';

/** What somebody wants of a goal. */
export type GoalWish = Pick<
  GoalRow,
  | 'name'
  | 'kind'
  | 'path'
  | 'scopes'
  | 'baseYear'
  | 'targetYear'
  | 'reductionPercent'
  | 'outputUnit'
> & {
  readonly thresholdPercent: string;
  readonly outputs: Readonly<Record<string, string>>;
};

const outputsShape = z.record(z.string(), z.string());

/** Throws GOAL_INVALID. */
export function assertGoal(wish: GoalWish): void {
  assertTarget(targetOf(wish));
  assertThreshold(wish.path, parsePercent(wish.thresholdPercent, 'thresholdPercent'));
  const scopes = wish.scopes.split(' ');
  if (scopes.includes('2-location') && scopes.includes('2-market')) {
    throw invalid('scopes', wish.scopes, 'one of the two methods of Scope 2');
  }
  if (wish.kind === 'absolute') return;
  // SBTi's line for intensities is another one: sector pathways, or 7 % a year compounded.
  if (wish.path !== 'linear') throw invalid('path', wish.path, 'linear, for an intensity');
  if (wish.outputUnit === null) throw invalid('outputUnit', 'nothing', 'a unit of output');
  toOutputs(wish.outputs);
}

export function targetOf(
  wish: Pick<GoalWish, 'path' | 'baseYear' | 'targetYear' | 'reductionPercent'>,
): Target {
  const { path, baseYear, targetYear, reductionPercent } = wish;
  const reductionPpm = parsePercent(reductionPercent, 'reductionPercent');
  return { path, baseYear, targetYear, reductionPpm };
}

export function outputsOf({ outputs }: GoalRow): Readonly<Record<string, string>> {
  return outputsShape.parse(JSON.parse(outputs));
}

/** Of an intensity goal; `undefined` of an absolute one. */
export function outputsFor(row: GoalRow): Outputs | undefined {
  return row.kind === 'absolute' ? undefined : toOutputs(outputsOf(row));
}

/** Amounts by year in millionths of their unit. Throws GOAL_INVALID. */
function toOutputs(outputs: Readonly<Record<string, string>>): Outputs {
  return new Map(
    Object.entries(outputs).map(([year, text]) => {
      const [, whole, part = ''] = /^(\d{1,15})(?:\.(\d{1,6}))?$/.exec(text) ?? [];
      if (whole === undefined || !/^\d{4}$/.test(year)) {
        throw invalid(`outputs.${year}`, text, 'an amount such as 1200 or 1200.5 for each year');
      }
      return [Number(year), BigInt(whole) * 1_000_000n + BigInt(part.padEnd(6, '0'))];
    }),
  );
}

function invalid(field: string, value: string, expected: string): TonneError {
  return new TonneError('GOAL_INVALID', { field, value, expected });
}
