import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer } from 'react';
import type { Address, Hex, PublicClient } from 'viem';
import { useConfig, type Config } from 'wagmi';
import { getPublicClient, simulateContract, writeContract } from 'wagmi/actions';
import { fetchIndexedBlock } from '../api/indexer/index.ts';
import { useDeployment } from '../config/index.ts';
import { INDEXED } from '../data/index.ts';
import { explain, type Explanation } from '../errors/index.ts';
import {
  initialState,
  reduceTransaction,
  type TransactionEvent,
  type TransactionState,
} from './state.ts';
import type { ContractCall } from './transaction.ts';

type Dispatch = (event: TransactionEvent) => void;

function clientOf(config: Config): PublicClient {
  const client = getPublicClient(config);
  if (client === undefined) throw new Error('The chain of this deployment is not configured');
  return client;
}

/** Runs the call against the newest block without sending it, and prices it. */
async function simulate(config: Config, call: ContractCall, account: Address): Promise<bigint> {
  await simulateContract(config, { ...call, account });
  const client = clientOf(config);
  const gas = await client.estimateContractGas({ ...call, account });
  return gas * (await client.getGasPrice());
}

/** Why a mined transaction failed: the same call, asked again, says it. */
async function reasonOf(
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

async function follow(
  config: Config,
  call: ContractCall,
  account: Address,
  hash: Hex,
  dispatch: Dispatch,
): Promise<bigint | undefined> {
  const receipt = await clientOf(config).waitForTransactionReceipt({ hash });
  if (receipt.status === 'reverted') {
    dispatch({ type: 'reverted', reason: await reasonOf(config, call, account) });
    return undefined;
  }
  dispatch({ type: 'confirmed', blockNumber: receipt.blockNumber });
  return receipt.blockNumber;
}

const INDEXER_PATIENCE_MS = 10_000;

/** Resolves when the indexer has seen the block, or when it is too slow to wait for. */
async function indexed(indexerUrl: string, blockNumber: bigint): Promise<void> {
  const deadline = Date.now() + INDEXER_PATIENCE_MS;
  while (Date.now() < deadline) {
    const seen = await fetchIndexedBlock(indexerUrl).catch(() => 0);
    if (BigInt(seen) >= blockNumber) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export interface RunningTransaction {
  readonly state: TransactionState;
  readonly send: () => void;
  readonly simulateAgain: () => void;
}

/** Simulates at once; sends on demand; follows it to its end and refreshes what the page shows. */
export function useTransaction(call: ContractCall, account: Address): RunningTransaction {
  const config = useConfig();
  const { indexerUrl } = useDeployment();
  const queryClient = useQueryClient();
  const [state, dispatch] = useReducer(reduceTransaction, initialState);
  const simulateAgain = useCallback((): void => {
    dispatch({ type: 'simulationStarted' });
    simulate(config, call, account).then(
      (feeWei) => dispatch({ type: 'simulated', feeWei }),
      (error: unknown) => dispatch({ type: 'refused', reason: explain(error) }),
    );
  }, [config, call, account]);
  useEffect(simulateAgain, [simulateAgain]);
  const send = async (): Promise<void> => {
    dispatch({ type: 'signatureAsked' });
    // Naming the chain makes a wallet on another network refuse instead of sending it there.
    const [{ id: chainId }] = config.chains;
    const sending = writeContract(config, { ...call, account, chainId });
    const hash = await sending.catch((error: unknown) => {
      dispatch({ type: 'notSent', reason: explain(error) });
    });
    if (hash === undefined) return;
    dispatch({ type: 'sent', hash });
    const blockNumber = await follow(config, call, account, hash, dispatch).catch(
      (error: unknown) => {
        dispatch({ type: 'reverted', reason: explain(error) });
      },
    );
    if (blockNumber !== undefined) await indexed(indexerUrl, blockNumber);
    await queryClient.invalidateQueries({ queryKey: [INDEXED] });
  };
  return { state, send: () => void send(), simulateAgain };
}
