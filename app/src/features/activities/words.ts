import type { Activity, Gas } from '../../api/index.ts';

/** What went in, in one line: "fuel 1250 L; distance 300 km". */
export function inputsOf({ input }: Activity): string {
  return input.items
    .flatMap(({ inputs }) =>
      inputs.map(([name, { value, unit }]) => `${name} ${value} ${unit}`.trim()),
    )
    .join('; ');
}

/** "purchased-energy" reads as "purchased energy". */
export function methodName(method: string): string {
  return method.replaceAll('-', ' ');
}

const PERCENT = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 });

/** "R-410A: HFC32 50%, HFC125 50%" of a blend, "HFC134a (R-134a)" of one gas. */
export function gasLabel({ name, otherNames, components }: Gas): string {
  if (otherNames.length > 0) return `${name} (${otherNames.join(', ')})`;
  if (components.length === 0) return name;
  const parts = components.map(({ gas, share }) => `${gas} ${PERCENT.format(Number(share))}`);
  return `${name}: ${parts.join(', ')}`;
}
