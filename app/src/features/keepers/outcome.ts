/** What came of renewing many subscriptions in one call. */
import { subscriptionsAbi } from '@truetonne/protocol';
import { isAddressEqual, parseEventLogs, type Address, type Log } from 'viem';

export const named = (count: number): string =>
  count === 1 ? '1 subscription' : `${count} subscriptions`;

/** How many of those asked for were renewed, as the contract's own events tell it: a token may emit any. */
export function outcomeOf(logs: readonly Log[], contract: Address, asked: number): string {
  const own = logs.filter(({ address }) => isAddressEqual(address, contract));
  const abi = subscriptionsAbi;
  const renewed = parseEventLogs({ abi, eventName: 'Renewed', logs: own }).length;
  if (renewed === asked) return `Renewed ${named(asked)}`;
  return `Renewed ${renewed} of ${asked}: the list says why not the others`;
}
