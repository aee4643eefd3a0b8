import { TonneError } from '@truetonne/protocol';
import { CsvError, parse, type Info } from 'csv-parse';
import { readText, type Encoding } from './encoding.ts';

/** Bytes in which the head line must end, and longest row: a window of 256 readings in hex has 46 KB. */
const MAX_ROW = 200_000;

const CANDIDATES = [',', ';', '\t', '|'] as const;

/** Lines among which the head is looked for where nobody says which it is. */
export const FIRST_LINES = 20;

const LINE_END = /\r?\n|\r/;

/** A line above the head by which programs tell Excel the separator. */
const NAMED_SEPARATOR = /^\ufeff?sep=([,;\t|])?$/i;

/** A row of a file; those without any content are left out. */
export interface FileRow {
  /** Line in the file; the head is line 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

interface ParsedRow {
  readonly record: readonly string[];
  readonly info: Info;
}

/**
 * Reads a CSV file row by row, however large it is. A byte order mark, quotes, CR LF and empty lines are
 * taken as they come.
 *
 * @throws TonneError FILE_MALFORMED with the line where it is no CSV
 */
export async function* readCsv(
  path: string,
  encoding: Encoding,
  delimiter: string,
): AsyncGenerator<FileRow> {
  const parser = parse({
    ...{ bom: true, delimiter, info: true, max_record_size: MAX_ROW },
    ...{ relax_column_count: true, skip_empty_lines: true, trim: true },
    // Left to find it, the parser takes the first line's end for all: others would join two rows.
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  const source = readText(path, encoding);
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  try {
    // Proof: with `info`, csv-parse yields such objects.
    for await (const { record, info } of parser as AsyncIterable<ParsedRow>) {
      if (info.records === 1 && NAMED_SEPARATOR.test(record.join(''))) continue;
      if (record.some((cell) => cell !== '')) yield { line: info.lines, cells: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const details = { field: 'file', value: error.message, expected: 'CSV' };
    throw new TonneError('FILE_MALFORMED', details);
  } finally {
    source.destroy();
  }
}

/**
 * The separator that the file names itself, or else that parts the head line most often, outside of quotes.
 * Without a head line, that of the first line with three parts, as titles have fewer, or else the most.
 */
export async function findSeparator(
  path: string,
  encoding: Encoding,
  headLine?: number,
): Promise<string> {
  const lines = await readTop(path, encoding, headLine ?? FIRST_LINES);
  const named = NAMED_SEPARATOR.exec(lines[0] ?? '')?.[1];
  if (named !== undefined) return named;
  const looked = headLine === undefined ? lines : lines.slice(headLine - 1);
  const parted = looked.map((line) => {
    const bare = line.replace(/"[^"]*"/g, '');
    const counts = CANDIDATES.map((candidate) => bare.split(candidate).length);
    const most = Math.max(...counts);
    return { most, separator: CANDIDATES[counts.indexOf(most)] ?? ',' };
  });
  const enough = Math.min(3, Math.max(...parted.map(({ most }) => most)));
  return parted.find(({ most }) => most >= enough)?.separator ?? ',';
}

async function readTop(path: string, encoding: Encoding, count: number): Promise<string[]> {
  let text = '';
  for await (const chunk of readText(path, encoding)) {
    text += String(chunk);
    if (text.length > MAX_ROW || text.split(LINE_END, count + 1).length > count) break;
  }
  return text.split(LINE_END, count);
}
