import type { Activity, EnteredQuantity, ExplainedItem } from '../../api/index.ts';

/** What went in, in one line: "fuel 1250 L; distance 300 km". */
export function inputsOf({ input }: Activity): string {
  return input.items
    .flatMap(({ inputs }) => inputs.map(([name, quantity]) => `${name} ${quantityText(quantity)}`))
    .join('; ');
}

/** "1250 L ± 5 %"; an exchange rate with who published it and when. */
export function quantityText(quantity: EnteredQuantity): string {
  const { value, unit, uncertaintyPercent, source, date } = quantity;
  const published = [source, date].filter((one) => one !== undefined).join(', ');
  return [
    ...[value, unit],
    ...(uncertaintyPercent === undefined ? [] : [`± ${uncertaintyPercent} %`]),
    ...(published === '' ? [] : [`(${published})`]),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** Figures and factors of a line that state no uncertainty, each once: "fuel", "the factor Diesel". */
export function unstatedOf(items: readonly UnstatedItem[]): readonly string[] {
  const all = items.flatMap(({ inputs, factor }) => [
    ...inputs
      .filter(({ uncertaintyPercent }) => uncertaintyPercent === undefined)
      .map(({ label }) => label),
    ...(factor.uncertainty === undefined ? [`the factor ${factor.name}`] : []),
  ]);
  return [...new Set(all)];
}

interface UnstatedItem {
  readonly inputs: readonly Pick<ExplainedItem['inputs'][number], 'label' | 'uncertaintyPercent'>[];
  readonly factor: Pick<ExplainedItem['factor'], 'name' | 'uncertainty'>;
}

const NOTES: Readonly<Record<string, string>> = {
  'instrument-certificate': 'What a certificate covers',
  'instrument-contract': 'What a contract covers',
  'instrument-supplier-rate': 'What a rate of the supplier covers',
  'residual-mix': 'What no instrument covers, by the residual mix',
  'residual-mix-none-published':
    'What no instrument covers, by the grid average: no residual mix is published',
};

/** Which part of the market-based side an item is; `undefined` of any other item. */
export function noteText(note: string | undefined): string | undefined {
  return note === undefined ? undefined : NOTES[note];
}

/** "purchased-energy" reads as "purchased energy". */
export function methodName(method: string): string {
  return method.replaceAll('-', ' ');
}

/** First and last day of a year or month, such as "2025" or "2025-02"; nothing for any other text. */
export function daysOf(span: string): { readonly from?: string; readonly until?: string } {
  const [, year, month] = /^(\d{4})(?:-(0[1-9]|1[0-2]))?$/.exec(span) ?? [];
  if (year === undefined) return {};
  if (month === undefined) return { from: `${year}-01-01`, until: `${year}-12-31` };
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return { from: `${year}-${month}-01`, until: `${year}-${month}-${last}` };
}
