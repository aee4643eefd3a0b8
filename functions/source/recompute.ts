import {
  createWebCryptoVerifier,
  type SignatureVerifier,
} from '../../protocol/src/identity/signature.ts';
import { toHex } from '../../protocol/src/bytes.ts';
import { verifyBatch } from '../../protocol/src/verify/verifyBatch.ts';
import { unpackBatchFile } from '../../protocol/src/verify/verifyFile.ts';
import { readRecord, type Asked } from './chainRecord.ts';
import { encodeAnswer } from './answer.ts';
import type { FunctionsHost } from './host.ts';
import { fetchFile } from './fetchFile.ts';

/**
 * What each node of the Functions network does: reads the batch's events from the chain, fetches its
 * file, checks every signature of its share, rebuilds the root, and recomputes energy and grams. The
 * same code as in the browser and the command line (protocol, verifyBatch).
 *
 * A file that is not the one whose digest is on the chain, or an endpoint that does not answer, is an
 * error and no verdict: whoever serves the file must not be able to have a batch rejected.
 */
export async function run(args: readonly string[], host: FunctionsHost): Promise<Uint8Array> {
  const asked = parseArgs(args);
  const record = await readRecord(asked, host);
  const file = await fetchFile(asked.fileUrl, host);
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(file));
  const fileDigest = toHex(new Uint8Array(digest));
  if (fileDigest !== record.fileDigest) throw new Error('FILE_ALTERED');
  const result = await verifyBatch({
    content: await unpackBatchFile(file),
    fileDigest,
    record,
    verifySignature: ofShare(createWebCryptoVerifier(), asked),
  });
  return encodeAnswer(asked, result);
}

/** Windows take turns: share k of n checks every n-th signature, so that all n check them all. */
function ofShare(verify: SignatureVerifier, { share, shares }: Asked): SignatureVerifier {
  let count = 0;
  return (publicKey, message, signature) =>
    count++ % shares === share ? verify(publicKey, message, signature) : Promise.resolve(true);
}

function parseArgs(args: readonly string[]): Asked {
  const [batchId, root, chainId, registry, block, share, shares, rpcUrl, fileUrl] = args;
  if (fileUrl === undefined || rpcUrl === undefined) throw new Error('ARGUMENTS_MISSING');
  return {
    batchId: BigInt(batchId ?? ''),
    // Proof: the consumer contract writes both as 0x and lower-case hex.
    root: root as Asked['root'],
    registry: registry as Asked['registry'],
    chainId: Number(chainId),
    blockNumber: BigInt(block ?? ''),
    share: Number(share),
    shares: Number(shares),
    rpcUrl,
    fileUrl,
  };
}
