import type { Parser } from '../parse.ts';
import { problemOf, reach } from '../problem.ts';

const SERVICE = 'The oracle';

async function ask(url: string): Promise<Response> {
  const response = await reach(SERVICE, url);
  if (!response.ok) throw await problemOf(response);
  return response;
}

/**
 * Asks the oracle for JSON and parses it.
 * @throws Unreachable, Problem or ShapeError
 */
export async function askOracle<T>(oracleUrl: string, path: string, parse: Parser<T>): Promise<T> {
  const response = await ask(`${oracleUrl}${path}`);
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
  const response = await ask(batchFileUrl(oracleUrl, batchId));
  return new Uint8Array(await response.arrayBuffer());
}

/** Where a batch's file can be downloaded. */
export function batchFileUrl(oracleUrl: string, batchId: bigint): string {
  return `${oracleUrl}/v1/batches/${String(batchId)}/file`;
}
