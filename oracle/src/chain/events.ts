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
