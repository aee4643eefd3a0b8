import { open, stat, type FileHandle } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';

/** Bytes of a report that are looked through for a page. */
const PAGE_BYTES = 1_048_576;
const MAX_TEXT = 300;

/** Values of a line of a report, by column. */
export type ReportCells = Readonly<Record<string, string>>;

/** Writes a report as CSV, a line for each row of the file. */
export interface ReportFile {
  readonly add: (lines: readonly ReportCells[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Begins a report anew. */
export async function createReportFile(
  path: string,
  columns: readonly string[],
): Promise<ReportFile> {
  const file = await open(path, 'w');
  await file.write(headOf(columns));
  const toText = (line: ReportCells): string =>
    `${columns.map((name) => toCell(line[name] ?? '')).join(',')}\n`;
  return {
    add: async (lines) => void (await file.write(lines.map(toText).join(''))),
    close: () => file.close(),
  };
}

export interface CellsPage {
  readonly lines: readonly ReportCells[];
  /** Where the next page begins; `null` at the end of what is written. */
  readonly next: number | null;
}

/**
 * Lines from a place on, those that are wanted. A page may be empty though more follow. The report says
 * itself what its columns are: one of an earlier version has fewer.
 */
export async function readReportFile(
  path: string,
  page: { readonly from: number; readonly limit: number },
  isWanted: (line: ReportCells) => boolean,
): Promise<CellsPage> {
  const file = await open(path);
  try {
    const [head = '', ...more] = (await readWholeLines(file, 0)).split('\n', 2);
    if (more.length === 0) return { lines: [], next: null };
    const columns = head.split(',');
    const start = Math.max(page.from, head.length + 1);
    const text = await readWholeLines(file, start);
    const lines: ReportCells[] = [];
    let offset = start;
    for (const row of text.split('\n').slice(0, -1)) {
      if (lines.length === page.limit) break;
      offset += Buffer.byteLength(row) + 1;
      const [cells = []] = parse(row, { relax_column_count: true });
      const line = Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? '']));
      if (isWanted(line)) lines.push(line);
    }
    const { size } = await stat(path);
    return { lines, next: offset < size ? offset : null };
  } finally {
    await file.close();
  }
}

function headOf(columns: readonly string[]): string {
  return `${columns.join(',')}\n`;
}

async function readWholeLines(file: FileHandle, start: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(PAGE_BYTES), 0, PAGE_BYTES, start);
  const end = buffer.subarray(0, bytesRead).lastIndexOf('\n') + 1;
  return buffer.toString('utf8', 0, end);
}

/** One line each, and nothing that a spreadsheet would take for a formula. */
function toCell(text: string): string {
  const flat = text.slice(0, MAX_TEXT).replace(/[\r\n]+/g, ' ');
  const plain = /^[=+\-@\t]/.test(flat) ? `'${flat}` : flat;
  return /[",]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
