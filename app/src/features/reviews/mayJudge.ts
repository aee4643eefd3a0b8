/** Whether a wallet may give its opinion on a batch. The contract says the same, later. */
import { isAddressEqual, type Address } from 'viem';
import type { Batch, Opinion, Verifier } from '../../api/indexer/index.ts';
import { date } from '../../ui/format.ts';

/** Why a wallet is no verifier now; `undefined` when it is one. */
export function whyNoVerifier(verifier: Verifier | null, now: number): string | undefined {
  if (verifier === null) {
    return 'This wallet is not accredited as a verifier. Only the admin of the registry accredits, and only wallets that never owned, registered, submitted or validated anything here.';
  }
  if (verifier.role === 'recomputer') {
    return 'This wallet is accredited to recompute batches, not to give opinions.';
  }
  if (now < verifier.accreditedFrom) {
    return `Its accreditation begins on ${date(verifier.accreditedFrom)}.`;
  }
  if (now > verifier.accreditedUntil) {
    return `Its accreditation ended on ${date(verifier.accreditedUntil)}.`;
  }
  return undefined;
}

/** Nobody judges what it earns by or had a part in: which part that was. */
export function findInterest(account: Address, { project }: Pick<Batch, 'project'>) {
  if (project === undefined) return undefined;
  const is = (other: Address | undefined): boolean =>
    other !== undefined && isAddressEqual(other, account);
  if (is(project.owner)) {
    return 'This wallet owns the project and its devices, so it may not judge it.';
  }
  if (is(project.submitter)) return 'This wallet submits the batches of this project.';
  if (is(project.validatorAddress)) return 'This wallet validated this project.';
  return undefined;
}

export interface Case {
  readonly account: Address;
  readonly batch: Pick<Batch, 'id' | 'state' | 'project'>;
  readonly verifier: Verifier | null;
  readonly opinions: readonly Opinion[];
  /** Unix seconds, as the chain has them. */
  readonly now: number;
}

/** Why the wallet may give no opinion on the batch now; `undefined` when it may. */
export function whyNotJudge({ account, batch, verifier, opinions, now }: Case): string | undefined {
  const interest = findInterest(account, batch);
  if (interest !== undefined) return interest;
  const barred = whyNoVerifier(verifier, now);
  if (barred !== undefined) return barred;
  if (batch.state !== 'submitted') return 'This batch was decided on already.';
  if (batch.project?.methodology?.approvals === 0) {
    return 'Its methodology version asks for no opinions, only for a recomputation.';
  }
  const mine = opinions.some(
    ({ batchId, verifierAddress, verdict }) =>
      batchId === batch.id && verdict !== 'void' && isAddressEqual(verifierAddress, account),
  );
  return mine ? 'This wallet gave its opinion on this batch.' : undefined;
}
