import { registryAbi, toHex } from '@truetonne/protocol';
import type { Address } from 'viem';
import type { CheckedRotation } from '../../../statements/check.ts';
import { contractCall, type Transaction } from '../../../transactions/transaction.ts';
import { dateTime, energy, phrase, shortHex } from '../../../ui/format.ts';

/** Puts the device that the old key named in the old one's place. */
export function rotateTransaction(
  registry: Address,
  { rotation, claim }: CheckedRotation,
): Transaction {
  const { deviceId, successor, rotatedAt } = rotation.says;
  return {
    title: 'Rotate the key',
    effects: [
      { label: 'Old device', value: `${shortHex(deviceId)}, counts until ${dateTime(rotatedAt)}` },
      {
        label: 'New device',
        value: `${shortHex(successor)}, with project and capacity of the old`,
      },
      { label: 'Claimed', value: dateTime(claim.says.claimedAt) },
      { label: 'Export register', value: phrase(energy(claim.says.exportWh)) },
      { label: 'Import register', value: phrase(energy(claim.says.importWh)) },
    ],
    warning: 'The old key never counts again for what is measured later.',
    action: 'Rotate the key',
    done: `Device ${shortHex(successor)} took its place`,
    call: contractCall({
      address: registry,
      abi: registryAbi,
      functionName: 'rotateDevice',
      args: [
        toHex(rotation.signed.bytes),
        toHex(rotation.signed.publicKey),
        toHex(rotation.signed.signature),
        toHex(claim.signed.bytes),
        toHex(claim.signed.publicKey),
        toHex(claim.signed.signature),
      ],
    }),
  };
}
