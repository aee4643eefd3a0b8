import type { Rational } from '../exact/rational.ts';
import type { Gas, GwpSet } from '../gases/gas.ts';

/** Which part of an inventory a line belongs to. */
export type Scope = '1' | '2-location' | '2-market' | '3' | 'avoided';

/**
 * What of an activity a factor covers. `combustion` for fuels burnt and grid power at the generator;
 * `lifecycle` holds upstream too and is no Scope 2 factor (Scope 2 Guidance, section 6.5); `margin` is for
 * projects, not inventories.
 */
export type FactorBasis =
  | 'combustion'
  | 'release'
  | 'upstream'
  | 'losses'
  | 'lifecycle'
  | 'margin'
  | 'supply-chain'
  | 'process'
  | 'waste'
  | 'transport'
  | 'stay';

export interface FactorUse {
  readonly scope: Scope;
  /** Category of Scope 3, 1 to 15; of Scope 1 and 2 a word such as `stationary`; absent: any. */
  readonly category?: string;
}

/** Mass of one gas per unit, or its CO2e where the source publishes only that. */
export interface FactorGas {
  readonly gas: Gas;
  /** Kilograms per unit, exact. */
  readonly kg: Rational;
  /** `kg` is CO2e under this set; absent: `kg` is the mass of the gas. */
  readonly co2eUnder?: GwpSet;
}

export interface FactorSetInfo {
  /** `epa-hub@2024`. */
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly source: string;
  /** SHA-256 over the files it was read from, hex. */
  readonly sha256: string;
}

/** An emission factor of a versioned set. Never changed: an update is a factor of a newer set. */
export interface EmissionFactor {
  /** `epa-hub@2024/stationary/natural-gas/mmBtu`; stable within its set. */
  readonly id: string;
  readonly setId: string;
  readonly name: string;
  /** What is done, as a path from wide to narrow: `stationary/natural gas`. */
  readonly activity: string;
  /** `WORLD`, ISO 3166-1 alpha-3 or a part of one: `USA`, `USA/eGRID/CAMX`. */
  readonly region: string;
  /** Unit of activity: `kWh_gross`, `t*km`, `USD:2022`. */
  readonly unit: string;
  readonly basis: FactorBasis;
  readonly uses: readonly FactorUse[];
  readonly gases: readonly FactorGas[];
  /** Year that the figures describe. */
  readonly year: number;
  /** First and last year of activities for which the publisher issued it. */
  readonly validFrom: number;
  readonly validTo: number;
  /** Value and unit as printed by the source. */
  readonly published: string;
  /** Half of the 95 % interval in percent, where the source gives one. */
  readonly uncertaintyPercent?: string;
  readonly notes?: string;
}
