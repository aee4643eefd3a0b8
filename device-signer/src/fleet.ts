import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TonneError, WINDOW_FLAGS, type Hex } from '@truetonne/protocol';
import { createDeviceClock } from './clock.ts';
import { backoffMs, deliverPending } from './deliver.ts';
import { claimDevice, openDevice, type Device } from './device.ts';
import { createKeyIn, findKey } from './key.ts';
import { createMqttSender } from './mqtt.ts';
import { readSandiaDay, SANDIA_PLANT, type SandiaDay } from './plants/sandia.ts';
import { overHttp, type SendWindows } from './post.ts';
import type { SignedClaim } from './seal.ts';

/** Which devices a fleet has and what they were claimed for. */
export interface FleetPlan {
  /** State folder of the fleet; each device has a folder in it. */
  readonly folder: string;
  readonly count: number;
  readonly domain: Hex;
  /** Wallet that will register the devices. */
  readonly owner: Hex;
  /** When their clocks begin, Unix seconds; taken down to the whole minute. */
  readonly startedAt: number;
}

export interface FleetOptions {
  readonly folder: string;
  readonly oracleUrl: string;
  /** Broker for every other device; all post over HTTP when left out. */
  readonly brokerUrl?: string | undefined;
  /** Simulated seconds per real second while the devices catch up with the present. */
  readonly speed: number;
  /** Takes one line of text at a time. */
  readonly log: (line: string) => void;
  /** Real clock, Unix seconds. */
  readonly realNow?: () => number;
  readonly fetch?: typeof fetch | undefined;
}

export interface Fleet {
  readonly deviceIds: readonly Hex[];
  /** Settles when the fleet ends; rejects when a device can't go on, after all have stopped. */
  readonly ended: Promise<void>;
  /** Stops sealing and posting and gives the state folders back. What was not posted is kept. */
  readonly stop: () => Promise<void>;
}

const DEVICE_FOLDER = /^device-\d{3}$/;

/** Minutes sealed in one go before other devices and requests get their turn. */
const SEAL_LIMIT = 60;
const IDLE_MS = 200;

/** `FLEET_SPEED` where it isn't set. */
const DEFAULT_SPEED = 60;

/**
 * Makes keys and claims of a fleet and returns the claims, for their owner to register. Called again it
 * returns the same: keys and claims are made once.
 *
 * @throws TonneError DOMAIN_MISMATCH or DEVICE_ALREADY_CLAIMED when the folder serves another registry
 *   or owner
 */
export function prepareFleet({ folder, count, ...plan }: FleetPlan): readonly SignedClaim[] {
  const claimedAt = plan.startedAt - (plan.startedAt % SANDIA_PLANT.intervalSeconds);
  return Array.from({ length: count }, (_, index) => {
    const own = join(folder, `device-${String(index + 1).padStart(3, '0')}`);
    if (findKey(own) === undefined) createKeyIn(own);
    const { domain, owner } = plan;
    return claimDevice(own, { domain, owner, claimedAt, exportWh: 0n, importWh: 0n });
  });
}

/**
 * Runs the devices of a prepared fleet: they replay the Sandia day over and over, the odd ones inverter
 * Sys1, the even ones Sys2, one reading a window, and go on where they stopped.
 *
 * @throws TonneError CONFIGURATION_INVALID when the folder has no device; DATA_IN_USE
 */
export function startFleet(options: FleetOptions): Fleet {
  const devices = openDevices(options.folder);
  const stopping = new AbortController();
  const { signal } = stopping;
  const [sys1, sys2] = [readSandiaDay('Sys1'), readSandiaDay('Sys2')];
  const loops = devices.flatMap((device, index) => {
    const day = index % 2 === 0 ? sys1 : sys2;
    const broker = index % 2 === 0 ? undefined : options.brokerUrl;
    return [sealLoop(device, day, options, signal), sendLoop(device, broker, options, signal)];
  });
  const ended = endOf(loops, stopping).finally(() => {
    for (const device of devices) device.close();
  });
  // Whoever waits for `ended` or `stop` hears of a failure; nobody has to.
  ended.catch(() => undefined);
  return {
    deviceIds: devices.map(({ key }) => key.deviceId),
    ended,
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

function openDevices(folder: string): readonly Device[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const folders = names.filter((name) => DEVICE_FOLDER.test(name)).sort();
  if (folders.length === 0) {
    const expected = 'a fleet that was prepared';
    throw new TonneError('CONFIGURATION_INVALID', { field: folder, expected });
  }
  const devices: Device[] = [];
  try {
    for (const name of folders) devices.push(openDevice(join(folder, name)));
    return devices;
  } catch (error) {
    for (const device of devices) device.close();
    throw error;
  }
}

/** Waits for all loops; the first that fails stops the others. */
async function endOf(loops: readonly Promise<void>[], stopping: AbortController): Promise<void> {
  const stopOnFailure = loops.map((loop) =>
    loop.catch((error: unknown) => {
      stopping.abort();
      throw error;
    }),
  );
  const results = await Promise.allSettled(stopOnFailure);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

/** Seals a window for every measured minute that the device's clock has reached. */
async function sealLoop(
  device: Device,
  day: SandiaDay,
  { speed, realNow = readSystemClock }: FleetOptions,
  signal: AbortSignal,
): Promise<void> {
  const { claimedAt } = device.claim.claim;
  const { sequence, closedAt } = device.head();
  const clock = createDeviceClock(closedAt, speed, realNow);
  let at = closedAt + SANDIA_PLANT.intervalSeconds;
  let flags = sequence === 0 ? 0 : WINDOW_FLAGS.deviceRestarted;
  while (!signal.aborted) {
    for (let turn = 0; turn < SEAL_LIMIT && at <= clock.now(); turn++) {
      const reading = day.findReading(claimedAt, at);
      if (reading !== undefined) {
        device.seal([reading], { openedAt: at - SANDIA_PLANT.intervalSeconds, flags });
        flags = 0;
      }
      at += SANDIA_PLANT.intervalSeconds;
    }
    await pause(clock.secondsUntil(at) * 1000, signal);
  }
}

/** Delivers over MQTT where there is a broker for the device, else over HTTP. */
async function sendLoop(
  device: Device,
  brokerUrl: string | undefined,
  { oracleUrl, log, fetch, realNow = readSystemClock }: FleetOptions,
  signal: AbortSignal,
): Promise<void> {
  if (brokerUrl === undefined) {
    await deliverLoop(device, overHttp(oracleUrl, { fetch, signal }), log, signal);
    return;
  }
  const { key, claim } = device;
  const { domain } = claim.claim;
  const sender = createMqttSender({ oracleUrl, brokerUrl, key, domain, now: realNow, fetch });
  try {
    await deliverLoop(device, sender.send, log, signal);
  } finally {
    await sender.close();
  }
}

/** Delivers what waits, in order, and comes back later and later while the oracle is away. */
async function deliverLoop(
  device: Device,
  send: SendWindows,
  log: FleetOptions['log'],
  signal: AbortSignal,
): Promise<void> {
  const name = `device ${device.key.deviceId.slice(0, 10)}`;
  let failures = 0;
  while (!signal.aborted) {
    const { delivered, refused, waitingFor } = await deliverPending(device, send);
    for (const { sequence, code, detail } of refused) {
      log(`${name}: window ${sequence} refused, ${code}: ${detail}`);
    }
    if (waitingFor === undefined) {
      if (failures > 0) log(`${name}: posting again`);
      failures = 0;
      if (device.pendingCount() === 0) await pause(IDLE_MS, signal);
    } else {
      failures = delivered > 0 ? 1 : failures + 1;
      if (failures === 1 && !signal.aborted) log(`${name}: windows wait: ${waitingFor}`);
      await pause(backoffMs(failures), signal);
    }
  }
}

/** Waits, or returns at once when the fleet stops. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

function readSystemClock(): number {
  return Date.now() / 1000;
}

/** Runs the fleet of a folder until SIGTERM or SIGINT, as the environment says. */
async function main(): Promise<void> {
  const folder = process.env['FLEET_STATE'] ?? '.truetonne/fleet';
  const port = process.env['PORT_ORACLE'] ?? '4000';
  const oracleUrl = process.env['ORACLE_URL'] ?? `http://127.0.0.1:${port}`;
  const speed = Number(process.env['FLEET_SPEED'] ?? DEFAULT_SPEED);
  if (!(speed > 0)) {
    const value = process.env['FLEET_SPEED'] ?? '';
    throw new TonneError('CONFIGURATION_INVALID', { field: 'FLEET_SPEED', value, expected: '> 0' });
  }
  const log = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const brokerUrl = process.env['MQTT_URL'];
  const fleet = startFleet({ folder, oracleUrl, brokerUrl, speed, log });
  log(`${fleet.deviceIds.length} devices post to ${oracleUrl} at ${speed} s per second.`);
  log(`${SANDIA_PLANT.name}: registers are ${SANDIA_PLANT.registers}.`);
  const stop = (): void => {
    fleet.stop().catch(() => undefined);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  await fleet.ended;
  log('Fleet stopped.');
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof TonneError ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
