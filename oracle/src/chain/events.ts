import { registryAbi } from '@truetonne/protocol';
import { parseEventLogs, type Log } from 'viem';

/** What the registry says, decoded. */
export type RegistryEvent = ReturnType<typeof parseEvents>[number];

export type EventOf<Name extends RegistryEvent['eventName']> = Extract<
  RegistryEvent,
  { eventName: Name }
>;

/** Decodes the registry's events; logs of other kinds are left out. */
export function parseEvents(logs: readonly Log[]) {
  return parseEventLogs({ abi: registryAbi, logs: [...logs] });
}

/** Room for the logs of a block. */
const PLACES_PER_BLOCK = 1_000_000;

/** The place of an event, which ascends with the order of events on the chain. */
export function placeOf({
  blockNumber,
  logIndex,
}: Pick<RegistryEvent, 'blockNumber' | 'logIndex'>): number {
  return Number(blockNumber) * PLACES_PER_BLOCK + logIndex;
}
