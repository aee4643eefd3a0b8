import { parseEventLogs, type Log } from 'viem';

import { decodeAdvance, registryAbi, type DeviceAdvance } from '../../../protocol/src/index.ts';

/** The `DeviceAdvanced` events among logs, decoded as a verifier decodes them. */
export function advancesIn(logs: Log[]): readonly DeviceAdvance[] {
  const events = parseEventLogs({ abi: registryAbi, eventName: 'DeviceAdvanced', logs });
  return events.map(({ args }) => decodeAdvance(args));
}
