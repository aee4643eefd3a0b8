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

/** `Role` of the contracts, of those that judge batches. */
export function judgeRoleOf(role: number): 'verifier' | 'recomputer' {
  if (role === 3) return 'verifier';
  if (role === 4) return 'recomputer';
  throw new Error(`role ${role} judges no batch`);
}

/** `Verdict` of the contracts. */
export function verdictOf(verdict: number): 'approve' | 'reject' | 'void' {
  if (verdict === 1) return 'approve';
  if (verdict === 2) return 'reject';
  if (verdict === 3) return 'void';
  throw new Error(`${verdict} is no verdict`);
}
