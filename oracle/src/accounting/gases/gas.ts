import { TonneError } from '@truetonne/protocol';
import { nearest } from '../units/nearest.ts';
import type { Rational } from '../exact/rational.ts';

/** Assessment report whose 100-year warming potentials turn gases into CO2e. */
export const GWP_SETS = ['AR4', 'AR5', 'AR6'] as const;
export type GwpSet = (typeof GWP_SETS)[number];

/**
 * `CO2`, `CO2_biogenic`, `CH4` (origin not published), `CH4_fossil`, `CH4_nonfossil`, `N2O`, `SF6`, `NF3` and
 * the species of the IPCC table such as `HFC134a`, `CF4`, `HCFC22`; `CO2e` where a source publishes no more.
 */
export type Gas = string;

/** Potentials of every gas, by set. Made by `parseGwpTable`. */
export interface GwpTable {
  readonly gases: ReadonlyMap<Gas, Readonly<Partial<Record<GwpSet, Rational>>>>;
  /** `HFC-134a` and `R-134a` are HFC134a. */
  readonly names: ReadonlyMap<string, Gas>;
  /** Those names of each gas as people write them, its own left out. */
  readonly otherNames: ReadonlyMap<Gas, readonly string[]>;
}

/** Where a gas stands in an inventory. */
export type GasPlace = 'scope' | 'biogenic' | 'other-gases';

const IN_SCOPE = /^(CO2e?|CH4(_fossil|_nonfossil)?|N2O|SF6|NF3|HFC.+|cC4F8|C\d*F\d+)$/;

/**
 * The seven gases of the Kyoto Protocol and its Doha amendment count in a scope. Biogenic CO2 is shown apart
 * (GHG Protocol Corporate Standard, chapter 4 and 9), and so are gases of the Montreal Protocol and others.
 */
export function placeOf(gas: Gas): GasPlace {
  if (gas === 'CO2_biogenic') return 'biogenic';
  return IN_SCOPE.test(gas) ? 'scope' : 'other-gases';
}

/** `hfc-134a`, `R-134a`, `HFC134a` are one gas. */
export function toGasKey(name: string): string {
  return name.replace(/[\s-]/g, '').toUpperCase();
}

/** Throws GAS_UNKNOWN with the nearest name. */
export function getGas(table: GwpTable, name: string): Gas {
  const gas = table.names.get(toGasKey(name));
  if (gas !== undefined) return gas;
  const suggestion = nearest(toGasKey(name), table.names.keys());
  throw new TonneError('GAS_UNKNOWN', {
    field: 'gas',
    value: name.slice(0, 60),
    expected: suggestion === undefined ? 'a gas of the IPCC table' : `perhaps ${suggestion}`,
  });
}

/** Throws GWP_MISSING where the set has no value for the gas; a gas is never left out in silence. */
export function getGwp(table: GwpTable, gas: Gas, set: GwpSet): Rational {
  const potential = table.gases.get(gas)?.[set];
  if (potential !== undefined) return potential;
  throw new TonneError('GWP_MISSING', {
    field: 'gas',
    value: gas,
    expected: `a gas that ${set} values`,
  });
}
