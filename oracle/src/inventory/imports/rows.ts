import { findSeparator, readCsv, type FileRow } from '../../csv/csvRows.ts';
import { findEncoding, type Encoding } from '../../csv/encoding.ts';
import type { ImportOptions } from './options.ts';
import { readXlsx } from './xlsx.ts';

export type ImportFormat = 'csv' | 'xlsx';

/** A file of rows; a workbook says itself what it is written in. */
interface RowFile {
  readonly path: string;
  readonly format: ImportFormat;
  readonly encoding: Encoding | null;
}

/** Throws FILE_MALFORMED when it is neither a workbook nor text. */
export async function openRows(path: string, format: ImportFormat): Promise<RowFile> {
  return { path, format, encoding: format === 'csv' ? await findEncoding(path) : null };
}

/** Rows of a file, however large it is. Throws FILE_MALFORMED, FILE_INFLATES, CELLS_MERGED. */
export async function* readRows(
  { path, encoding }: RowFile,
  { separator, decimal }: Pick<ImportOptions, 'separator' | 'decimal'>,
): AsyncGenerator<FileRow> {
  if (encoding === null) {
    yield* readXlsx(path, decimal);
    return;
  }
  const delimiter = separator === 'auto' ? await findSeparator(path, encoding) : separator;
  yield* readCsv(path, encoding, delimiter);
}

/** A workbook is a ZIP file; all else is taken for text. */
export function formatOf(start: Uint8Array): ImportFormat {
  return start[0] === 0x50 && start[1] === 0x4b ? 'xlsx' : 'csv';
}
