import { registryAbi } from '@truetonne/protocol';
import type { Address } from 'viem';
import type { Batch } from '../../../api/indexer/index.ts';
import { contractCall, type Transaction } from '../../../transactions/transaction.ts';
import { energy, phrase, tonnes } from '../../../ui/format.ts';

const BPS = 10_000n;

export interface MintableBatch extends Pick<
  Batch,
  'id' | 'projectId' | 'kind' | 'grams' | 'creditableWh' | 'vintage'
> {
  readonly project?:
    | {
        readonly name: string;
        readonly owedGrams: bigint;
        readonly owedCertificates: bigint;
        readonly methodology?: { readonly bufferBps: number } | undefined;
      }
    | undefined;
}

/** What a batch mints, in words: grams, or energy that makes whole certificates. */
function amountOf({ kind, grams, creditableWh }: MintableBatch): string {
  return phrase(kind === 'carbon' ? tonnes(grams) : energy(creditableWh));
}

function receivedOf(batch: MintableBatch): Transaction['effects'] {
  const { kind, grams, creditableWh, project } = batch;
  if (kind === 'energy') {
    return [
      { label: 'Energy that is certified', value: phrase(energy(creditableWh)) },
      {
        label: 'Your wallet receives',
        value: 'one energy certificate for each whole MWh; the rest is carried to the next batch',
      },
    ];
  }
  // As the contract: the buffer's share is rounded up (Crediting.shareUp).
  const shareBps = BigInt(project?.methodology?.bufferBps ?? 0);
  const bufferGrams = (grams * shareBps + BPS - 1n) / BPS;
  return [
    { label: 'Your wallet receives', value: phrase(tonnes(grams - bufferGrams)) },
    ...(bufferGrams === 0n
      ? []
      : [{ label: 'Stays in the buffer', value: phrase(tonnes(bufferGrams)) }]),
  ];
}

function commonEffects(batch: MintableBatch): Transaction['effects'] {
  return [
    { label: 'Project', value: batch.project?.name ?? `Project ${batch.projectId}` },
    { label: 'Vintage', value: String(batch.vintage) },
    { label: 'Batch', value: `${String(batch.id)}, which can never be minted again` },
  ];
}

/** Mints a batch to the project's owner: once, all of it. */
export function mintTransaction(registry: Address, batch: MintableBatch): Transaction {
  const amount = amountOf(batch);
  return {
    title: `Mint batch ${String(batch.id)}`,
    effects: [...receivedOf(batch), ...commonEffects(batch)],
    action: `Mint ${amount}`,
    done: `Minted ${amount}`,
    call: contractCall({
      address: registry,
      abi: registryAbi,
      functionName: 'mint',
      args: [batch.id],
    }),
  };
}

/** Mints a batch of a project in debt: what it owes is paid first. */
export function mintForDebtTransaction(registry: Address, batch: MintableBatch): Transaction {
  const amount = amountOf(batch);
  const { owedGrams = 0n, owedCertificates = 0n } = batch.project ?? {};
  const owed =
    batch.kind === 'carbon'
      ? phrase(tonnes(owedGrams))
      : `${String(owedCertificates)} energy certificates`;
  return {
    title: `Mint batch ${String(batch.id)} for the debt`,
    effects: [
      { label: 'The project owes', value: owed },
      ...receivedOf(batch),
      { label: 'Paid from that at once', value: `the debt, up to ${owed}` },
      ...commonEffects(batch),
    ],
    warning: 'What pays the debt leaves circulation for ever.',
    action: `Mint ${amount} for the debt`,
    done: `Minted ${amount}, and the debt was paid from it first`,
    call: contractCall({
      address: registry,
      abi: registryAbi,
      functionName: 'mintForDebt',
      args: [batch.id],
    }),
  };
}
