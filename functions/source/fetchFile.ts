import { concatBytes } from '../../protocol/src/bytes.ts';
import { QUERY_MS, type FunctionsHost, type HttpAnswer } from './host.ts';

/** A response has at most 2 MiB, and a request makes five queries, one of which reads the chain. */
const PART = 2_000_000;
const MAX_PARTS = 4;

const PARTIAL_CONTENT = 206;

/** Fetches a file in ranges. Throws FILE_MISSING, or FILE_TOO_LARGE above 8,000,000 bytes. */
export async function fetchFile(url: string, host: FunctionsHost): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let part = 0; part < MAX_PARTS; part++) {
    const from = part * PART;
    const answer = await host.makeHttpRequest({
      url,
      headers: { range: `bytes=${String(from)}-${String(from + PART - 1)}` },
      responseType: 'arraybuffer',
      timeout: QUERY_MS,
    });
    if (answer.error || !(answer.data instanceof ArrayBuffer)) throw new Error('FILE_MISSING');
    parts.push(new Uint8Array(answer.data));
    // A server that knows no ranges answers with all of it.
    const short = answer.data.byteLength < PART;
    if (answer.status !== PARTIAL_CONTENT || short || sizeOf(answer) === from + PART)
      return concatBytes(parts);
  }
  throw new Error('FILE_TOO_LARGE');
}

/** Of the whole file, which a partial answer says (RFC 9110, 14.4): asking past its end is an error. */
function sizeOf({ headers }: HttpAnswer): number {
  return Number(headers?.['content-range']?.split('/')[1]);
}
