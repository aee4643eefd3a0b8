import type { Parser } from '../parse.ts';
import { Problem, problemOf, Unreachable } from '../problem.ts';
import { ownerHeaders } from './filer.ts';

export interface FileToSend {
  readonly oracleUrl: string;
  readonly path: string;
  readonly file: Blob;
  readonly contentType: string;
  /** Of the session that sends it; undefined where nobody is signed in. */
  readonly csrfToken: string | undefined;
  /** Of a browser in which nobody is. */
  readonly visitorToken?: string | undefined;
  /** By which the oracle knows it again when it is sent a second time. */
  readonly key?: string;
}

/**
 * Sends a file as a body and tells how much of it is out, 0 to 1.
 * @throws Unreachable, Problem or ShapeError
 */
export function sendFile<T>(
  { oracleUrl, path, file, contentType, csrfToken, visitorToken, key }: FileToSend,
  parse: Parser<T>,
  onProgress: (fraction: number) => void,
): Promise<T> {
  // Only XMLHttpRequest tells how much of a body is out.
  const request = new XMLHttpRequest();
  request.open('POST', `${oracleUrl}${path}`);
  request.setRequestHeader('content-type', contentType);
  if (key !== undefined) request.setRequestHeader('idempotency-key', key);
  request.withCredentials = csrfToken !== undefined;
  for (const [name, value] of Object.entries(ownerHeaders(csrfToken, visitorToken)))
    request.setRequestHeader(name, value);
  request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
  return new Promise((resolve, reject) => {
    request.onerror = () => reject(new Unreachable('The oracle', undefined));
    request.onload = () => {
      answerOf(request, parse, path).then(resolve, reject);
    };
    request.send(file);
  });
}

async function answerOf<T>(
  { status, responseText }: XMLHttpRequest,
  parse: Parser<T>,
  path: string,
): Promise<T> {
  const response = new Response(responseText, { status });
  if (!response.ok) throw await problemOf(response);
  try {
    return parse(JSON.parse(responseText), path);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Problem(status, 'ANSWER_UNEXPECTED', 'The oracle answered no JSON', undefined);
  }
}
