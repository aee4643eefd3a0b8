/** Requests about uploads and exports, which are somebody's though nobody has to be signed in for them. */
import type { Parser } from '../parse.ts';
import { askResponse } from './client.ts';

/** Whose uploads and exports: those of the wallet that is signed in, or of this browser. */
export interface Filer {
  readonly oracleUrl: string;
  /** Of the session; undefined where nobody is signed in. */
  readonly csrfToken: string | undefined;
  /** Of this browser, since it handed something in without being signed in. */
  readonly visitorToken: string | undefined;
}

const VISITOR_TOKEN = 'x-visitor-token';

/** Headers that say who asks. A visitor sends no cookie: an old one would be somebody else's. */
export function ownerHeaders(
  csrfToken: string | undefined,
  visitorToken: string | undefined,
): Readonly<Record<string, string>> {
  if (csrfToken !== undefined) return { 'x-csrf-token': csrfToken };
  return visitorToken === undefined ? {} : { [VISITOR_TOKEN]: visitorToken };
}

interface FiledRequest {
  readonly method?: 'POST' | 'DELETE';
  readonly body?: unknown;
}

/** @throws Unreachable, Problem or ShapeError */
export async function askFiled<T>(
  { oracleUrl, csrfToken, visitorToken }: Filer,
  path: string,
  parse: Parser<T>,
  { method, body }: FiledRequest = {},
): Promise<T> {
  const sent: RequestInit = {
    credentials: csrfToken === undefined ? 'omit' : 'include',
    headers: {
      ...ownerHeaders(csrfToken, visitorToken),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
  };
  if (method !== undefined) sent.method = method;
  if (body !== undefined) sent.body = JSON.stringify(body);
  const response = await askResponse(`${oracleUrl}${path}`, sent);
  return parse(await response.json(), path);
}
