/** Measurements handed in as CSV: the upload, how it stands, and what became of each row. */
import { integer, object, oneOf, optional, text } from '../parse.ts';
import { askOracle, cancelAtOracle } from './client.ts';
import { cursorPage, withQuery, type CursorPage } from './page.ts';
import { sendFile } from './sendFile.ts';

const upload = object({
  id: text,
  kind: oneOf('windows', 'readings'),
  status: oneOf('queued', 'running', 'done', 'failed', 'cancelled'),
  size: integer,
  progress: integer,
  counts: optional(object({ accepted: integer, duplicate: integer, refused: integer })),
  code: optional(text),
  detail: optional(text),
  createdAt: integer,
});
/** An upload and how it stands; progress and counts are of rows. */
export type Upload = ReturnType<typeof upload>;

/** How a file is to be read. `mapping`: names in the file to names of SPEC section 4. */
export interface UploadRequest {
  readonly kind: Upload['kind'];
  readonly mapping: Readonly<Record<string, string>>;
  readonly file: Blob;
}

export function fetchUploads(
  oracleUrl: string,
  cursor: string | undefined,
): Promise<CursorPage<Upload>> {
  return askOracle(oracleUrl, withQuery('/v1/uploads', { cursor }), cursorPage('uploads', upload));
}

export function reportUrl(oracleUrl: string, id: string): string {
  return `${oracleUrl}/v1/uploads/${id}/report?format=csv`;
}

/** Stops reading a file; what was stored stays. @throws Unreachable or Problem */
export function cancelUpload(oracleUrl: string, id: string): Promise<void> {
  return cancelAtOracle(oracleUrl, `/v1/uploads/${id}`);
}

/**
 * Sends a file and tells how much of it is out, 0 to 1; answers the upload.
 * @throws Unreachable, Problem or ShapeError
 */
export function sendUpload(
  oracleUrl: string,
  { kind, mapping, file }: UploadRequest,
  onProgress: (fraction: number) => void,
): Promise<Upload> {
  const path = withQuery('/v1/uploads', { kind, mapping: JSON.stringify(mapping) });
  return sendFile({ oracleUrl, path, file, contentType: 'text/csv' }, upload, onProgress);
}
