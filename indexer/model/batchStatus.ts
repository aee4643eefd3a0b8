/** `BatchStatus` of the contracts, by number. */
const BATCH_STATES = ['none', 'submitted', 'minted', 'verified', 'rejected', 'voided'] as const;

type BatchState = Exclude<(typeof BATCH_STATES)[number], 'none'>;

/** @throws Error for a number that no batch has */
export function batchStateOf(status: number): BatchState {
  const state = BATCH_STATES[status];
  if (state === undefined || state === 'none') throw new Error(`no batch has status ${status}`);
  return state;
}

/** `ClaimKind` of the contracts: what an interval is claimed as. */
export function claimKindOf(kind: number): 'carbon' | 'energy' {
  if (kind === 0) return 'carbon';
  if (kind === 1) return 'energy';
  throw new Error(`no batch is claimed as kind ${kind}`);
}
