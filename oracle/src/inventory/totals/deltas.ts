import { ESTIMATES } from '../../accounting/index.ts';
import type { KeptLine } from '../activities/activity.ts';

/** By what totals are kept, beside month, scope and set of potentials. */
export const TOTAL_KINDS = ['category', 'site', 'supplier', 'gas', 'estimated'] as const;
export type TotalKind = (typeof TOTAL_KINDS)[number];

/** What a line is counted under. */
export interface LinePlace {
  readonly workspaceId: number;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly method: string;
  /** Empty: none was named. */
  readonly site: string;
  readonly supplierId: number | null;
}

/** Change of one total. */
export interface Delta {
  readonly workspaceId: number;
  /** Months since year 0: year x 12 + month - 1. */
  readonly month: number;
  readonly gwpSet: string;
  readonly scope: string;
  readonly kind: TotalKind;
  readonly key: string;
  lines: number;
  co2eNg: bigint;
  biogenicNg: bigint;
  otherNg: bigint;
  /** CO2e of lines that state their uncertainty, and the square of its half-width. */
  statedNg: bigint;
  varianceNg2: bigint;
  massNg: bigint;
  /** Lines whose mass of the gas is not published. */
  massless: number;
}

/** Sums of changes, to be written together. */
export interface Deltas {
  /** Adds (`1`) or takes away (`-1`) the lines of an activity. */
  readonly count: (place: LinePlace, lines: readonly KeptLine[], sign: 1 | -1) => void;
  /** In an order that is the same for every writer, so that two never wait for each other in a ring. */
  readonly rows: () => readonly Delta[];
}

export function monthOf(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}

export function createDeltas(): Deltas {
  const sums = new Map<string, Delta>();
  const sumOf = (place: LinePlace, line: KeptLine, kind: TotalKind, key: string): Delta => {
    const { workspaceId, date } = place;
    const month = monthOf(date);
    const { gwpSet, scope } = line;
    const name = JSON.stringify([kind, month, workspaceId, gwpSet, scope, key]);
    const known = sums.get(name);
    if (known !== undefined) return known;
    const made = {
      ...{ workspaceId, month, gwpSet, scope, kind, key, lines: 0, massless: 0 },
      ...{ co2eNg: 0n, biogenicNg: 0n, otherNg: 0n, statedNg: 0n, varianceNg2: 0n, massNg: 0n },
    };
    sums.set(name, made);
    return made;
  };
  return {
    count(place, lines, sign) {
      for (const line of lines) {
        for (const [kind, key] of keysOf(place, line)) {
          addLine(sumOf(place, line, kind, key), line, sign);
        }
        for (const gas of line.gases) addGas(sumOf(place, line, 'gas', gas[0]), gas, sign);
      }
    },
    rows: () => [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, delta]) => delta),
  };
}

function keysOf(place: LinePlace, line: KeptLine): readonly (readonly [TotalKind, string])[] {
  const keys: (readonly [TotalKind, string])[] = [
    ['category', line.category],
    ['site', place.site],
  ];
  if (place.supplierId === null) return keys;
  const supplier = String(place.supplierId);
  keys.push(['supplier', supplier]);
  if (ESTIMATES.has(place.method)) keys.push(['estimated', supplier]);
  return keys;
}

function addLine(sum: Delta, line: KeptLine, sign: 1 | -1): void {
  const times = BigInt(sign);
  sum.lines += sign;
  sum.co2eNg += times * BigInt(line.co2eNg);
  sum.biogenicNg += times * BigInt(line.biogenicNg);
  sum.otherNg += times * BigInt(line.otherNg);
  if (line.varianceNg2 === null) return;
  sum.statedNg += times * BigInt(line.co2eNg);
  sum.varianceNg2 += times * BigInt(line.varianceNg2);
}

/** Where the gas stands, so that the gases of a scope add up to it. */
function addGas(sum: Delta, gas: KeptLine['gases'][number], sign: 1 | -1): void {
  const [, place, massNg, co2eNg] = gas;
  const times = BigInt(sign);
  sum.lines += sign;
  if (place === 'scope') sum.co2eNg += times * BigInt(co2eNg);
  else if (place === 'biogenic') sum.biogenicNg += times * BigInt(massNg ?? 0);
  else sum.otherNg += times * BigInt(co2eNg);
  if (massNg === null) sum.massless += sign;
  else sum.massNg += times * BigInt(massNg);
}
