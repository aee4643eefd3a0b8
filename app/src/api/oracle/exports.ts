/** Exports of readings or energy, which the oracle writes in the background. */
import { integer, object, oneOf, optional, text } from '../parse.ts';
import { askFiled, type Filer } from './filer.ts';
import { cursorPage, withQuery, type CursorPage } from './page.ts';

const task = object({
  id: text,
  request: object({
    kind: oneOf('readings', 'energy'),
    bucket: oneOf('hour', 'day', 'month'),
    format: oneOf('csv', 'parquet'),
    deviceId: optional(text),
    projectId: optional(integer),
    from: integer,
    to: integer,
  }),
  status: oneOf('queued', 'running', 'done', 'failed', 'cancelled'),
  progress: object({ done: integer, total: optional(integer) }),
  rows: optional(integer),
  size: optional(integer),
  url: optional(text),
  code: optional(text),
  detail: optional(text),
  requestedAt: integer,
  keptUntil: optional(integer),
});
/** An export and how it stands; `url` is the path of the file once it is done. */
export type ExportTask = ReturnType<typeof task>;

/** What to export: of a device or a project, from (inclusive) to (exclusive) in Unix seconds. */
export interface ExportRequest {
  readonly kind: 'readings' | 'energy';
  /** Of energy: how long each row is. */
  readonly bucket?: 'hour' | 'day' | 'month';
  readonly format: 'csv' | 'parquet';
  readonly deviceId?: string;
  readonly projectId?: number;
  readonly from: number;
  readonly to: number;
}

const newExport = object({ id: text, visitorToken: optional(text) });
/** `visitorToken` is given once, to a browser that has none: see {@link Filer}. */
export type NewExport = ReturnType<typeof newExport>;

export function startExport(filer: Filer, request: ExportRequest): Promise<NewExport> {
  return askFiled(filer, '/v1/exports', newExport, { method: 'POST', body: request });
}

export function fetchExport(filer: Filer, id: string): Promise<ExportTask> {
  return askFiled(filer, `/v1/exports/${id}`, task);
}

export function fetchExports(
  filer: Filer,
  cursor: string | undefined,
): Promise<CursorPage<ExportTask>> {
  return askFiled(filer, withQuery('/v1/exports', { cursor }), cursorPage('exports', task));
}

/** Cancels one that is under way, or removes one that has ended with its file. */
export function endExport(filer: Filer, id: string): Promise<ExportTask> {
  return askFiled(filer, `/v1/exports/${id}`, task, { method: 'DELETE' });
}
