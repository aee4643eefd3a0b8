import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../lib/paths.ts';
import type { Branch } from './branches.ts';

/** Of a file: whether each line with a statement ran. */
export type RunLines = ReadonlyMap<number, boolean>;

/** Reads Hardhat's lcov by file. */
export function readLcov(text: string): Map<string, RunLines> {
  const files = new Map<string, RunLines>();
  for (const record of text.split('end_of_record')) {
    const name = /^SF:(.+)$/m.exec(record)?.[1];
    if (name === undefined) continue;
    const lines = [...record.matchAll(/^DA:(\d+),(\d+)$/gm)].map(
      ([, line, count]): [number, boolean] => [Number(line), count !== '0'],
    );
    files.set(name, new Map(lines));
  }
  return files;
}

interface Report {
  readonly text: string;
  /** Every line and both outcomes of every condition ran. */
  readonly complete: boolean;
}

interface Count {
  readonly run: number;
  readonly all: number;
}

/** Puts lines and branches of every contract in a table, and names what never ran. */
export function reportOf(
  branches: ReadonlyMap<string, readonly Branch[]>,
  lcov: ReadonlyMap<string, RunLines>,
): Report {
  const rows = [...branches].map(([name, list]) => rowOf(name, list, lcov.get(name) ?? new Map()));
  const lines = sum(rows.map((row) => row.lines));
  const outcomes = sum(rows.map((row) => row.outcomes));
  const missing = rows.flatMap((row) => row.missing);
  const text = [
    ...rows.filter(({ lines: { all } }) => all > 0).map(toText),
    `lines ${percent(lines)} (${lines.run} of ${lines.all})`,
    `branches ${percent(outcomes)} (${outcomes.run} of ${outcomes.all} outcomes of conditions)`,
    ...missing,
  ];
  return { text: text.join('\n'), complete: missing.length === 0 && lines.all > 0 };
}

function rowOf(name: string, branches: readonly Branch[], ran: RunLines) {
  const length = readFileSync(join(ROOT, name), 'utf8').split('\n').length;
  const own = [...ran].filter(([line]) => line <= length);
  const missedLines = own.filter(([, run]) => !run).map(([line]) => `${name}:${line} never ran`);
  const missedOutcomes = branches.flatMap(({ line, text, trueLine, falseLine }) => [
    ...(ran.get(trueLine) === true ? [] : [`${name}:${line} never true: ${text}`]),
    ...(ran.get(falseLine) === true ? [] : [`${name}:${line} never false: ${text}`]),
  ]);
  return {
    name,
    lines: { run: own.length - missedLines.length, all: own.length },
    outcomes: { run: 2 * branches.length - missedOutcomes.length, all: 2 * branches.length },
    missing: [...missedLines, ...missedOutcomes],
  };
}

function toText({ name, lines, outcomes }: ReturnType<typeof rowOf>): string {
  return `${name.padEnd(52)} lines ${percent(lines)}  branches ${percent(outcomes)}`;
}

function sum(counts: readonly Count[]): Count {
  return counts.reduce((total, { run, all }) => ({ run: total.run + run, all: total.all + all }), {
    run: 0,
    all: 0,
  });
}

function percent({ run, all }: Count): string {
  return `${(all === 0 ? 100 : (100 * run) / all).toFixed(2).padStart(6)} %`;
}
