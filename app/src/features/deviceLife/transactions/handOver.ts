import { registryAbi, type Hex } from '@truetonne/protocol';
import { zeroAddress, type Address } from 'viem';
import { contractCall, type Transaction } from '../../../transactions/transaction.ts';
import { shortHex } from '../../../ui/format.ts';

const contract = (address: Address) => ({ address, abi: registryAbi }) as const;

/** Offers a device to another wallet, in place of an earlier offer. */
export function offerTransaction(registry: Address, deviceId: Hex, to: Address): Transaction {
  return {
    title: 'Offer the device',
    effects: [
      { label: 'Device', value: shortHex(deviceId) },
      { label: 'May take it over', value: to },
      { label: 'Until it does', value: 'nothing changes, and you can withdraw the offer' },
    ],
    action: 'Offer the device',
    done: `Offered to ${shortHex(to)}`,
    call: contractCall({
      ...contract(registry),
      functionName: 'offerDevice',
      args: [deviceId, to],
    }),
  };
}

export function withdrawTransaction(registry: Address, deviceId: Hex, from: Address): Transaction {
  return {
    title: 'Withdraw the offer',
    effects: [
      { label: 'Device', value: shortHex(deviceId) },
      { label: 'May no longer take it over', value: from },
    ],
    action: 'Withdraw the offer',
    done: 'The device is offered to nobody',
    call: contractCall({
      ...contract(registry),
      functionName: 'offerDevice',
      args: [deviceId, zeroAddress],
    }),
  };
}

/** Takes over a device that is offered to the wallet. */
export function acceptTransaction(
  registry: Address,
  device: { readonly id: Hex; readonly projectId: number | undefined },
): Transaction {
  const { id, projectId } = device;
  return {
    title: 'Take the device over',
    effects: [
      { label: 'Device', value: shortHex(id) },
      { label: 'Its owner', value: 'your wallet' },
      ...(projectId === undefined ? [] : [{ label: 'It leaves', value: `project ${projectId}` }]),
      { label: 'Not yet credited energy', value: 'goes with the device' },
    ],
    action: 'Take the device over',
    done: 'The device is yours',
    call: contractCall({ ...contract(registry), functionName: 'acceptDevice', args: [id] }),
  };
}
