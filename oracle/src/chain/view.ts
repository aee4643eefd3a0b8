import { batchIdOf, registryAbi, type Hex } from '@truetonne/protocol';
import type { LocalAccount, PublicClient } from 'viem';
import type { ChainView } from '../domain/submission.ts';
import type { BatchRow } from '../store/tables/schema.ts';

const BATCH_NONE = 0;

/** What one block says of a batch's number. */
export interface ViewedBatch extends ChainView {
  /** Block of the batch that the chain has under that number. */
  readonly batchBlock: number | undefined;
}

interface Viewer {
  readonly client: PublicClient;
  readonly registry: Hex;
  readonly account: LocalAccount;
}

/** Asks everything of one block. Throws when the endpoint doesn't know that block. */
export async function readView(
  { client, registry, account }: Viewer,
  { projectId, number }: Pick<BatchRow, 'projectId' | 'number'>,
  block: number,
): Promise<ViewedBatch> {
  const blockNumber = BigInt(block);
  const contract = { address: registry, abi: registryAbi, blockNumber } as const;
  const batchId = batchIdOf(projectId, number);
  const [nonce, project, batch] = await Promise.all([
    client.getTransactionCount({ address: account.address, blockNumber }),
    client.readContract({ ...contract, functionName: 'project', args: [projectId] }),
    client.readContract({ ...contract, functionName: 'batch', args: [batchId] }),
  ]);
  const isThere = batch.status !== BATCH_NONE;
  return {
    nonce,
    nextNumber: project.batchCount + 1,
    root: isThere ? batch.root : undefined,
    batchBlock: isThere ? batch.blockNumber : undefined,
  };
}
