import { TonneError } from '@truetonne/protocol';
import type { CsvRow } from './csv.ts';
import { ENVELOPE_COLUMNS } from './options.ts';

const ENVELOPE: ReadonlySet<string> = new Set(ENVELOPE_COLUMNS);

/** Whole numbers as JSON has them; all other cells are parsed as text. */
const WHOLE = new Set(['timestamp', 'system_status']);

/** The JSON object of a row's reading. */
export function toReadingJson({ cells }: CsvRow): Record<string, string | number> {
  const entries = [...cells]
    .filter(([name]) => !ENVELOPE.has(name))
    .map(([name, text]): [string, string | number] => [
      name,
      WHOLE.has(name) && /^\d{1,15}$/.test(text) ? Number(text) : text,
    ]);
  return Object.fromEntries(entries);
}

/** Throws BODY_MALFORMED when a cell is empty. */
export function getCell({ cells }: CsvRow, name: string): string {
  const text = cells.get(name);
  if (text !== undefined) return text;
  throw new TonneError('BODY_MALFORMED', { field: name, value: 'nothing', expected: 'a value' });
}
