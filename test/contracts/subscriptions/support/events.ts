import {
  parseEventLogs,
  type ContractEventName,
  type Hex,
  type ParseEventLogsReturnType,
} from 'viem';

import { subscriptionsAbi } from '../../../../protocol/src/abi/subscriptions.ts';
import type { World } from './chain.ts';

type Event = ParseEventLogsReturnType<typeof subscriptionsAbi>[number];

/** The names of the events of a transaction, in order, and the arguments of one of them. */
export async function eventsOf(world: World, sent: Promise<Hex>) {
  const { logs } = await world.reader.waitForTransactionReceipt({ hash: await sent });
  const ours = logs.filter((log) => log.address.toLowerCase() === world.address.toLowerCase());
  const events = parseEventLogs({ abi: subscriptionsAbi, logs: ours });
  return {
    names: events.map(({ eventName }) => eventName),
    argsOf: <TName extends ContractEventName<typeof subscriptionsAbi>>(name: TName) => {
      const found = events.filter(({ eventName }) => eventName === name);
      // Of the event of that very name.
      return found.map(({ args }) => args as Extract<Event, { eventName: TName }>['args']);
    },
  };
}
