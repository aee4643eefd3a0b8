import { TonneError } from '@truetonne/protocol';
import { createPublicClient, http, type PublicClient } from 'viem';
import type { Deployment } from './deployment.ts';
import type { BlockRef } from './lineage.ts';

const POLYGON = 137;

/** Reads the few facts about the chain that decide which tables to use. */
export function connect({ rpcUrl }: Deployment): PublicClient {
  return createPublicClient({ transport: http(rpcUrl, { retryCount: 3 }) });
}

/**
 * The block of deployment, once it is certain that this is the chain of the address book.
 * @throws TonneError CHAIN_UNREACHABLE, or CONFIGURATION_INVALID when chain or contract differ
 */
export async function deploymentBlockOf(chain: PublicClient, book: Deployment): Promise<BlockRef> {
  const chainId = await chainIdOf(chain, book);
  if (chainId !== book.chainId) {
    const expected = `${chainId}, the chain at ${book.rpcUrl}`;
    const value = String(book.chainId);
    throw new TonneError('CONFIGURATION_INVALID', { field: 'chainId', value, expected });
  }
  const block = await findBlock(chain, book.deployedAtBlock);
  const code = await chain.getCode({ address: book.registry });
  if (block === undefined || code === undefined) {
    const expected = `a contract on chain ${chainId} since block ${book.deployedAtBlock}`;
    const value = book.registry;
    throw new TonneError('CONFIGURATION_INVALID', { field: 'registry', value, expected });
  }
  return block;
}

/** The newest block that Ponder takes for final: so many blocks behind the head (0.16). */
export async function finalBlockOf(chain: PublicClient, chainId: number): Promise<BlockRef> {
  const depth = chainId === POLYGON ? 200n : 30n;
  const head = await chain.getBlockNumber({ cacheTime: 0 });
  const block = await chain.getBlock({ blockNumber: head > depth ? head - depth : 0n });
  return { number: Number(block.number), hash: block.hash };
}

/** @returns undefined when the chain has no such block */
export async function findBlock(
  chain: PublicClient,
  number: number,
): Promise<BlockRef | undefined> {
  const head = await chain.getBlockNumber({ cacheTime: 0 });
  if (head < BigInt(number)) return undefined;
  const { hash } = await chain.getBlock({ blockNumber: BigInt(number) });
  return { number, hash };
}

async function chainIdOf(chain: PublicClient, { rpcUrl }: Deployment): Promise<number> {
  try {
    return await chain.getChainId();
  } catch {
    throw new TonneError('CHAIN_UNREACHABLE', { field: 'rpcUrl', value: rpcUrl });
  }
}
