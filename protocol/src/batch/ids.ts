const BATCHES_PER_PROJECT = 1_000_000n;
const YEARS_PER_PROJECT = 10_000n;

/** Id of a batch on-chain: project id x 1,000,000 + its number, 1, 2, 3 ... */
export function batchIdOf(projectId: number, number: number): bigint {
  return BigInt(projectId) * BATCHES_PER_PROJECT + BigInt(number);
}

export function splitBatchId(batchId: bigint): {
  readonly projectId: number;
  readonly number: number;
} {
  return {
    projectId: Number(batchId / BATCHES_PER_PROJECT),
    number: Number(batchId % BATCHES_PER_PROJECT),
  };
}

/** ERC-1155 id of a credit: project id x 10,000 + vintage year. */
export function creditIdOf(projectId: number, vintage: number): bigint {
  return BigInt(projectId) * YEARS_PER_PROJECT + BigInt(vintage);
}

export function splitCreditId(creditId: bigint): {
  readonly projectId: number;
  readonly vintage: number;
} {
  return {
    projectId: Number(creditId / YEARS_PER_PROJECT),
    vintage: Number(creditId % YEARS_PER_PROJECT),
  };
}
