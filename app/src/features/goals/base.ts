/** In words: how far a goal's base year moved, and because of what. */
import type { BaseStanding, Goal, GoalBase } from '../../api/index.ts';
import { scopeName } from '../../ui/emissions.ts';
import { count } from '../../ui/format.ts';

const CHANGES: Readonly<Record<BaseStanding['changes'][number]['change'], string>> = {
  created: 'added',
  changed: 'changed',
  recalculated: 'computed anew with other factors or rules',
  deleted: 'taken out',
};

const KINDS: Readonly<Record<GoalBase['kind'], string>> = {
  first: 'First base',
  structure: 'Structure',
  methodology: 'Methods, factors or data',
  error: 'Error',
};

export function kindName(kind: GoalBase['kind']): string {
  return KINDS[kind];
}

/** `+4.9999 %`: a rise has its sign as a fall does. */
export function signed(percent: string): string {
  return `${percent.startsWith('-') ? '' : '+'}${percent} %`;
}

export interface BaseNews {
  readonly tone: 'plain' | 'warn';
  readonly title: string;
}

/** What is to be said of a base; `undefined`: it stands. */
export function newsOf({ base, baseYear, thresholdPercent }: Goal): BaseNews | undefined {
  const { state, taken, nowKgCo2e, differencePercent = '0' } = base;
  const moved = `${baseYear} has moved by ${signed(differencePercent)} since the base was taken`;
  switch (state) {
    case 'to-recalculate':
      return { tone: 'warn', title: `${moved}: a new base is due` };
    case 'below-threshold':
      return { tone: 'plain', title: `${moved}, below your ${thresholdPercent ?? '0'} %` };
    case 'other-set':
      return {
        tone: 'warn',
        title: `The base was taken under ${taken?.gwpSet ?? 'other potentials'}: a new one is due`,
      };
    case 'not-fixed':
      // The goal's own state says already that the base year is empty.
      if (nowKgCo2e === undefined) return undefined;
      return { tone: 'warn', title: 'The base is not fixed: the goal moves with the inventory' };
    case 'unchanged': {
      const isOutdated = base.periods.some(({ outdated }) => outdated);
      return isOutdated ? { tone: 'plain', title: `${baseYear} may move` } : undefined;
    }
  }
}

/** `2 activities were added`. */
export function changeTexts({ changes }: BaseStanding): readonly string[] {
  return changes.map(
    ({ change, activities }) =>
      `${count(activities)} ${activities === 1 ? 'activity was' : 'activities were'} ${CHANGES[change]}`,
  );
}

/** What is to be known of a period with days in the base year. */
export function periodText(period: BaseStanding['periods'][number]): string {
  const { state, outdated, reasons } = period;
  return [
    ...reasons.map((reason) => `restated: ${reason}`),
    ...(state === 'reopened' ? ['open for a restatement: wait until it is closed'] : []),
    ...(outdated ? ['factors changed since it was closed: a restatement would change it'] : []),
  ].join('; ');
}

export interface BaseRow {
  readonly name: string;
  /** Nanograms; absent where nothing was. */
  readonly takenNg: bigint | undefined;
  readonly nowNg: bigint | undefined;
  readonly differenceNg: bigint;
}

/** Old, new and difference by scope, with the sum last where there are several. */
export function baseRows({ taken, scopes, nowKgCo2e }: BaseStanding): readonly BaseRow[] {
  if (taken === undefined) return [];
  const old = new Map(taken.scopes.map(({ scope, kgCo2e }) => [scope, kgCo2e]));
  const now = new Map(scopes.map(({ scope, kgCo2e }) => [scope, kgCo2e]));
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  const rows = names.map((scope) => toRow(scopeName(scope), old.get(scope), now.get(scope)));
  return rows.length === 1 ? rows : [...rows, toRow('Together', taken.kgCo2e, nowKgCo2e)];
}

function toRow(name: string, takenNg: bigint | undefined, nowNg: bigint | undefined): BaseRow {
  return { name, takenNg, nowNg, differenceNg: (nowNg ?? 0n) - (takenNg ?? 0n) };
}
