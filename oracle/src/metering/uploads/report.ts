import { createReportFile, readReportFile, type ReportCells } from '../../csv/reportFile.ts';

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

/** Writes a report as CSV, a line for each row of the file. */
export interface ReportWriter {
  readonly add: (lines: readonly ReportLine[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Begins a report anew. */
export async function createReport(path: string): Promise<ReportWriter> {
  const file = await createReportFile(path, COLUMNS);
  const add = (lines: readonly ReportLine[]): Promise<void> =>
    file.add(lines.map((line) => ({ ...line, line: String(line.line) })));
  return { add, close: file.close };
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
  const isWanted = (line: ReportCells): boolean =>
    status === undefined || line['status'] === status;
  const { lines, next } = await readReportFile(path, { from, limit }, isWanted);
  return { lines: lines.flatMap((line) => fromCells(line) ?? []), next };
}

function fromCells(cells: ReportCells): ReportLine | undefined {
  const { line, status, device = '', sequence = '', code = '', field = '' } = cells;
  const { value = '', detail = '' } = cells;
  if (status !== 'accepted' && status !== 'duplicate' && status !== 'refused') return undefined;
  return { line: Number(line), status, device, sequence, code, field, value, detail };
}
