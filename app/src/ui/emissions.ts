/** Emissions as text. The inventory is exact to the nanogram; pages show whole grams. */
import { fixedPoint, type Quantity } from './format.ts';

const NG_PER_GRAM = 1_000_000_000n;
const GRAM_DIGITS = 6;

/** Nanograms of CO2e as tonnes to the gram, rounded up as every rounding of an inventory is. */
export function emissionsUp(ng: bigint): Quantity {
  const grams = ng <= 0n ? ng / NG_PER_GRAM : (ng + NG_PER_GRAM - 1n) / NG_PER_GRAM;
  return { value: fixedPoint(grams, GRAM_DIGITS), unit: 't CO₂e' };
}

const NG_PER_MILLIGRAM = 1_000_000n;
const MILLIGRAM_DIGITS = 6;

/** Nanograms of a gas itself as kilograms to the milligram, rounded up. */
export function gasMassUp(ng: bigint): Quantity {
  const whole = ng / NG_PER_MILLIGRAM;
  const milligrams = ng > whole * NG_PER_MILLIGRAM ? whole + 1n : whole;
  return { value: fixedPoint(milligrams, MILLIGRAM_DIGITS), unit: 'kg' };
}

const SCOPES: Readonly<Record<string, string>> = {
  '1': 'Scope 1',
  '2-location': 'Scope 2, location-based',
  '2-market': 'Scope 2, market-based',
  '3': 'Scope 3',
  avoided: 'Avoided, never netted',
};

export function scopeName(scope: string): string {
  return SCOPES[scope] ?? scope;
}

const GASES: Readonly<Record<string, string>> = {
  CO2: 'CO₂',
  CO2e: 'CO₂e',
  CO2_biogenic: 'CO₂, biogenic',
  CH4: 'CH₄',
  CH4_fossil: 'CH₄, fossil',
  CH4_nonfossil: 'CH₄, non-fossil',
  N2O: 'N₂O',
  SF6: 'SF₆',
  NF3: 'NF₃',
};

/** A gas as people write it. */
export function gasName(gas: string): string {
  return GASES[gas] ?? gas;
}

/** Of Scope 3, from 1 on (GHG Protocol, Corporate Value Chain Standard, chapter 5). */
const SCOPE_3: readonly string[] = [
  'purchased goods and services',
  'capital goods',
  'fuel- and energy-related activities',
  'upstream transport',
  'waste',
  'business travel',
  'commuting',
  'upstream leased assets',
  'downstream transport',
  'processing of sold products',
  'use of sold products',
  'end of life of sold products',
  'downstream leased assets',
  'franchises',
  'investments',
];

/** The categories of Scope 3, to choose from. */
export const SCOPE_3_CATEGORIES = SCOPE_3.map((name, index) => ({
  value: String(index + 1),
  label: `${index + 1} ${name}`,
}));

/** "6" reads as "6 business travel", and "market-based" as "market based". */
export function categoryName(category: string): string {
  const known = SCOPE_3_CATEGORIES.find(({ value }) => value === category);
  return known?.label ?? category.replaceAll('-', ' ');
}
