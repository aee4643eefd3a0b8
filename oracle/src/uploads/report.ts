import { open, stat, type FileHandle } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';

/** What became of a row of a file. */
export interface ReportLine {
  readonly line: number;
  readonly status: 'accepted' | 'duplicate' | 'refused';
  readonly device: string;
  /** Sequence of its window; nothing for unsigned readings, or when it can't be told. */
  readonly sequence: string;
  readonly code: string;
  readonly field: string;
  readonly value: string;
  readonly detail: string;
}

const COLUMNS = [
  'line',
  'status',
  'device',
  'sequence',
  'code',
  'field',
  'value',
  'detail',
] as const;
const HEAD = `${COLUMNS.join(',')}\n`;

/** Bytes of a report that are looked through for a page. */
const PAGE_BYTES = 1_048_576;
const MAX_TEXT = 300;

/** Writes a report as CSV, a line for each row of the file. */
export interface ReportWriter {
  readonly add: (lines: readonly ReportLine[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Begins a report anew. */
export async function createReport(path: string): Promise<ReportWriter> {
  const file = await open(path, 'w');
  await file.write(HEAD);
  return {
    add: async (lines) => void (await file.write(lines.map(toText).join(''))),
    close: () => file.close(),
  };
}

export interface ReportPage {
  readonly lines: readonly ReportLine[];
  /** Where the next page begins; `null` at the end of what is written. */
  readonly next: number | null;
}

/** Lines from a place on; with `status`, those that have it. A page may be empty though more follow. */
export async function readReport(
  path: string,
  from: number,
  limit: number,
  status: string | undefined,
): Promise<ReportPage> {
  const file = await open(path);
  try {
    const start = Math.max(from, HEAD.length);
    const text = await readWholeLines(file, start);
    const lines: ReportLine[] = [];
    let offset = start;
    for (const row of text.split('\n').slice(0, -1)) {
      if (lines.length === limit) break;
      offset += Buffer.byteLength(row) + 1;
      const line = fromText(row);
      if (line !== undefined && (status === undefined || line.status === status)) lines.push(line);
    }
    const { size } = await stat(path);
    return { lines, next: offset < size ? offset : null };
  } finally {
    await file.close();
  }
}

async function readWholeLines(file: FileHandle, start: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(PAGE_BYTES), 0, PAGE_BYTES, start);
  const end = buffer.subarray(0, bytesRead).lastIndexOf('\n') + 1;
  return buffer.toString('utf8', 0, end);
}

function toText(line: ReportLine): string {
  return `${COLUMNS.map((name) => toCell(String(line[name]))).join(',')}\n`;
}

/** One line each, and nothing that a spreadsheet would take for a formula. */
function toCell(text: string): string {
  const flat = text.slice(0, MAX_TEXT).replace(/[\r\n]+/g, ' ');
  const plain = /^[=+\-@\t]/.test(flat) ? `'${flat}` : flat;
  return /[",]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function fromText(row: string): ReportLine | undefined {
  const [cells = []] = parse(row, { relax_column_count: true });
  const [line, status, device = '', sequence = '', code = '', field = '', value = '', detail = ''] =
    cells.map(String);
  if (status !== 'accepted' && status !== 'duplicate' && status !== 'refused') return undefined;
  return { line: Number(line), status, device, sequence, code, field, value, detail };
}
