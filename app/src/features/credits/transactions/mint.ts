import { registryAbi } from '@truetonne/protocol';
import type { Address } from 'viem';
import type { Batch } from '../../../api/indexer/index.ts';
import { contractCall, type Transaction } from '../../../transactions/transaction.ts';
import { phrase, tonnes } from '../../../ui/format.ts';

export interface MintableBatch extends Pick<Batch, 'id' | 'projectId' | 'grams' | 'vintage'> {
  readonly project?: { readonly name: string } | undefined;
}

/** Mints the credits of a batch to the project's owner: once, all of it. */
export function mintTransaction(registry: Address, batch: MintableBatch): Transaction {
  const amount = phrase(tonnes(batch.grams));
  return {
    title: `Mint the credits of batch ${String(batch.id)}`,
    effects: [
      { label: 'Your wallet receives', value: amount },
      { label: 'Project', value: batch.project?.name ?? `Project ${batch.projectId}` },
      { label: 'Vintage', value: String(batch.vintage) },
      { label: 'Batch', value: `${String(batch.id)}, which can never be minted again` },
    ],
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
