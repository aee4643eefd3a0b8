/** Goals of an organisation, and how each stands by its inventory. */
import {
  flag,
  integer,
  isRecord,
  listOf,
  object,
  oneOf,
  optional,
  ShapeError,
  text,
} from '../parse.ts';
import type { Parser } from '../parse.ts';
import { kg, toKgText } from './kg.ts';
import { ownPath } from './organisations.ts';
import { askOwn, writeOwn, type Writer } from './own.ts';
import { cursorPage, itemsUnder, type CursorPage } from './page.ts';

export const GOAL_SCOPES = ['1', '2-location', '2-market', '3'] as const;
export type GoalScope = (typeof GOAL_SCOPES)[number];

const outputs: Parser<Readonly<Record<string, string>>> = (value, path) => {
  if (!isRecord(value)) throw new ShapeError(path, 'an object', value);
  return Object.fromEntries(
    Object.entries(value).map(([year, one]) => [year, text(one, `${path}.${year}`)]),
  );
};

const scopeTotals = listOf(object({ scope: text, kgCo2e: kg }));

/** Why a base is taken anew: GHG Protocol Corporate Standard, chapter 5. */
export const BASE_KINDS = ['structure', 'methodology', 'error'] as const;
export type BaseKind = (typeof BASE_KINDS)[number];

const base = object({
  number: integer,
  baseYear: integer,
  gwpSet: text,
  scopes: scopeTotals,
  kgCo2e: kg,
  kind: oneOf('first', ...BASE_KINDS),
  reason: text,
  takenBy: text,
  takenAt: integer,
});
/** What a goal measures from, or measured from once; masses are in nanograms. */
export type GoalBase = ReturnType<typeof base>;

const standing = object({
  state: oneOf(
    ...(['not-fixed', 'other-set', 'unchanged', 'below-threshold', 'to-recalculate'] as const),
  ),
  taken: optional(base),
  nowKgCo2e: optional(kg),
  scopes: scopeTotals,
  differenceKgCo2e: optional(kg),
  differencePercent: optional(text),
  changes: listOf(
    object({
      change: oneOf('created', 'changed', 'recalculated', 'deleted'),
      activities: integer,
    }),
  ),
  periods: listOf(
    object({
      ...{ periodId: text, firstDay: text, lastDay: text },
      ...{ state: oneOf('closed', 'reopened'), outdated: flag, reasons: listOf(text) },
    }),
  ),
});
/** How the base of a goal stands to what the inventory holds of its base year. */
export type BaseStanding = ReturnType<typeof standing>;

const goal = object({
  id: text,
  version: integer,
  name: text,
  kind: oneOf('absolute', 'intensity'),
  path: oneOf('linear', 'sbti-1.5'),
  scopes: listOf(oneOf(...GOAL_SCOPES)),
  baseYear: integer,
  targetYear: integer,
  reductionPercent: text,
  thresholdPercent: optional(text),
  outputUnit: optional(text),
  outputs,
  status: oneOf(
    ...(['no-base', 'no-output', 'unfinished', 'on-track', 'behind', 'reached', 'missed'] as const),
  ),
  progressPercent: optional(text),
  latestYear: optional(integer),
  years: listOf(
    object({
      ...{ year: integer, over: flag },
      ...{ actualKgCo2e: optional(kg), allowedKgCo2e: optional(kg) },
    }),
  ),
  apart: listOf(object({ gwpSet: text, kgCo2e: kg })),
  base: standing,
});
/** A goal; masses of its years are in nanograms, absent where nothing is known. */
export type Goal = ReturnType<typeof goal>;

export interface GoalBody {
  readonly name: string;
  readonly kind: Goal['kind'];
  readonly path: Goal['path'];
  readonly scopes: readonly GoalScope[];
  readonly baseYear: number;
  readonly targetYear: number;
  readonly reductionPercent: string;
  readonly thresholdPercent: string;
  readonly outputUnit: string | null;
  readonly outputs: Readonly<Record<string, string>>;
}

export function fetchGoals(oracleUrl: string, id: string): Promise<readonly Goal[]> {
  return askOwn(oracleUrl, ownPath(id, '/v1/goals'), itemsUnder('goals', goal));
}

/** `known`: the goal that is changed; `undefined`: a new one. */
export function saveGoal(
  writer: Writer,
  id: string,
  known: Goal | undefined,
  body: GoalBody,
): Promise<Goal> {
  if (known === undefined) {
    return writeOwn(writer, { method: 'POST', path: ownPath(id, '/v1/goals'), body }, goal);
  }
  const path = ownPath(id, `/v1/goals/${known.id}`);
  return writeOwn(writer, { method: 'PUT', path, match: `"v${known.version}"`, body }, goal);
}

export function dropGoal(writer: Writer, id: string, { id: which, version }: Goal): Promise<null> {
  const path = ownPath(id, `/v1/goals/${which}`);
  return writeOwn(writer, { method: 'DELETE', path, match: `"v${version}"` }, () => null);
}

export interface BaseWish {
  readonly kind: GoalBase['kind'];
  readonly reason: string;
  /** The base year's total as it was read, nanograms: refused when it is another one by now. */
  readonly totalNg: bigint;
}

/** Takes the base year's total for what the goal measures from. */
export function takeBase(
  writer: Writer,
  id: string,
  { id: which, version }: Goal,
  { totalNg, ...wish }: BaseWish,
): Promise<Goal> {
  const path = ownPath(id, `/v1/goals/${which}/bases`);
  const body = { ...wish, totalKgCo2e: toKgText(totalNg) };
  return writeOwn(writer, { method: 'POST', path, match: `"v${version}"`, body }, goal);
}

/** Every base that was taken for a goal, the first one first. */
export function fetchBases(
  oracleUrl: string,
  id: string,
  goalId: string,
  cursor: string | undefined,
): Promise<CursorPage<GoalBase>> {
  const path = ownPath(id, `/v1/goals/${goalId}/bases`, { cursor });
  return askOwn(oracleUrl, path, cursorPage('bases', base));
}
