import { TonneError } from '@truetonne/protocol';
import type { Figure, Layout } from './layout.ts';
import { withoutMarks } from './monthNames.ts';

/** What lines of totals begin with, in the languages of the names of months: "Total", "Kiel Total", "Zwischensumme 2024:". */
const TOTAL = new RegExp(
  [
    '^((.*[ -])?(sub|eind|gesamt|zwischen)?(totals?|totaal|totale|summe)( general| geral| complessivo)?',
    '|sum|gesamt|insgesamt|(gesamt)?ergebnis|somme|som|somma|suma|soma)',
    '( \\d{4}| \\(.*\\))?:?$',
  ].join(''),
  'i',
);

/**
 * A line of totals would count all others once more. In a sheet whose lines have a day of their own it has
 * none and is refused for that; elsewhere nothing but its name tells it.
 *
 * @throws TonneError ROW_IS_TOTAL
 */
export function assertNoTotal({ fields }: Layout, { cells }: Figure): void {
  if (fields.includes('date')) return;
  const index = cells.findIndex((cell) => cell !== '');
  const value = cells[index] ?? '';
  if (!TOTAL.test(withoutMarks(value))) return;
  const field = fields[index] ?? `column ${index + 1}`;
  throw new TonneError('ROW_IS_TOTAL', { field, value, expected: 'a line of its own figures' });
}
