import { isAddressEqual, type Address } from 'viem';
import type { Device } from '../../api/indexer/index.ts';

/** What a wallet can do with a device. */
export type DeviceAction =
  'bind' | 'accept' | 'rotate' | 'replaceMeter' | 'offer' | 'withdraw' | 'revoke';

type Deed = Pick<Device, 'state' | 'owner' | 'offeredTo'>;

/** In the order in which they are shown: the usual first, the final last. */
export function actionsOf(device: Deed, account: Address): readonly DeviceAction[] {
  const { state, owner, offeredTo } = device;
  const trusted = state === 'claimed' || state === 'bound';
  const mayAccept = trusted && offeredTo !== undefined && isAddressEqual(offeredTo, account);
  const actions: DeviceAction[] = mayAccept ? ['accept'] : [];
  if (!isAddressEqual(owner, account)) return actions;
  if (state === 'revoked') return ['revoke'];
  if (state === 'frozen') return [];
  if (state === 'claimed') actions.push('bind');
  actions.push('rotate');
  if (state === 'bound') actions.push('replaceMeter');
  actions.push('offer');
  if (offeredTo !== undefined) actions.push('withdraw');
  return [...actions, 'revoke'];
}
