import { toHex } from '../bytes.ts';
import type { SignatureVerifier } from '../identity/signature.ts';
import type { ChainRecord } from './record.ts';
import { verifyBatch, type VerificationResult } from './verifyBatch.ts';
import type { Progress } from './windows.ts';

/** Header and trailer of gzip without optional fields (RFC 1952, SPEC section 6). */
const GZIP_HEADER_SIZE = 10;
const GZIP_TRAILER_SIZE = 8;

/** More than a million windows; a file that unpacks to more is cut off there and found malformed. */
const MAX_CONTENT_SIZE = 1 << 30;

export interface FileVerificationInput {
  /** The batch file as it came: gzip bytes. */
  readonly file: Uint8Array;
  readonly record: ChainRecord;
  readonly verifySignature: SignatureVerifier;
  readonly onProgress?: Progress;
}

/** Verifies a batch file against the chain: unpacks it, then `verifyBatch`. */
export async function verifyBatchFile(input: FileVerificationInput): Promise<VerificationResult> {
  const { file, ...rest } = input;
  const content = await unpackBatchFile(file);
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(file));
  return verifyBatch({ ...rest, content, fileDigest: toHex(new Uint8Array(digest)) });
}

/**
 * Unpacks the deflate stream of a batch file without gzip's checksum, as far as it goes: of an altered
 * file, the part up to the damage is what tells which reading was altered.
 */
export async function unpackBatchFile(file: Uint8Array): Promise<Uint8Array> {
  const deflated = file.slice(
    GZIP_HEADER_SIZE,
    Math.max(GZIP_HEADER_SIZE, file.length - GZIP_TRAILER_SIZE),
  );
  const reader = new Blob([deflated])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      chunks.push(step.value);
      size += step.value.length;
      if (size > MAX_CONTENT_SIZE) break;
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
  await reader.cancel().catch(() => undefined);
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}
