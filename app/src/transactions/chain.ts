/** The steps of a transaction on the chain. */
import { priceCall, type PricedCall } from '@truetonne/protocol';
import { BaseError, InvalidParamsRpcError, type Address, type Hex, type PublicClient } from 'viem';
import type { Config } from 'wagmi';
import { getPublicClient, simulateContract, writeContract } from 'wagmi/actions';
import { fetchIndexedBlock } from '../api/indexer/index.ts';
import { explain, type Explanation } from '../errors/index.ts';
import type { ContractCall } from './transaction.ts';

export function clientOf(config: Config): PublicClient {
  const client = getPublicClient(config);
  if (client === undefined) throw new Error('The chain of this deployment is not configured');
  return client;
}

/** What a call takes: gas and the list that makes it so little, and what one gas costs now, wei. */
export interface Cost extends PricedCall {
  readonly gasPriceWei: bigint;
}

/** Runs the call against the newest block without sending it, and prices it. Throws the refusal. */
export async function simulate(
  config: Config,
  call: ContractCall,
  account: Address,
): Promise<Cost> {
  await refuseEarly(config, call, account);
  const priced = await priceCall(clientOf(config), { ...call, account });
  return { ...priced, gasPriceWei: await clientOf(config).getGasPrice() };
}

/** Runs the call once against the newest block without sending it. Throws the refusal. */
export async function refuseEarly(
  config: Config,
  call: ContractCall,
  account: Address,
): Promise<void> {
  await simulateContract(config, { ...call, account });
}

/** What is said of a call besides itself. */
export interface Sending {
  /** Limit, where it is known already; else the wallet estimates it. */
  readonly gas?: bigint;
  /** Slots to name, where that is cheaper. */
  readonly accessList?: PricedCall['accessList'];
}

/** Has the wallet sign and send the call. Throws what the wallet or the chain says against it. */
export async function send(
  config: Config,
  call: ContractCall,
  account: Address,
  { gas, accessList }: Sending,
): Promise<Hex> {
  // Naming the chain makes a wallet on another network refuse instead of sending it there.
  const [{ id: chainId }] = config.chains;
  const request = { ...call, account, chainId, ...(gas === undefined ? {} : { gas }) };
  if (accessList === undefined) return writeContract(config, request);
  try {
    return await writeContract(config, { ...request, accessList });
  } catch (error) {
    // A wallet that knows no access lists may say so before it asks anybody; others leave them out.
    if (!hasInvalidParams(error)) throw error;
    return writeContract(config, request);
  }
}

function hasInvalidParams(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false;
  return error.walk((cause) => cause instanceof InvalidParamsRpcError) !== null;
}

/** Why a mined transaction failed: the same call, asked again, says it. */
export async function reasonOf(
  config: Config,
  call: ContractCall,
  account: Address,
): Promise<Explanation> {
  try {
    await simulateContract(config, { ...call, account });
  } catch (error) {
    return explain(error);
  }
  return {
    code: 'REVERTED',
    title: 'The chain undid the transaction',
    todo: 'Something changed in between. Try again.',
  };
}

const INDEXER_PATIENCE_MS = 10_000;

/** Resolves when the indexer has seen the block, or when it is too slow to wait for. */
export async function untilIndexed(indexerUrl: string, blockNumber: bigint): Promise<void> {
  const deadline = Date.now() + INDEXER_PATIENCE_MS;
  while (Date.now() < deadline) {
    const seen = await fetchIndexedBlock(indexerUrl).catch(() => 0);
    if (BigInt(seen) >= blockNumber) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
