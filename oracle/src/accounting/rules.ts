import type { GwpSet } from './gases/gas.ts';

/** What an organisation decided once; no field has a default. */
export interface AccountingRules {
  readonly gwpSet: GwpSet;
  /**
   * A factor published only as CO2e under another set: `refuse` is an error, `apart` is a line under that
   * set, which no total of `gwpSet` contains.
   */
  readonly otherGwpSet: 'refuse' | 'apart';
  /** Sets that may be chosen from, the preferred first. */
  readonly factorSets: readonly string[];
  /** Whether a factor of a wider region may stand in where the narrow one has none. */
  readonly widenRegion: boolean;
  /** For how many years after its validity a factor may be carried forward; 0: never. */
  readonly carryForwardYears: number;
}
