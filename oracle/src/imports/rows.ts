import { createReadStream } from 'node:fs';
import { TonneError } from '@truetonne/protocol';
import { CsvError, parse, type Info } from 'csv-parse';
import { findSeparator, readHead } from '../uploads/csv.ts';
import type { FileRow } from './fileRow.ts';
import type { ImportOptions } from './options.ts';
import { readXlsx } from './xlsx.ts';

export type ImportFormat = 'csv' | 'xlsx';

/** Longest row, bytes. */
const MAX_ROW = 200_000;

/** Rows of a file, however large it is. Throws FILE_MALFORMED, FILE_INFLATES, CELLS_MERGED. */
export function readRows(
  path: string,
  format: ImportFormat,
  options: Pick<ImportOptions, 'separator'>,
): AsyncGenerator<FileRow> {
  return format === 'xlsx' ? readXlsx(path) : readCsv(path, options.separator);
}

/** A workbook is a ZIP file; all else is taken for text. */
export function formatOf(start: Uint8Array): ImportFormat {
  return start[0] === 0x50 && start[1] === 0x4b ? 'xlsx' : 'csv';
}

interface ParsedRow {
  readonly record: readonly string[];
  readonly info: Info;
}

async function* readCsv(
  path: string,
  separator: ImportOptions['separator'],
): AsyncGenerator<FileRow> {
  const delimiter = separator === 'auto' ? findSeparator(await readHead(path)) : separator;
  const parser = parse({
    ...{ bom: true, delimiter, info: true, max_record_size: MAX_ROW },
    ...{ relax_column_count: true, skip_empty_lines: true, trim: true },
  });
  const source = createReadStream(path);
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  try {
    // Proof: with `info`, csv-parse yields such objects.
    for await (const { record, info } of parser as AsyncIterable<ParsedRow>) {
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
