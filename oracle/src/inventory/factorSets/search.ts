import type { EmissionFactor, FactorIndex, Scope } from '../../accounting/index.ts';

/** What is looked for; what is absent is not asked. */
export interface FactorFilter {
  /** Words, each of which has to stand in name, activity, region, unit or set. */
  readonly text?: string | undefined;
  /** An activity, or the wider path that it lies in. */
  readonly activity?: string | undefined;
  /** A region, or the wider one that it lies in. */
  readonly region?: string | undefined;
  /** A year in which it is valid. */
  readonly year?: number | undefined;
  readonly unit?: string | undefined;
  readonly set?: string | undefined;
  readonly scope?: Scope | undefined;
}

export interface FactorPage {
  readonly factors: readonly EmissionFactor[];
  readonly total: number;
  /** Where the next page begins; `undefined` on the last. */
  readonly next: number | undefined;
}

export type FactorSearch = (filter: FactorFilter, from: number, limit: number) => FactorPage;

interface Entry {
  readonly factor: EmissionFactor;
  readonly name: string;
  readonly text: string;
}

/** Twelve thousand entries are looked through in a few milliseconds, so there is no index to keep. */
export function createFactorSearch({ factors, sets }: FactorIndex): FactorSearch {
  const entries = factors.map((factor): Entry => {
    const { name, activity, region, unit, setId } = factor;
    const title = sets.get(setId)?.title ?? '';
    const text = [name, activity, region, unit, setId, title].join('\n').toLowerCase();
    return { factor, name: name.toLowerCase(), text };
  });
  return (filter, from, limit) => {
    const words = (filter.text ?? '')
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const found = rank(
      entries.filter((entry) => isFound(entry, words, filter)),
      words,
    );
    const end = from + limit;
    return {
      factors: found.slice(from, end).map(({ factor }) => factor),
      total: found.length,
      next: end < found.length ? end : undefined,
    };
  };
}

function isFound({ factor, text }: Entry, words: readonly string[], filter: FactorFilter): boolean {
  const { activity, region, year, unit, set, scope } = filter;
  return (
    words.every((word) => text.includes(word)) &&
    (activity === undefined || isUnder(factor.activity, activity)) &&
    (region === undefined || isUnder(factor.region, region)) &&
    (year === undefined || (factor.validFrom <= year && year <= factor.validTo)) &&
    (unit === undefined || factor.unit.toLowerCase() === unit.toLowerCase()) &&
    (set === undefined || factor.setId === set) &&
    (scope === undefined || factor.uses.some((use) => use.scope === scope))
  );
}

function isUnder(path: string, wider: string): boolean {
  const [inner, outer] = [path.toLowerCase(), wider.toLowerCase()];
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** Names that hold all words come first, the shorter ones before; the order of sets decides what is left. */
function rank(entries: readonly Entry[], words: readonly string[]): readonly Entry[] {
  if (words.length === 0) return entries;
  const isNamed = ({ name }: Entry): boolean => words.every((word) => name.includes(word));
  return [
    ...entries.filter(isNamed).sort((a, b) => a.name.length - b.name.length),
    ...entries.filter((entry) => !isNamed(entry)),
  ];
}
