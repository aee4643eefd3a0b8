import { TonneError } from '@truetonne/protocol';
import { findSeparator, readCsv } from '../../csv/csvRows.ts';
import { findEncoding } from '../../csv/encoding.ts';
import { KNOWN_COLUMNS, type UploadOptions } from './options.ts';

/** A row of the file: its cells by the names of SPEC section 4. */
export interface CsvRow {
  /** Line in the file; the head is line 1. */
  readonly line: number;
  /** Cells that are not empty. */
  readonly cells: ReadonlyMap<string, string>;
}

/**
 * Reads a CSV file row by row, however large it is.
 *
 * @throws TonneError BODY_MALFORMED with the column that is missing, FILE_MALFORMED where it is no CSV
 */
export async function* readRows(path: string, options: UploadOptions): AsyncGenerator<CsvRow> {
  const encoding = await findEncoding(path);
  const separator =
    options.separator === 'auto' ? await findSeparator(path, encoding, 1) : options.separator;
  const comma = options.decimal === 'comma' || (options.decimal === 'auto' && separator !== ',');
  let names: readonly (string | undefined)[] | undefined;
  for await (const { line, cells } of readCsv(path, encoding, separator)) {
    if (names === undefined) names = namesOf(cells, options);
    else yield { line, cells: cellsOf(cells, names, comma) };
  }
}

/** By column of the file, our name for it; `undefined` columns are left out. */
function namesOf(
  head: readonly string[],
  { kind, mapping }: UploadOptions,
): readonly (string | undefined)[] {
  const names = head.map((name) => {
    const own = mapping[name] ?? name.toLowerCase();
    return KNOWN_COLUMNS.has(own) ? own : undefined;
  });
  const needed = kind === 'windows' ? ['header', 'signature'] : ['device_id', 'timestamp'];
  const missing = needed.find((name) => !names.includes(name));
  const twice = names.find((name, index) => name !== undefined && names.indexOf(name) !== index);
  const wrong = missing ?? twice;
  if (wrong === undefined) return names;
  throw new TonneError('BODY_MALFORMED', {
    field: `column ${wrong}`,
    value: head.join(' | ').slice(0, 200),
    expected: missing === undefined ? 'once' : 'a head line with it, or a mapping to it',
  });
}

function cellsOf(
  record: readonly string[],
  names: readonly (string | undefined)[],
  comma: boolean,
): ReadonlyMap<string, string> {
  const cells = new Map<string, string>();
  for (const [index, name] of names.entries()) {
    const text = record[index] ?? '';
    if (name === undefined || text === '') continue;
    cells.set(name, comma && /^-?\d+,\d+$/.test(text) ? text.replace(',', '.') : text);
  }
  return cells;
}
