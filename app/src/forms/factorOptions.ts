/** What a factor that a person states can be of, in words. */
import type { Gas } from '../api/index.ts';
import { gasName } from '../ui/emissions.ts';

const choices = (...values: readonly (readonly [string, string])[]) =>
  values.map(([value, label]) => ({ value, label }));

export const MASS_OPTIONS = choices(['kg', 'kg'], ['g', 'g'], ['t', 't'], ['lb', 'lb']);
export const GWP_OPTIONS = choices(['AR4', 'IPCC AR4'], ['AR5', 'IPCC AR5'], ['AR6', 'IPCC AR6']);

/** How much of a gas a factor has; `value` as it was typed. */
export interface GasAmount {
  readonly gas: string;
  readonly value: string;
  readonly massUnit: string;
}

export const NEW_GAS: GasAmount = { gas: 'CO2e', value: '', massUnit: 'kg' };

/** CO2e is under a set of potentials; the mass of a gas is not. */
export function hasCo2e(gases: readonly Pick<GasAmount, 'gas'>[]): boolean {
  return gases.some(({ gas }) => gas === 'CO2e');
}

/** What most factors are of. */
const COMMON = ['CO2e', 'CO2', 'CH4', 'N2O', 'CO2_biogenic'];

/** What a factor can be of, the usual first; no blends, which are let out as they are. */
export function gasOptions(
  known: readonly Gas[],
): readonly { readonly value: string; readonly label: string }[] {
  const others = known.filter(
    ({ name, components }) => components.length === 0 && !COMMON.includes(name),
  );
  return [
    ...COMMON.map((gas) => ({ value: gas, label: gasName(gas) })),
    ...others.map((gas) => ({ value: gas.name, label: gasLabel(gas) })),
  ];
}

const PERCENT = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 });

/** "R-410A: HFC32 50%, HFC125 50%" of a blend, "HFC134a (R-134a)" of one gas. */
export function gasLabel({ name, otherNames, components }: Gas): string {
  if (otherNames.length > 0) return `${name} (${otherNames.join(', ')})`;
  if (components.length === 0) return name;
  const parts = components.map(({ gas, share }) => `${gas} ${PERCENT.format(Number(share))}`);
  return `${name}: ${parts.join(', ')}`;
}
