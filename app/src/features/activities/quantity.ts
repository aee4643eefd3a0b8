import type { EnteredQuantity } from '../../api/index.ts';

/** As it is sent. Empty texts are left out, so that the oracle never takes one for a value. */
export function toQuantity({ value, unit, ...others }: EnteredQuantity): EnteredQuantity {
  const said = Object.entries(others)
    .map(([name, text]: [string, string | undefined]) => [name, text?.trim() ?? ''] as const)
    .filter(([, text]) => text !== '');
  return { value: value.trim(), unit: unit.trim(), ...Object.fromEntries(said) };
}
