/** What came of renewing many subscriptions in one call. */
import { subscriptionsAbi } from '@truetonne/protocol';
import { parseEventLogs, type Log } from 'viem';

export const named = (count: number): string =>
  count === 1 ? '1 subscription' : `${count} subscriptions`;

/** How many of those asked for were renewed, as the events of the transaction tell it. */
export function outcomeOf(logs: readonly Log[], asked: number): string {
  const abi = subscriptionsAbi;
  const renewed = parseEventLogs({ abi, eventName: 'Renewed', logs: [...logs] }).length;
  if (renewed === asked) return `Renewed ${named(asked)}`;
  return `Renewed ${renewed} of ${asked}: the list says why not the others`;
}
