import { openDevice } from '../src/device.ts';
import { readingAfter } from './samples.ts';

/** A process for a test to kill: seals minute after minute and prints each header hash once sealed. */
const device = openDevice(process.argv[2] ?? '');
for (;;) {
  const { sequence } = device.head();
  const window = device.seal([readingAfter(sequence + 1, BigInt(sequence + 1))]);
  process.stdout.write(`${window.headerHash}\n`);
}
