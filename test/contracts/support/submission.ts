import type { Hex } from 'viem';

import { headerOf, type TestDevice } from './device.ts';
import { DAY, submissionOf, YEAR_2026, type World } from './world.ts';

/** Fields of a header that a test sets itself. */
export type Fields = Partial<Parameters<typeof headerOf>[0]>;

/** A header that would be accepted on the first day; the arguments are what the test is about. */
export function validHeader(world: World, device: TestDevice, fields: Fields = {}): Hex {
  return headerOf({
    domain: world.domain,
    deviceId: device.id,
    sequence: 5,
    openedAt: YEAR_2026,
    closedAt: YEAR_2026 + DAY,
    exportWh: 1_000n,
    importWh: 1n,
    ...fields,
  });
}

/** Sends closings as the submitter. */
export function submitClosings(
  world: World,
  closings: Hex,
  submission: ReturnType<typeof submissionOf> = submissionOf(1),
) {
  return world.registryOf(world.actors.submitter).write.submit([submission, closings]);
}
