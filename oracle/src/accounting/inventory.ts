import { squareRootUp } from './exact/rational.ts';
import type { Scope } from './factors/factor.ts';
import { sumByPlace } from './compute/gasAmounts.ts';
import { placeOf, type Gas, type GwpSet } from './gases/gas.ts';
import type { InventoryLine } from './line.ts';
import { Trie } from './trie.ts';

/** By what lines can be put together. */
export type GroupKey = 'category' | 'month' | 'day' | 'site' | 'supplier' | 'method';

/** Whole nanograms, so every sum is exact and has no order. */
export interface Total {
  readonly lines: number;
  readonly co2eNg: bigint;
  readonly biogenicCo2Ng: bigint;
  readonly otherGasesCo2eNg: bigint;
  readonly byGas: ReadonlyMap<
    Gas,
    { readonly massNg: bigint | undefined; readonly co2eNg: bigint }
  >;
  /** Of lines that state their uncertainty: their CO2e, and half of its 95 % interval, rounded up. */
  readonly statedCo2eNg: bigint;
  readonly halfWidthNg: bigint;
}

/** Sums under one set of potentials; `2-location` and `2-market` are two answers to one question. */
export interface InventoryTotals {
  readonly gwpSet: GwpSet;
  readonly scopes: ReadonlyMap<Scope, Total>;
}

interface GasSum {
  massNg: bigint | undefined;
  co2eNg: bigint;
}

/** What is added up line by line; all else of a total follows from it. */
interface Sum {
  lines: number;
  statedCo2eNg: bigint;
  varianceNg2: bigint;
  readonly byGas: Map<Gas, GasSum>;
}

/** Totals by scope, apart for each set of potentials. */
export function toInventory(lines: Iterable<InventoryLine>): readonly InventoryTotals[] {
  const bySet = new Map<GwpSet, Map<Scope, Sum>>();
  for (const line of lines) {
    const scopes = getOrMake(bySet, line.gwpSet, () => new Map<Scope, Sum>());
    addLine(getOrMake(scopes, line.scope, emptySum), line);
  }
  return [...bySet].map(([gwpSet, scopes]) => ({ gwpSet, scopes: toTotals(scopes) }));
}

/** Totals by one or more keys, of lines that come one after another. */
export interface Grouping {
  readonly add: (line: InventoryLine) => void;
  /** By set of potentials, scope and keys, joined by `|`; absent values are `-`. */
  readonly totals: () => ReadonlyMap<string, Total>;
}

export function createGrouping(keys: readonly GroupKey[]): Grouping {
  const places = new Trie<Sum>();
  const groups = new Map<string, Sum>();
  return {
    add: (line) => {
      let place = places.child(line.gwpSet).child(line.scope);
      for (const key of keys) place = place.child(keyOf(line, key));
      if (place.value === undefined) {
        place.value = emptySum();
        const names = keys.map((key) => keyOf(line, key));
        groups.set([line.gwpSet, line.scope, ...names].join('|'), place.value);
      }
      addLine(place.value, line);
    },
    totals: () => toTotals(groups),
  };
}

/** Totals of lines that are all there. */
export function groupLines(
  lines: Iterable<InventoryLine>,
  keys: readonly GroupKey[],
): ReadonlyMap<string, Total> {
  const grouping = createGrouping(keys);
  for (const line of lines) grouping.add(line);
  return grouping.totals();
}

function keyOf(line: InventoryLine, key: GroupKey): string {
  switch (key) {
    case 'month':
      return monthOf(line.date);
    case 'day':
      return line.date;
    case 'category':
    case 'method':
    case 'site':
    case 'supplier':
      return line[key] ?? '-';
  }
}

/** Months of dates that were read: an inventory has few dates and many lines. */
const months = new Map<string, string>();
const MAX_MONTHS = 10_000;

function monthOf(date: string): string {
  const known = months.get(date);
  if (known !== undefined) return known;
  const month = date.slice(0, 7);
  if (months.size < MAX_MONTHS) months.set(date, month);
  return month;
}

function emptySum(): Sum {
  return {
    lines: 0,
    statedCo2eNg: 0n,
    varianceNg2: 0n,
    byGas: new Map(),
  };
}

function addLine(sum: Sum, line: InventoryLine): void {
  sum.lines += 1;
  if (line.varianceNg2 !== undefined) {
    sum.statedCo2eNg += line.co2eNg;
    sum.varianceNg2 += line.varianceNg2;
  }
  for (const { gas, massNg, co2eNg } of line.gases) {
    const known = sum.byGas.get(gas);
    if (known === undefined) sum.byGas.set(gas, { massNg, co2eNg });
    else {
      known.massNg =
        known.massNg === undefined || massNg === undefined ? undefined : known.massNg + massNg;
      known.co2eNg += co2eNg;
    }
  }
}

function toTotals<Key>(sums: ReadonlyMap<Key, Sum>): ReadonlyMap<Key, Total> {
  return new Map([...sums].map(([key, sum]) => [key, toTotal(sum)]));
}

/** Independent lines: IPCC 2006 Guidelines, volume 1, equation 3.2. */
function toTotal({ lines, statedCo2eNg, varianceNg2, byGas }: Sum): Total {
  const gases = [...byGas].map(([gas, amounts]) => ({ place: placeOf(gas), ...amounts }));
  return {
    lines,
    ...sumByPlace(gases),
    byGas,
    statedCo2eNg,
    halfWidthNg: squareRootUp(varianceNg2),
  };
}

function getOrMake<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
