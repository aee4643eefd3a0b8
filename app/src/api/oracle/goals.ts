/** Goals of an organisation, and how each stands by its inventory. */
import { integer, isRecord, listOf, object, oneOf, optional, ShapeError, text } from '../parse.ts';
import type { Parser } from '../parse.ts';
import { kg } from './kg.ts';
import { ownPath } from './organisations.ts';
import { askOwn, writeOwn, type Writer } from './own.ts';
import { itemsUnder } from './page.ts';

export const GOAL_SCOPES = ['1', '2-location', '2-market', '3'] as const;
export type GoalScope = (typeof GOAL_SCOPES)[number];

const outputs: Parser<Readonly<Record<string, string>>> = (value, path) => {
  if (!isRecord(value)) throw new ShapeError(path, 'an object', value);
  return Object.fromEntries(
    Object.entries(value).map(([year, one]) => [year, text(one, `${path}.${year}`)]),
  );
};

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
  outputUnit: optional(text),
  outputs,
  status: oneOf(
    ...(['no-base', 'no-output', 'unfinished', 'on-track', 'behind', 'reached', 'missed'] as const),
  ),
  progressPercent: optional(text),
  latestYear: optional(integer),
  years: listOf(object({ year: integer, actualKgCo2e: optional(kg), allowedKgCo2e: optional(kg) })),
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
