import { TonneError } from '@truetonne/protocol';
import { decodeWindowJson, type SentWindow } from '../ingest/decodeBody.ts';
import type { CsvRow } from './csv.ts';
import { getCell, toReadingJson } from './values.ts';

/** A window of a file: the rows that it is in. */
export interface FileWindow extends SentWindow {
  readonly rows: readonly CsvRow[];
}

/** Rows of one window that are kept in memory: a window has at most 256 readings. */
const MAX_ROWS = 257;

/**
 * Joins rows to windows: a row with the readings as hex is a window; else rows that follow each other
 * with the same header and signature are, each with one reading.
 */
export async function* joinRows(rows: AsyncIterable<CsvRow>): AsyncGenerator<FileWindow> {
  let group: CsvRow[] = [];
  for await (const row of rows) {
    const [first] = group;
    if (first !== undefined && (!isSameEnvelope(first, row) || group.length === MAX_ROWS)) {
      yield toWindow(group);
      group = [];
    }
    group.push(row);
  }
  if (group.length > 0) yield toWindow(group);
}

function isSameEnvelope(first: CsvRow, row: CsvRow): boolean {
  return (
    !first.cells.has('readings') &&
    !row.cells.has('readings') &&
    first.cells.get('header') === row.cells.get('header') &&
    first.cells.get('signature') === row.cells.get('signature')
  );
}

function toWindow(rows: readonly CsvRow[]): FileWindow {
  return { where: '', rows, bytes: decode(rows) };
}

function decode(rows: readonly CsvRow[]): SentWindow['bytes'] {
  const [first] = rows;
  try {
    if (first === undefined) throw new TonneError('UPLOAD_EMPTY');
    const readings = first.cells.get('readings') ?? rows.map(toReadingJson);
    const [header, signature] = [getCell(first, 'header'), getCell(first, 'signature')];
    return decodeWindowJson({ header, signature, readings });
  } catch (error) {
    if (error instanceof TonneError) return error;
    throw error;
  }
}
