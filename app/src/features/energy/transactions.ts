import { energyCertificateAbi, registryAbi } from '@truetonne/protocol';
import type { Address } from 'viem';
import { CLAIM_KINDS, type ClaimKind } from '../../chain/claims.ts';
import { contractCall, type Transaction } from '../../transactions/transaction.ts';
import { certificates } from '../../ui/format.ts';

const WORDS: Readonly<Record<ClaimKind, string>> = {
  carbon: 'carbon credits',
  energy: 'energy certificates',
};

/** Says what the batches from now on are claimed as. Only the owner of the project may. */
export function chooseClaimTransaction(
  registry: Address,
  project: { readonly id: number; readonly name: string },
  kind: ClaimKind,
): Transaction {
  return {
    title: `Claim ${project.name} as ${WORDS[kind]}`,
    effects: [
      { label: 'Batches submitted from now on', value: `are claimed as ${WORDS[kind]}` },
      { label: 'Batches submitted before', value: 'stay what they are' },
      { label: 'Project', value: project.name },
    ],
    warning: 'One interval is claimed once: as credits or as certificates, never as both.',
    action: `Claim as ${WORDS[kind]}`,
    done: `From the next batch on it is claimed as ${WORDS[kind]}`,
    call: contractCall({
      address: registry,
      abi: registryAbi,
      functionName: 'chooseClaim',
      args: [project.id, CLAIM_KINDS[kind]],
    }),
  };
}

export interface Held {
  readonly certificateId: bigint;
  readonly name: string;
  readonly certificates: bigint;
}

export interface CancelInput {
  readonly held: Held;
  readonly amount: bigint;
  readonly beneficiary: string;
  readonly purpose: string;
}

/** Uses certificates up, with a record of it. */
export function cancelTransaction(contract: Address, input: CancelInput): Transaction {
  const { held, amount, beneficiary, purpose } = input;
  return {
    title: 'Cancel energy certificates',
    effects: [
      { label: 'Leave circulation for ever', value: certificates(amount) },
      { label: 'Of', value: held.name },
      { label: 'Beneficiary', value: beneficiary === '' ? 'your wallet' : beneficiary },
      { label: 'Purpose', value: purpose === '' ? 'none said' : purpose },
      { label: 'You keep', value: certificates(held.certificates - amount) },
    ],
    warning: 'Nobody can undo a cancellation, and its words stay public for ever.',
    action: `Cancel ${String(amount)} MWh`,
    done: `Cancelled ${String(amount)} MWh`,
    call: contractCall({
      address: contract,
      abi: energyCertificateAbi,
      functionName: 'cancel',
      args: [held.certificateId, amount, beneficiary, purpose],
    }),
  };
}

export interface SendInput {
  readonly held: Held;
  readonly from: Address;
  readonly to: Address;
  readonly amount: bigint;
}

/** Gives certificates to another wallet. */
export function sendTransaction(contract: Address, input: SendInput): Transaction {
  const { held, from, to, amount } = input;
  return {
    title: 'Transfer energy certificates',
    effects: [
      { label: 'Leave your wallet', value: certificates(amount) },
      { label: 'Of', value: held.name },
      { label: 'Goes to', value: to, wide: true },
      { label: 'You keep', value: certificates(held.certificates - amount) },
    ],
    warning: 'A transfer can only be undone by whoever receives it.',
    action: `Transfer ${String(amount)} MWh`,
    done: `Transferred ${String(amount)} MWh`,
    call: contractCall({
      address: contract,
      abi: energyCertificateAbi,
      functionName: 'safeTransferFrom',
      args: [from, to, held.certificateId, amount, '0x'],
    }),
  };
}
