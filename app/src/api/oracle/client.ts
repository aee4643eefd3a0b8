import type { Parser } from '../parse.ts';
import { problemOf, reach } from '../problem.ts';

const SERVICE = 'The oracle';

/** @throws Unreachable or Problem */
export async function askResponse(url: string, init?: RequestInit): Promise<Response> {
  const response = await reach(SERVICE, url, init);
  if (!response.ok) throw await problemOf(response);
  return response;
}

/**
 * Asks the oracle for JSON and parses it.
 * @throws Unreachable, Problem or ShapeError
 */
export async function askOracle<T>(oracleUrl: string, path: string, parse: Parser<T>): Promise<T> {
  const response = await askResponse(`${oracleUrl}${path}`);
  return parse(await response.json(), path);
}

/**
 * Hands the oracle something to keep or to do, as JSON, and parses what it answers.
 * @throws Unreachable, Problem or ShapeError
 */
export async function tellOracle<T>(
  oracleUrl: string,
  path: string,
  body: unknown,
  parse: Parser<T>,
): Promise<T> {
  const response = await askResponse(`${oracleUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return parse(await response.json(), path);
}

/**
 * The gzip bytes of a batch file, as they were published.
 * @throws Unreachable or Problem
 */
export async function fetchBatchFile(
  oracleUrl: string,
  batchId: bigint,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await askResponse(batchFileUrl(oracleUrl, batchId));
  return new Uint8Array(await response.arrayBuffer());
}

/** Where a batch's file can be downloaded. */
export function batchFileUrl(oracleUrl: string, batchId: bigint): string {
  return `${oracleUrl}/v1/batches/${String(batchId)}/file`;
}
