/** Activities from a spreadsheet: what its columns are, how the import stands, each row's fate. */
import {
  flag,
  integer,
  isRecord,
  listOf,
  object,
  oneOf,
  optional,
  ShapeError,
  text,
} from '../parse.ts';
import type { Parser } from '../parse.ts';
import { itemsUnder, cursorPage, type CursorPage } from './page.ts';
import { askOnce } from './once.ts';
import { ownPath } from './organisations.ts';
import { askOwn, writeOwn, type Writer } from './own.ts';
import { sendFile } from './sendFile.ts';

const texts: Parser<Readonly<Record<string, string>>> = (value, path) => {
  if (!isRecord(value)) throw new ShapeError(path, 'an object', value);
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, text(one, `${path}.${key}`)]),
  );
};

const options = object({
  mapping: texts,
  defaults: texts,
  separator: oneOf('auto', ',', ';', '\t', '|'),
  decimal: oneOf('point', 'comma'),
  dates: oneOf('iso', 'dmy', 'mdy'),
  headLine: integer,
  sheet: optional(text),
});
/** How a file is to be read. `mapping`: column to field; `defaults`: fields that no column holds. */
export type ImportOptions = ReturnType<typeof options>;

const encoding = optional(oneOf('utf-8', 'windows-1252'));

const inspection = object({
  encoding,
  sheets: listOf(text),
  sheet: optional(text),
  headLine: integer,
  columns: listOf(text),
  sample: listOf(listOf(text)),
  months: listOf(object({ column: text, year: optional(text), month: text })),
  remembered: optional(options),
});
/** Columns and first rows of a file, and how one with the same columns was read the last time. */
export type FileInspection = ReturnType<typeof inspection>;

const activityImport = object({
  id: text,
  name: text,
  encoding,
  size: integer,
  dryRun: flag,
  state: oneOf('queued', 'running', 'done', 'failed', 'cancelled', 'undone'),
  rows: integer,
  accepted: integer,
  duplicate: integer,
  refused: integer,
  skipped: integer,
  kept: integer,
  code: optional(text),
  detail: optional(text),
  actor: text,
  createdAt: integer,
});
/** An import and how it stands; counts are of rows. */
export type ActivityImport = ReturnType<typeof activityImport>;

const reportLine = object({
  line: integer,
  column: text,
  code: text,
  field: text,
  value: text,
  detail: text,
});
export type ImportReportLine = ReturnType<typeof reportLine>;

function typeOf({ name }: File): string {
  return name.toLowerCase().endsWith('.xlsx')
    ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    : 'text/csv';
}

type OnProgress = (fraction: number) => void;

/** Where the names of columns are: the oracle guesses the line and takes the first sheet where none is said. */
export interface HeadPlace {
  readonly sheet?: string | undefined;
  readonly headLine?: number | undefined;
}

/** Nothing is stored. @throws Unreachable, Problem or ShapeError */
export function inspectFile(
  writer: Writer,
  id: string,
  file: File,
  { sheet, headLine }: HeadPlace,
  onProgress: OnProgress,
): Promise<FileInspection> {
  const path = ownPath(id, '/v1/imports/inspect', { sheet, headLine: headLine?.toString() });
  return sendFile({ ...writer, path, file, contentType: typeOf(file) }, inspection, onProgress);
}

export interface ImportRequest {
  readonly file: File;
  readonly workspaceId: string;
  /** Reports on each row and stores nothing. */
  readonly dryRun: boolean;
  readonly options: ImportOptions;
}

/** @throws Unreachable, Problem or ShapeError */
export function sendImport(
  writer: Writer,
  id: string,
  { file, workspaceId, dryRun, options: how }: ImportRequest,
  onProgress: OnProgress,
): Promise<ActivityImport> {
  const path = ownPath(id, '/v1/imports', {
    ...{ name: file.name, workspaceId, dryRun: String(dryRun), options: JSON.stringify(how) },
  });
  const contentType = typeOf(file);
  const what = JSON.stringify([path, file.size, file.lastModified]);
  return askOnce(what, (key) =>
    sendFile({ ...writer, path, file, contentType, key }, activityImport, onProgress),
  );
}

export function fetchImports(
  oracleUrl: string,
  id: string,
  cursor: string | undefined,
): Promise<CursorPage<ActivityImport>> {
  const path = ownPath(id, '/v1/imports', { cursor });
  return askOwn(oracleUrl, path, cursorPage('imports', activityImport));
}

export function fetchImport(oracleUrl: string, id: string, which: string): Promise<ActivityImport> {
  return askOwn(oracleUrl, ownPath(id, `/v1/imports/${which}`), activityImport);
}

/** The first rows that were refused, and why. */
export function fetchRefusedRows(
  oracleUrl: string,
  id: string,
  which: string,
): Promise<readonly ImportReportLine[]> {
  const path = ownPath(id, `/v1/imports/${which}/report`, { status: 'refused', limit: '20' });
  return askOwn(oracleUrl, path, itemsUnder('lines', reportLine));
}

export function importReportUrl(oracleUrl: string, id: string, which: string): string {
  return `${oracleUrl}${ownPath(id, `/v1/imports/${which}/report.csv`)}`;
}

/** Takes back what an import stored, but for what was changed since. */
export function undoImport(writer: Writer, id: string, which: string): Promise<ActivityImport> {
  const path = ownPath(id, `/v1/imports/${which}/undo`);
  return writeOwn(writer, { method: 'POST', path }, activityImport);
}

/** Stops an import that is under way; what it stored is taken back. */
export function stopImport(writer: Writer, id: string, which: string): Promise<ActivityImport> {
  const path = ownPath(id, `/v1/imports/${which}`);
  return writeOwn(writer, { method: 'DELETE', path }, activityImport);
}
