import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import {
  createWebCryptoVerifier,
  TonneError,
  toHex,
  verifyBatch,
  type ChainRecord,
  type VerificationResult,
} from '@truetonne/protocol';

/** Header and trailer of gzip without optional fields (RFC 1952, SPEC section 6). */
const GZIP_HEADER = 10;
const GZIP_TRAILER = 8;
const MAX_CONTENT_BYTES = 1 << 30;

/**
 * Verifies the gzip bytes of a batch file against the chain. The deflate stream is unpacked without
 * its checksum, so that an altered file is answered with the reading that was altered.
 */
export async function verifyFile(
  file: Uint8Array,
  record: ChainRecord,
): Promise<VerificationResult> {
  const content = unpack(file);
  const fileDigest = toHex(createHash('sha256').update(file).digest());
  if (content === undefined) {
    const details = {
      field: 'file',
      value: fileDigest,
      expected: `gzip with SHA-256 ${record.fileDigest}`,
    };
    const { code, message } = new TonneError('FILE_ALTERED', details);
    return { verified: false, failure: { law: 'sameBytes', code, place: {}, message } };
  }
  return verifyBatch({ content, fileDigest, record, verifySignature: createWebCryptoVerifier() });
}

function unpack(file: Uint8Array): Uint8Array | undefined {
  try {
    const stream = file.subarray(GZIP_HEADER, file.length - GZIP_TRAILER);
    return inflateRawSync(stream, { maxOutputLength: MAX_CONTENT_BYTES });
  } catch {
    return undefined;
  }
}
