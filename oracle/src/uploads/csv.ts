import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { TonneError } from '@truetonne/protocol';
import { CsvError, parse, type Info } from 'csv-parse';
import { KNOWN_COLUMNS, type UploadOptions } from './options.ts';

/** Bytes in which the head line must end, and longest row: a window of 256 readings in hex has 46 KB. */
const MAX_ROW = 200_000;

const CANDIDATES = [',', ';', '\t', '|'] as const;

/** A row of the file: its cells by the names of SPEC section 4. */
export interface CsvRow {
  /** Line in the file; the head is line 1. */
  readonly line: number;
  /** Cells that are not empty. */
  readonly cells: ReadonlyMap<string, string>;
}

/**
 * Reads a CSV file row by row, however large it is. A byte order mark, quotes, CR LF and empty lines are
 * taken as they come.
 *
 * @throws TonneError BODY_MALFORMED with the line where it is no CSV, or the column that is missing
 */
export async function* readRows(path: string, options: UploadOptions): AsyncGenerator<CsvRow> {
  const separator =
    options.separator === 'auto' ? findSeparator(await readHead(path)) : options.separator;
  const comma = options.decimal === 'comma' || (options.decimal === 'auto' && separator !== ',');
  const parser = parse({
    ...{ bom: true, delimiter: separator, info: true, max_record_size: MAX_ROW },
    ...{ relax_column_count: true, skip_empty_lines: true, trim: true },
  });
  const source = createReadStream(path);
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  let names: readonly (string | undefined)[] | undefined;
  try {
    // Proof: with `info`, csv-parse yields such objects.
    for await (const { record, info } of parser as AsyncIterable<ParsedRow>) {
      if (names === undefined) names = namesOf(record, options);
      else yield { line: info.lines, cells: cellsOf(record, names, comma) };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new TonneError('BODY_MALFORMED', {
      field: 'file',
      value: error.message,
      expected: 'CSV',
    });
  } finally {
    source.destroy();
  }
}

interface ParsedRow {
  readonly record: readonly string[];
  readonly info: Info;
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

/** The separator that parts the head line most often, outside of quotes. */
export function findSeparator(head: string): string {
  const bare = head.replace(/"[^"]*"/g, '');
  const counts = CANDIDATES.map((candidate) => bare.split(candidate).length);
  return CANDIDATES[counts.indexOf(Math.max(...counts))] ?? ',';
}

export async function readHead(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MAX_ROW), 0, MAX_ROW, 0);
    return buffer.toString('utf8', 0, bytesRead).split(/\r?\n|\r/, 1)[0] ?? '';
  } finally {
    await file.close();
  }
}
