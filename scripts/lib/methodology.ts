import { getFactorDown, type Hex } from '@truetonne/protocol';
import { readRuleBook } from '../../oracle/src/metering/judge/ruleBook.ts';
import { createLibrary } from '../../oracle/src/metering/methodologies/library.ts';

/** The version that the demonstration's plants run on. */
const PLANTS_RUN_ON = 'GCCM001-4.0';

/** A methodology version as the registry publishes it. */
export interface Methodology {
  readonly code: string;
  readonly version: string;
  /** SHA-256 of the parameter file. */
  readonly parametersHash: Hex;
  /** Unix seconds. */
  readonly validFrom: number;
  readonly validUntil: number;
}

/** All versions of `data/methodologies`; the first is the one that the demonstration runs on. */
export function readMethodologies(): readonly Methodology[] {
  return createLibrary(readRuleBook()).versions.map(({ hash, parameters, document }) => {
    // Proof: each parameter file has these two dates; a missing one gives NaN, which no call encodes.
    const { vintages } = document as { vintages: { from: string; until: string } };
    return {
      code: parameters.code,
      version: parameters.version,
      parametersHash: hash,
      validFrom: Date.parse(`${vintages.from}T00:00:00Z`) / 1000,
      validUntil: Date.parse(`${vintages.until}T23:59:59Z`) / 1000,
    };
  });
}

/**
 * Emission factor of a country (ISO 3166-1) under GCCM001 v4 option (iv), micrograms CO2e per Wh. Zero
 * is a value (Albania).
 *
 * @throws TonneError FACTOR_MISSING when the table lacks the country
 */
export function getFactorUgPerWh(country: string): number {
  const library = createLibrary(readRuleBook());
  const { emissionFactor } = library.get(PLANTS_RUN_ON).parameters;
  return Number(getFactorDown(emissionFactor, library.gridOf(country)));
}
