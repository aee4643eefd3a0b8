import { setTimeout as sleep } from 'node:timers/promises';
import type { Hex, SealedWindow } from '@truetonne/protocol';
import { acceptanceSchema } from '../../oracle/src/api/schemas/shared.ts';
import { joinWindows } from '../../oracle/test/support/client.ts';
import type { SealStep, TestDevice } from '../../oracle/test/support/device.ts';
import type { Random } from './random.ts';

/** What a device knows of a window: it was sealed, and perhaps somebody promised to keep it. */
export interface SentWindow {
  readonly headerHash: Hex;
  readonly closedAt: number;
  readonly exportWh: bigint;
  readonly importWh: bigint;
  acknowledged: boolean;
}

/** A device that keeps what nobody acknowledged and sends it again, as firmware does. */
export interface ChaosDevice {
  readonly device: TestDevice;
  readonly projectId: number;
  /** By sequence: the first one is at 1. */
  readonly sealed: (SentWindow | undefined)[];
  /** Ways to send; answers when all windows are acknowledged, throws when that is not known. */
  readonly send: (windows: readonly SealedWindow[]) => Promise<void>;
  unacknowledged: SealedWindow[];
  /** Why the last attempt failed. */
  trouble: string;
}

const SECONDS = 60;
/** Within what 6 kW give in a minute, 100 Wh. */
const MOST_WH = 100;
/** Quiet minutes at the end: what two windows had too much is within the capacity of so long a time. */
const QUIET_WINDOWS = 30;

/** Makes a device. How it sends is up to the harness: over HTTP, or through a broker. */
export function createChaosDevice(
  device: TestDevice,
  projectId: number,
  send: ChaosDevice['send'],
): ChaosDevice {
  return { device, projectId, send, sealed: [], unacknowledged: [], trouble: '' };
}

export interface Fleet {
  readonly devices: readonly ChaosDevice[];
  /** Called at each acknowledgement. */
  onAcknowledged: () => void;
  /** Ends when every device has its last windows, an idle half hour, acknowledged. */
  readonly stop: () => Promise<void>;
}

/** Lets all devices send at once, for ever. */
export function startFleet(devices: readonly ChaosDevice[], random: Random): Fleet {
  let stopped = false;
  const fleet = {
    devices,
    onAcknowledged: (): void => undefined,
    async stop() {
      stopped = true;
      await running;
    },
  };
  const run = async (one: ChaosDevice): Promise<void> => {
    let quiet = false;
    while (!quiet || one.unacknowledged.length > 0) {
      if (stopped && !quiet) {
        sealQuiet(one);
        quiet = true;
      }
      if (one.unacknowledged.length === 0) sealSome(one, random);
      try {
        await one.send(one.unacknowledged);
        for (const { header } of one.unacknowledged) {
          const sent = one.sealed[header.sequence];
          if (sent !== undefined) sent.acknowledged = true;
        }
        one.unacknowledged = [];
        fleet.onAcknowledged();
      } catch (error) {
        one.trouble = error instanceof Error ? error.message : String(error);
        // The oracle died or is not there yet: the device tries again with all that it has.
        if (!stopped && one.unacknowledged.length < 20 && random.chance(0.2)) sealSome(one, random);
        await sleep(40);
      }
      await sleep(20 + random.below(120));
    }
  };
  const running = Promise.all(devices.map(run));
  return fleet;
}

/** A few windows more; some after a pause, some with more energy than the device can give. */
function sealSome(one: ChaosDevice, random: Random): void {
  for (let count = 1 + random.below(3); count > 0; count--) {
    const tooMuch = random.chance(0.01);
    sealOne(one, {
      exportWh: BigInt(tooMuch ? 10 * MOST_WH : random.below(MOST_WH)),
      importWh: BigInt(random.below(3)),
      pause: random.chance(0.02) ? 3 * SECONDS : 0,
    });
  }
  // Now and then in another order: what belongs together is found together.
  if (random.chance(0.1)) one.unacknowledged.reverse();
}

/** A time without energy, as the night is: a batch can't close on energy beyond the capacity. */
function sealQuiet(one: ChaosDevice): void {
  for (let count = 0; count < QUIET_WINDOWS; count++) sealOne(one, { exportWh: 0n, importWh: 0n });
}

function sealOne(one: ChaosDevice, step: SealStep): void {
  const window = one.device.seal({ seconds: SECONDS, ...step });
  const { sequence, closedAt, exportWh, importWh } = window.header;
  const { headerHash } = window;
  one.sealed[sequence] = { headerHash, closedAt, exportWh, importWh, acknowledged: false };
  one.unacknowledged.push(window);
}

/** Sends over HTTP. Throws unless every window is accepted or known already. */
export async function postWindows(url: string, windows: readonly SealedWindow[]): Promise<void> {
  const response = await fetch(`${url}/v1/windows`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: joinWindows(windows),
  });
  const body: unknown = await response.json();
  if (response.status !== 200) throw new Error(`refused: ${JSON.stringify(body)}`);
  const { results } = acceptanceSchema.parse(body);
  if (results.length !== windows.length) throw new Error('another number of results than windows');
}
