import {
  registryAbi,
  toHex,
  type Equivocation,
  type ProvenEquivocation,
} from '@truetonne/protocol';
import type { Address } from 'viem';
import { contractCall, type Transaction } from '../../../transactions/transaction.ts';
import { count, shortHex } from '../../../ui/format.ts';

/** Freezes a device whose key signed two different windows with one number. */
export function freezeTransaction(
  registry: Address,
  proof: Equivocation,
  { deviceId, sequence }: ProvenEquivocation,
): Transaction {
  return {
    title: 'Freeze the device',
    effects: [
      { label: 'Device', value: shortHex(deviceId) },
      { label: 'Proof', value: `two different windows number ${count(sequence)}, both signed` },
      { label: 'Counts no more', value: 'everything that is not credited yet' },
      { label: 'Stays', value: 'what was credited already' },
    ],
    warning: 'Nobody can undo a freeze. The owner goes on with a device with a new key.',
    action: 'Freeze the device',
    done: 'The device is frozen',
    call: contractCall({
      address: registry,
      abi: registryAbi,
      functionName: 'freezeDevice',
      args: [
        toHex(proof.publicKey),
        toHex(proof.headerA),
        toHex(proof.signatureA),
        toHex(proof.headerB),
        toHex(proof.signatureB),
      ],
    }),
  };
}
