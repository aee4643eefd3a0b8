import {
  encodeRegistrationRecords,
  registryAbi,
  toHex,
  type Claim,
  type Registration,
} from '@truetonne/protocol';
import type { Address } from 'viem';
import type { Checked } from '../../statements/check.ts';
import {
  contractCall,
  type ContractCall,
  type Transaction,
} from '../../transactions/transaction.ts';
import { dateTime, energy, phrase, power, shortHex } from '../../ui/format.ts';

/** Claims and binds devices in one transaction. */
export function registerCall(
  registry: Address,
  projectId: number,
  records: readonly Registration[],
): ContractCall {
  return contractCall({
    address: registry,
    abi: registryAbi,
    functionName: 'registerDevices',
    args: [projectId, toHex(encodeRegistrationRecords(records))],
  });
}

/** The project that a device is bound to at once, with its rated power, W. */
export interface Place {
  readonly projectId: number;
  readonly projectName: string;
  readonly capacityW: number;
}

/** Claims one device, and binds it in the same transaction where a project is given. */
export function claimTransaction(
  registry: Address,
  { signed, says }: Checked<Claim>,
  place: Place | undefined,
): Transaction {
  const device = shortHex(says.deviceId);
  const common = {
    effects: [
      { label: 'Device', value: device },
      { label: 'Its owner', value: 'your wallet' },
      { label: 'Counts from', value: dateTime(says.claimedAt) },
      { label: 'Export register then', value: phrase(energy(says.exportWh)) },
      { label: 'Import register then', value: phrase(energy(says.importWh)) },
    ],
  };
  const args = [toHex(signed.bytes), toHex(signed.publicKey), toHex(signed.signature)] as const;
  if (place === undefined) {
    return {
      ...common,
      title: 'Claim the device',
      warning: 'Nothing counts before it is bound to a project.',
      action: 'Claim the device',
      done: `Device ${device} is yours`,
      call: contractCall({
        address: registry,
        abi: registryAbi,
        functionName: 'claimDevice',
        args,
      }),
    };
  }
  const { projectId, projectName, capacityW } = place;
  return {
    title: 'Claim and bind the device',
    effects: [
      ...common.effects,
      { label: 'Measures for', value: projectName },
      { label: 'Capacity', value: phrase(power(BigInt(capacityW) * 1_000n)) },
    ],
    action: 'Claim and bind the device',
    done: `Device ${device} measures for ${projectName}`,
    call: registerCall(registry, projectId, [{ ...signed, claim: says, capacityW }]),
  };
}
