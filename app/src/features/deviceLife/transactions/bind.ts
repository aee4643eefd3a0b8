import { registryAbi, type Hex } from '@truetonne/protocol';
import type { Address } from 'viem';
import { contractCall, type Transaction } from '../../../transactions/transaction.ts';
import { phrase, power, shortHex } from '../../../ui/format.ts';

export interface Binding {
  readonly deviceId: Hex;
  readonly projectId: number;
  /** Rated export power, W. */
  readonly capacityW: number;
}

/** Binds a claimed device to a project of the same owner. */
export function bindTransaction(registry: Address, binding: Binding): Transaction {
  const { deviceId, projectId, capacityW } = binding;
  return {
    title: 'Bind the device',
    effects: [
      { label: 'Device', value: shortHex(deviceId) },
      { label: 'Measures for', value: `project ${projectId}` },
      { label: 'Capacity', value: phrase(power(BigInt(capacityW) * 1_000n)) },
    ],
    action: 'Bind the device',
    done: `Bound to project ${projectId}`,
    call: contractCall({
      address: registry,
      abi: registryAbi,
      functionName: 'bindDevice',
      args: [deviceId, projectId, capacityW],
    }),
  };
}
