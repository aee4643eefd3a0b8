import { registryAbi, toHex, type MeterReplacement } from '@truetonne/protocol';
import type { Address } from 'viem';
import type { Checked } from '../../statements/check.ts';
import { contractCall, type Transaction } from '../../transactions/transaction.ts';
import { dateTime, energy, phrase, shortHex } from '../../ui/format.ts';

/** Signs off that the meter behind a device was replaced. */
export function signOffTransaction(
  registry: Address,
  { signed, says }: Checked<MeterReplacement>,
): Transaction {
  return {
    title: 'Sign the replacement off',
    effects: [
      { label: 'Device', value: shortHex(says.deviceId) },
      { label: 'Its registers begin anew at', value: dateTime(says.replacedAt) },
      { label: 'New export register', value: phrase(energy(says.exportWh)) },
      { label: 'New import register', value: phrase(energy(says.importWh)) },
    ],
    warning: 'You vouch for it: what the new meter shows counts from these registers on.',
    action: 'Sign off',
    done: 'The new meter counts',
    call: contractCall({
      address: registry,
      abi: registryAbi,
      functionName: 'replaceMeter',
      args: [toHex(signed.bytes), toHex(signed.publicKey), toHex(signed.signature)],
    }),
  };
}
