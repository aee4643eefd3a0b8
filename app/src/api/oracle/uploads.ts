/** Measurements handed in as CSV: the upload, how it stands, and what became of each row. */
import { integer, object, oneOf, optional, text } from '../parse.ts';
import { askFiled, type Filer } from './filer.ts';
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
  keptUntil: optional(integer),
  report: text,
});
/** An upload and how it stands; progress and counts are of rows. */
export type Upload = ReturnType<typeof upload>;

/** How a file is to be read. `mapping`: names in the file to names of SPEC section 4. */
export interface UploadRequest {
  readonly kind: Upload['kind'];
  readonly mapping: Readonly<Record<string, string>>;
  /** `auto`: a comma where the columns are parted by something else. */
  readonly decimal: 'auto' | 'point' | 'comma';
  readonly file: Blob;
}

const newUpload = object({ visitorToken: optional(text) });
/** `visitorToken` is given once, to a browser that has none: see {@link Filer}. */
export type NewUpload = ReturnType<typeof newUpload>;

export function fetchUploads(
  filer: Filer,
  cursor: string | undefined,
): Promise<CursorPage<Upload>> {
  return askFiled(filer, withQuery('/v1/uploads', { cursor }), cursorPage('uploads', upload));
}

/** `report` is the path that an upload names. */
export function reportUrl(oracleUrl: string, { report }: Pick<Upload, 'report'>): string {
  return `${oracleUrl}${report}&format=csv`;
}

/**
 * Stops reading a file, or removes one that was read; what was stored stays.
 * @throws Unreachable, Problem or ShapeError
 */
export function endUpload(filer: Filer, id: string): Promise<Upload> {
  return askFiled(filer, `/v1/uploads/${id}`, upload, { method: 'DELETE' });
}

/**
 * Sends a file and tells how much of it is out, 0 to 1; answers the token of a new visitor.
 * @throws Unreachable, Problem or ShapeError
 */
export function sendUpload(
  filer: Filer,
  { kind, mapping, decimal, file }: UploadRequest,
  onProgress: (fraction: number) => void,
): Promise<NewUpload> {
  const path = withQuery('/v1/uploads', { kind, decimal, mapping: JSON.stringify(mapping) });
  return sendFile({ ...filer, path, file, contentType: 'text/csv' }, newUpload, onProgress);
}
