import { allowedDown, shareAt, type Target } from './path.ts';

/** Millionths of a unit of output. */
export type Outputs = ReadonlyMap<number, bigint>;

export interface YearProgress {
  readonly year: number;
  /** A year that is not over holds a part of its emissions: no status speaks of it. */
  readonly over: boolean;
  /** Absent where the inventory has no line of that year. */
  readonly actualNg: bigint | undefined;
  /** What the path allows, in whole nanograms, rounded down; absent without a base, or without output. */
  readonly allowedNg: bigint | undefined;
  readonly outputMillionths: bigint | undefined;
}

/**
 * `no-base`: the base year has no line, so nothing can be said. `no-output`: an intensity target without
 * the output of the base or of the newest year. `unfinished`: no year after the base is over and has lines.
 */
export type GoalStatus =
  'no-base' | 'no-output' | 'unfinished' | 'on-track' | 'behind' | 'reached' | 'missed';

export interface GoalProgress {
  readonly status: GoalStatus;
  readonly years: readonly YearProgress[];
  /** Of the reduction that the target asks for, parts per million, rounded down; negative: it rose. */
  readonly progressPpm: bigint | undefined;
  /** The year that the status speaks of. */
  readonly latestYear: number | undefined;
}

/**
 * How a target stands by what the inventory holds.
 *
 * @param baseNg what is measured from; `undefined`: the base year has no line
 * @param totals whole nanograms by year, of the goal's scopes, as the inventory stands
 * @param outputs of an intensity target; `undefined`: an absolute one
 * @param thisYear the year that is not over
 */
export function toProgress(
  target: Target,
  baseNg: bigint | undefined,
  totals: ReadonlyMap<number, bigint>,
  outputs: Outputs | undefined,
  thisYear: number,
): GoalProgress {
  const baseOutput = outputs?.get(target.baseYear);
  const years: YearProgress[] = [];
  for (let year = target.baseYear; year <= target.targetYear; year++) {
    const output = outputs?.get(year);
    const allowedNg =
      baseNg === undefined ? undefined : allowedIn(target, year, baseNg, outputs, baseOutput);
    const over = year < thisYear;
    years.push({ year, over, actualNg: totals.get(year), allowedNg, outputMillionths: output });
  }
  if (baseNg === undefined || baseNg === 0n) return incomplete('no-base', years);
  const latest = years.findLast(
    ({ year, over, actualNg }) => over && year > target.baseYear && actualNg !== undefined,
  );
  if (latest?.actualNg === undefined) return incomplete('unfinished', years);
  if (latest.allowedNg === undefined) return incomplete('no-output', years);
  const met = latest.actualNg <= latest.allowedNg;
  const last = latest.year === target.targetYear;
  return {
    status: met ? (last ? 'reached' : 'on-track') : last ? 'missed' : 'behind',
    years,
    progressPpm: progressOf(target, latest, baseNg, baseOutput),
    latestYear: latest.year,
  };
}

/** For an intensity: the base's intensity on its way down, times the output of the year. */
function allowedIn(
  target: Target,
  year: number,
  baseNg: bigint,
  outputs: Outputs | undefined,
  baseOutput: bigint | undefined,
): bigint | undefined {
  if (outputs === undefined) return allowedDown(baseNg, target, year);
  const output = outputs.get(year);
  if (output === undefined || baseOutput === undefined || baseOutput === 0n) return undefined;
  const { n, d } = shareAt(target, year);
  return (baseNg * output * n) / (baseOutput * d);
}

/** Of a base that grew or shrank with the output: (base - actual) / (base x reduction). */
function progressOf(
  { reductionPpm }: Target,
  { actualNg = 0n, outputMillionths }: YearProgress,
  baseNg: bigint,
  baseOutput: bigint | undefined,
): bigint {
  const output = outputMillionths ?? 1n;
  const base = baseNg * output;
  const actual = actualNg * (outputMillionths === undefined ? 1n : (baseOutput ?? 1n));
  const scaled = (base - actual) * 1_000_000n * 1_000_000n;
  const wanted = base * reductionPpm;
  const down = scaled / wanted;
  return scaled < 0n && down * wanted !== scaled ? down - 1n : down;
}

function incomplete(status: GoalStatus, years: readonly YearProgress[]): GoalProgress {
  return { status, years, progressPpm: undefined, latestYear: undefined };
}
