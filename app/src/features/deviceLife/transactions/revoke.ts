import { registryAbi, type Hex } from '@truetonne/protocol';
import type { Address } from 'viem';
import { contractCall, type Transaction } from '../../../transactions/transaction.ts';
import { dateTime, shortHex } from '../../../ui/format.ts';

/** Ends the trust in a device from a time on, Unix seconds. */
export function revokeTransaction(registry: Address, deviceId: Hex, from: number): Transaction {
  const until = dateTime(from);
  return {
    title: 'Revoke the device',
    effects: [
      { label: 'Device', value: shortHex(deviceId) },
      { label: 'Still counts', value: `what it measured before ${until}` },
      { label: 'Counts no more', value: 'every window that closes then or later' },
      { label: 'Its capacity', value: 'becomes free for another device' },
    ],
    warning: 'A revocation can only be moved to an earlier time, never taken back.',
    action: 'Revoke the device',
    done: `Revoked from ${until}`,
    call: contractCall({
      address: registry,
      abi: registryAbi,
      functionName: 'revokeDevice',
      args: [deviceId, from],
    }),
  };
}
