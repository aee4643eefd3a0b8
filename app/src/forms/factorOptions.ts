/** What a factor that a person states can be of, in words. */
const choices = (...values: readonly (readonly [string, string])[]) =>
  values.map(([value, label]) => ({ value, label }));

export const GAS_OPTIONS = choices(
  ['CO2e', 'CO₂e'],
  ['CO2', 'CO₂'],
  ['CH4', 'CH₄'],
  ['N2O', 'N₂O'],
  ['CO2_biogenic', 'CO₂, biogenic'],
);
export const MASS_OPTIONS = choices(['kg', 'kg'], ['g', 'g'], ['t', 't'], ['lb', 'lb']);
export const GWP_OPTIONS = choices(['AR4', 'IPCC AR4'], ['AR5', 'IPCC AR5'], ['AR6', 'IPCC AR6']);
