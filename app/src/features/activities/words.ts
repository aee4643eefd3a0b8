import type { Activity } from '../../api/index.ts';

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
