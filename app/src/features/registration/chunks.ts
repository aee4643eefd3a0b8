/** A file is sent in as few transactions as the chain and its nodes let through. */

/**
 * Nodes drop transactions above 128 KB. So many records of 244 bytes are 98 KB, which leaves room for
 * a wallet that wraps the call into one of its own.
 */
export const MAX_RECORDS = 400;

/** EIP-7825 allows 16,777,216 gas; the rest is for what changes between estimate and inclusion. */
const MAX_GAS = 15_000_000n;

/** How many records of so much gas one transaction takes. At least one. */
export function chunkSizeOf(gasEach: bigint): number {
  const fitting = MAX_GAS / gasEach;
  return Math.max(1, fitting < BigInt(MAX_RECORDS) ? Number(fitting) : MAX_RECORDS);
}

/** Gas limit of a transaction: a tenth more than its records took when they were priced. */
export function gasLimitOf(records: number, gasEach: bigint): bigint {
  return (BigInt(records) * gasEach * 11n) / 10n;
}

/** How many transactions so many records take. */
export function chunkCountOf(records: number, size: number): number {
  return Math.ceil(records / size);
}
