import { TonneError } from '@truetonne/protocol';
import { findSeparator, readCsv, type FileRow } from '../../csv/csvRows.ts';
import { findEncoding, type Encoding } from '../../csv/encoding.ts';
import type { ImportOptions } from './options.ts';
import { readSheetNames, readXlsx } from './xlsx.ts';

export type ImportFormat = 'csv' | 'xlsx';

/** A file of rows; a workbook says itself what it is written in. */
interface RowFile {
  readonly path: string;
  readonly format: ImportFormat;
  readonly encoding: Encoding | null;
  /** Names of the worksheets of a workbook; text has none. */
  readonly sheets: readonly string[];
}

type Reading = Pick<ImportOptions, 'separator' | 'decimal'> & {
  readonly sheet?: string | undefined;
  /** Of cells at the head line or below it. */
  readonly merged: 'refuse' | 'read';
  /** Absent: rows from the top of the file, whatever they hold. */
  readonly headLine?: number | undefined;
};

/** Throws FILE_MALFORMED when it is neither a workbook nor text. */
export async function openRows(path: string, format: ImportFormat): Promise<RowFile> {
  return format === 'csv'
    ? { path, format, encoding: await findEncoding(path), sheets: [] }
    : { path, format, encoding: null, sheets: await readSheetNames(path) };
}

/** Rows of a file from its head line on, however large it is. Throws FILE_MALFORMED, FILE_INFLATES, CELLS_MERGED. */
export async function* readRows(
  { path, encoding }: RowFile,
  { separator, decimal, sheet, merged, headLine }: Reading,
): AsyncGenerator<FileRow> {
  if (encoding === null) {
    yield* readXlsx(path, { decimal, sheet, merged, headLine });
    return;
  }
  if (sheet !== undefined) {
    const expected = 'no sheet, for the file is text';
    throw new TonneError('PARAMETER_INVALID', { field: 'sheet', value: sheet, expected });
  }
  const delimiter =
    separator === 'auto' ? await findSeparator(path, encoding, headLine) : separator;
  for await (const row of readCsv(path, encoding, delimiter)) {
    if (row.line >= (headLine ?? 1)) yield row;
  }
}

/** A workbook is a ZIP file; all else is taken for text. */
export function formatOf(start: Uint8Array): ImportFormat {
  return start[0] === 0x50 && start[1] === 0x4b ? 'xlsx' : 'csv';
}
