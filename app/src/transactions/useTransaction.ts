import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer } from 'react';
import type { Address, Hex } from 'viem';
import { useConfig, type Config } from 'wagmi';
import { useDeployment } from '../config/index.ts';
import { INDEXED, ON_CHAIN } from '../data/index.ts';
import { explain } from '../errors/index.ts';
import { clientOf, reasonOf, send as sendCall, simulate, untilIndexed } from './chain.ts';
import {
  initialState,
  reduceTransaction,
  type Fee,
  type TransactionEvent,
  type TransactionState,
} from './state.ts';
import type { ContractCall } from './transaction.ts';

type Dispatch = (event: TransactionEvent) => void;

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
  const { blockNumber, logs } = receipt;
  dispatch({ type: 'confirmed', blockNumber, logs });
  return blockNumber;
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
      ({ gas, gasPriceWei, accessList }) =>
        dispatch({ type: 'simulated', fee: { feeWei: gas * gasPriceWei, accessList } }),
      (error: unknown) => dispatch({ type: 'refused', reason: explain(error) }),
    );
  }, [config, call, account]);
  useEffect(simulateAgain, [simulateAgain]);
  const send = async (accessList: Fee['accessList']): Promise<void> => {
    dispatch({ type: 'signatureAsked' });
    const hash = await sendCall(config, call, account, { accessList }).catch((error: unknown) => {
      dispatch({ type: 'notSent', reason: explain(error) });
    });
    if (hash === undefined) return;
    dispatch({ type: 'sent', hash });
    const blockNumber = await follow(config, call, account, hash, dispatch).catch(
      (error: unknown) => {
        dispatch({ type: 'reverted', reason: explain(error) });
      },
    );
    await queryClient.invalidateQueries({ queryKey: [ON_CHAIN] });
    if (blockNumber !== undefined) await untilIndexed(indexerUrl, blockNumber);
    await queryClient.invalidateQueries({ queryKey: [INDEXED] });
  };
  const accessList = state.step === 'ready' ? state.fee.accessList : undefined;
  return { state, send: () => void send(accessList), simulateAgain };
}
