import type { Registration } from '@truetonne/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { useReducer } from 'react';
import type { Address } from 'viem';
import { useConfig, type Config } from 'wagmi';
import { useDeployment } from '../../config/index.ts';
import { INDEXED } from '../../data/index.ts';
import { explain } from '../../errors/index.ts';
import {
  clientOf,
  reasonOf,
  refuseEarly,
  send,
  simulate,
  untilIndexed,
} from '../../transactions/index.ts';
import { chunkCountOf, chunkSizeOf, gasLimitOf } from './chunks.ts';
import { reduceSending, type SendingEvent, type SendingState } from './sending.ts';
import { registerCall } from './transaction.ts';

interface Sender {
  readonly config: Config;
  readonly registry: Address;
  readonly indexerUrl: string;
  readonly account: Address;
  readonly projectId: number;
}

type Tell = (event: SendingEvent) => void;

/** Sends one transaction and waits until the indexer has seen it. Answers whether it went well. */
async function sendChunk(
  { config, registry, indexerUrl, account, projectId }: Sender,
  records: readonly Registration[],
  gasEach: bigint,
  tell: Tell,
): Promise<boolean> {
  const call = registerCall(registry, projectId, records);
  await refuseEarly(config, call, account);
  tell({ type: 'signing' });
  // An estimate of hundreds of signatures runs them many times over, longer than nodes wait.
  const hash = await send(config, call, account, { gas: gasLimitOf(records.length, gasEach) });
  tell({ type: 'pending' });
  const receipt = await clientOf(config).waitForTransactionReceipt({ hash });
  if (receipt.status === 'reverted') {
    tell({ type: 'stopped', reason: await reasonOf(config, call, account) });
    return false;
  }
  await untilIndexed(indexerUrl, receipt.blockNumber);
  tell({ type: 'confirmed', devices: records.length });
  return true;
}

/** Sends all records, each of so much gas; ends at the first transaction that fails. */
async function sendAll(
  sender: Sender,
  records: readonly Registration[],
  gasEach: bigint,
  tell: Tell,
): Promise<void> {
  const size = chunkSizeOf(gasEach);
  tell({ type: 'started', total: records.length });
  const transactions = chunkCountOf(records.length, size);
  for (let transaction = 1; transaction <= transactions; transaction += 1) {
    tell({ type: 'preparing', transaction, transactions });
    const chunk = records.slice((transaction - 1) * size, transaction * size);
    if (!(await sendChunk(sender, chunk, gasEach, tell))) return;
  }
}

export interface Sending {
  readonly state: SendingState;
  /** Sends the records; each takes so much gas. */
  readonly start: (records: readonly Registration[], gasEach: bigint) => void;
}

/** Registers many devices, one transaction after the other. */
export function useSending(account: Address, projectId: number): Sending {
  const config = useConfig();
  const { registry, indexerUrl } = useDeployment();
  const queryClient = useQueryClient();
  const [state, tell] = useReducer(reduceSending, { step: 'idle' });
  const sender: Sender = { config, registry, indexerUrl, account, projectId };
  const start = (records: readonly Registration[], gasEach: bigint): void => {
    void sendAll(sender, records, gasEach, tell)
      .catch((error: unknown) => tell({ type: 'stopped', reason: explain(error) }))
      .finally(() => void queryClient.invalidateQueries({ queryKey: [INDEXED] }));
  };
  return { state, start };
}

/** What the next registration costs: gas of a record, and the fee for all, wei. */
export interface Estimate {
  readonly gasEach: bigint;
  readonly feeWei: bigint;
}

/** Records that are enough to tell what one costs. */
const PRICED = 20;

/** Prices a registration by its first records. Throws the refusal of the contract. */
export async function estimateRegistration(
  sender: Pick<Sender, 'config' | 'registry' | 'account' | 'projectId'>,
  records: readonly Registration[],
): Promise<Estimate> {
  const priced = records.slice(0, PRICED);
  const call = registerCall(sender.registry, sender.projectId, priced);
  // Sent without an access list: to find one, a node would run hundreds of signatures once more.
  const { plainGas: gas, gasPriceWei } = await simulate(sender.config, call, sender.account);
  const gasEach = gas / BigInt(priced.length) + 1n;
  const feeWei = (gas * gasPriceWei * BigInt(records.length)) / BigInt(priced.length);
  return { gasEach, feeWei };
}
