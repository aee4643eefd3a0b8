/** Requests of somebody who is signed in: they carry the session's cookie, and writes its token. */
import type { Parser } from '../parse.ts';
import { askResponse } from './client.ts';
import { askOnce } from './once.ts';

/** What a write needs of the session: the token that another site's page can't know. */
export interface Writer {
  readonly oracleUrl: string;
  readonly csrfToken: string;
}

export interface Write {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** ETag of the version that is changed. */
  readonly match?: string | undefined;
}

/** Something that was read, and the ETag that a change of it has to name. */
export interface Versioned<T> {
  readonly value: T;
  readonly etag: string;
}

/** @throws Unreachable, Problem or ShapeError */
export async function askOwn<T>(oracleUrl: string, path: string, parse: Parser<T>): Promise<T> {
  const response = await askResponse(`${oracleUrl}${path}`, { credentials: 'include' });
  return parse(await response.json(), path);
}

/** @throws Unreachable, Problem or ShapeError */
export async function askVersioned<T>(
  oracleUrl: string,
  path: string,
  parse: Parser<T>,
): Promise<Versioned<T>> {
  const response = await askResponse(`${oracleUrl}${path}`, { credentials: 'include' });
  const value = parse(await response.json(), path);
  return { value, etag: response.headers.get('etag') ?? '' };
}

/**
 * Sends a write, which is done once, however often it is sent before an answer comes.
 *
 * @throws Unreachable, Problem or ShapeError
 */
export function writeOwn<T>(
  { oracleUrl, csrfToken }: Writer,
  { method, path, body, match }: Write,
  parse: Parser<T>,
): Promise<T> {
  const headers = new Headers({ 'x-csrf-token': csrfToken });
  if (match !== undefined) headers.set('if-match', match);
  const sent: RequestInit = { method, headers, credentials: 'include' };
  if (body !== undefined) {
    headers.set('content-type', 'application/json');
    sent.body = JSON.stringify(body);
  }
  const what = JSON.stringify([method, path, body, match]);
  return askOnce(what, async (key) => {
    headers.set('idempotency-key', key);
    const response = await askResponse(`${oracleUrl}${path}`, sent);
    return parse(await response.json(), path);
  });
}
