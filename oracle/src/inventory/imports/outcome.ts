import type { TonneError } from '@truetonne/protocol';
import type { ReportCells } from '../../csv/reportFile.ts';
import { problemOf } from '../../runtime/problem.ts';
import type { Figure, Layout } from './layout.ts';
import type { Place } from './seen.ts';

/** `column`: of a sheet with a column for each month, the one that the line is about. */
export const IMPORT_COLUMNS = [
  ...['line', 'status', 'activity', 'code', 'field', 'value', 'detail', 'column'],
] as const;

/** `skipped`: the cell of a month is empty, which is no zero. */
export const IMPORT_STATUSES = ['accepted', 'duplicate', 'refused', 'skipped'] as const;
type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** Figures of a file by what became of them. */
export type ImportCounts = Record<ImportStatus, number>;

/** A line of the report: what became of a figure. */
export interface Outcome extends ReportCells {
  readonly status: ImportStatus;
}

export function outcomeOf(
  figure: Figure,
  status: Exclude<ImportStatus, 'refused'>,
  activity: number | undefined,
  detail: string,
): Outcome {
  const known = activity === undefined ? {} : { activity: String(activity) };
  return { ...placeCells(figure), status, ...known, detail };
}

export function refusalOf(figure: Figure, error: TonneError): Outcome {
  const { code, field = '', value = '', detail } = problemOf(error);
  return { ...placeCells(figure), status: 'refused', code, field, value, detail };
}

function placeCells({ line, month }: Figure) {
  return { line: String(line), column: month?.name ?? '' };
}

export function placeOf({ line, month }: Figure): Place {
  return { line, column: month?.index };
}

/** "line 7", or "line 7, Feb 2024". */
export function placeName({ line, column }: Place, { months }: Layout): string {
  const month = months.find(({ index }) => index === column);
  return month === undefined ? `line ${line}` : `line ${line}, ${month.name}`;
}
