/** Exports of readings or energy, which the oracle writes in the background. */
import { integer, object, oneOf, optional, text } from '../parse.ts';
import { askOracle, cancelAtOracle, tellOracle } from './client.ts';

const task = object({
  id: text,
  status: oneOf('queued', 'running', 'done', 'failed', 'cancelled'),
  progress: object({ done: integer, total: optional(integer) }),
  rows: optional(integer),
  size: optional(integer),
  url: optional(text),
  code: optional(text),
  detail: optional(text),
});
/** An export and how it stands; `url` is the path of the file once it is done. */
export type ExportTask = ReturnType<typeof task>;

/** What to export: of a device or a project, from (inclusive) to (exclusive) in Unix seconds. */
export interface ExportRequest {
  readonly kind: 'readings' | 'energy';
  readonly format: 'csv' | 'parquet';
  readonly deviceId?: string;
  readonly projectId?: number;
  readonly from: number;
  readonly to: number;
}

export function startExport(oracleUrl: string, request: ExportRequest): Promise<string> {
  const path = '/v1/exports';
  return tellOracle(
    oracleUrl,
    path,
    request,
    (value, place) => object({ id: text })(value, place).id,
  );
}

export function fetchExport(oracleUrl: string, id: string): Promise<ExportTask> {
  return askOracle(oracleUrl, `/v1/exports/${id}`, task);
}

export function cancelExport(oracleUrl: string, id: string): Promise<void> {
  return cancelAtOracle(oracleUrl, `/v1/exports/${id}`);
}
