/** What a factor that a person states can be of, in words. */
const choices = (...values: readonly (readonly [string, string])[]) =>
  values.map(([value, label]) => ({ value, label }));

/** Gases that most factors are of; the rest of what the engine knows follows them. */
export const COMMON_GASES = choices(
  ['CO2e', 'CO₂e'],
  ['CO2', 'CO₂'],
  ['CH4', 'CH₄'],
  ['N2O', 'N₂O'],
  ['CO2_biogenic', 'CO₂, biogenic'],
);
export const MASS_OPTIONS = choices(['kg', 'kg'], ['g', 'g'], ['t', 't'], ['lb', 'lb']);
export const GWP_OPTIONS = choices(['AR4', 'IPCC AR4'], ['AR5', 'IPCC AR5'], ['AR6', 'IPCC AR6']);

/** How much of a gas a factor has; `value` as it was typed. */
export interface GasAmount {
  readonly gas: string;
  readonly value: string;
  readonly massUnit: string;
}

export const NEW_GAS: GasAmount = { gas: 'CO2e', value: '', massUnit: 'kg' };
