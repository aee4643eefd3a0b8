import type { MeteredEnergy, Ratio } from '@truetonne/protocol';

/** A statement of the project's owner: never changed, superseded by a later one. */
interface Statement {
  readonly id: number;
  /** The statement that this one corrects. */
  readonly supersedes: number | null;
}

/** That a meter was calibrated. Days are the project's own, `YYYY-MM-DD`. */
export interface Calibration extends Statement {
  readonly deviceNumber: number;
  readonly calibratedOn: string;
  /** Last day on which it counts: the next one is due. */
  readonly validUntil: string;
  /** Of the meter's class, parts of 100,000,000: 500,000 is 0.5 %. */
  readonly permissibleErrorE8: number;
  /** What the calibration found, where that is stated. */
  readonly foundErrorE8: number | null;
}

/** What was invoiced for all meters of a project from the first day to the end of the last one. */
export interface Invoice extends Statement, MeteredEnergy {
  readonly firstDay: string;
  readonly lastDay: string;
}

const ONE_E8 = 100_000_000n;

export function ratioOfE8(errorE8: number): Ratio {
  return { numerator: BigInt(errorE8), denominator: ONE_E8 };
}

/** Statements that no later one supersedes. */
export function standingOf<One extends Statement>(statements: readonly One[]): readonly One[] {
  const superseded = new Set(statements.map(({ supersedes }) => supersedes));
  return statements.filter(({ id }) => !superseded.has(id));
}

/** The first of the statements that led to one by superseding: what is booked is booked for it. */
export function rootOf<One extends Statement>(statements: readonly One[], one: One): number {
  const byId = new Map(statements.map((statement) => [statement.id, statement]));
  let root: One = one;
  for (
    let before = byId.get(root.supersedes ?? 0);
    before !== undefined;
    before = byId.get(root.supersedes ?? 0)
  )
    root = before;
  return root.id;
}
