import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import {
  concatBytes,
  deviceIdOf,
  encodeHeader,
  encodeReading,
  READING_SIZE,
  toHex,
  toLowS,
  type Hex,
  type Reading,
  type SealedWindow,
} from '@truetonne/protocol';
import type { AcceptedWindow } from '../../oracle/src/metering/ingest/writer.ts';
import { readBoundDevices } from '../../oracle/src/metering/judge/devices.ts';
import { judgeArrivals } from '../../oracle/src/metering/judge/judge.ts';
import { createRecentWindows } from '../../oracle/src/metering/judge/recent.ts';
import { readRuleBook } from '../../oracle/src/metering/judge/ruleBook.ts';
import type { Database } from '../../oracle/src/store/database/database.ts';
import {
  findDevice,
  saveBinding,
  saveDevice,
  saveProject,
  saveValidation,
} from '../../oracle/src/store/registry.ts';
import { insertWindows } from '../../oracle/src/store/windows.ts';

/** A year of a fleet that measures every 15 minutes and sends a window a day. */
export interface FleetYear {
  readonly devices: number;
  readonly days: number;
  /** Beginning of the year, Unix seconds, midnight at UTC. */
  readonly startsAt: number;
  readonly domain: Hex;
}

export interface LoadedFleet {
  readonly deviceIds: readonly Hex[];
  readonly windows: number;
  readonly readings: number;
  readonly seconds: number;
}

interface YearDevice {
  readonly number: number;
  readonly deviceId: Hex;
  readonly key: KeyObject;
  /** Peak of its power on a clear day, W. */
  readonly peakW: number;
  sequence: number;
  exportWh: bigint;
  previousHash: Hex;
}

const INTERVAL = 900;
const PER_DAY = 96;
const CAPACITY_W = 10_000n;
const SPKI_POINT_OFFSET = 27;
const OWNER: Hex = `0x${'01'.repeat(20)}`;

/** Where the sun is highest at noon UTC. */
const SITE = { latitudeE6: 40_000_000, longitudeE6: 0 };

/** Offsets in a packed reading (SPEC section 3). */
const AT = 0;
const EXPORT_WH = 8;
const ACTIVE_POWER = 32;

/**
 * Loads a fleet-year: keys are made and every window is signed with node:crypto, stored by the oracle's
 * own statement and judged by its own judge. Only HTTP and the verification of signatures are left out.
 */
export async function loadFleetYear(
  database: Database,
  year: FleetYear,
  onDay: (day: number) => void,
): Promise<LoadedFleet> {
  const started = performance.now();
  const devices = await register(database, year);
  const recent = createRecentWindows();
  const bound = await readBoundDevices(database, readRuleBook());
  const receivedAt = year.startsAt + (year.days + 1) * 86_400;
  const context = {
    ...{
      database,
      domain: year.domain,
      recent,
      waitSeconds: 86_400,
      unfinished: new Set<number>(),
    },
    now: () => receivedAt,
  };
  for (let day = 0; day < year.days; day++) {
    const sent = devices.map((device) => {
      const window = sealDay(device, year, day);
      const { headerBytes, signature, readingsBytes } = window;
      const bytes = concatBytes([headerBytes, signature, readingsBytes]);
      return { deviceNumber: device.number, window, bytes, receivedAt };
    });
    const stored = await insertWindows(database, sent);
    const accepted: AcceptedWindow[] = sent.flatMap((one, index) => {
      const result = stored[index];
      return result?.status === 'accepted' ? [{ ...one, id: result.id }] : [];
    });
    recent.add(accepted);
    while (await judgeArrivals(context, bound));
    onDay(day + 1);
  }
  return {
    deviceIds: devices.map(({ deviceId }) => deviceId),
    windows: year.devices * year.days,
    readings: year.devices * year.days * PER_DAY,
    seconds: (performance.now() - started) / 1000,
  };
}

/** A project and its devices, as the chain would have told of them. */
async function register(database: Database, year: FleetYear): Promise<readonly YearDevice[]> {
  await saveProject(
    database,
    {
      ...{ id: 1, owner: OWNER, name: 'Fleet-year', country: 'US', utcOffsetMinutes: 0, ...SITE },
      ...{ capacityW: CAPACITY_W * BigInt(year.devices), methodologyId: 1 },
      ...{ creditingFrom: year.startsAt, creditingUntil: year.startsAt + 10 * 366 * 86_400 },
    },
    0,
  );
  const roles = { validator: OWNER, submitter: OWNER, factorUgPerWh: 352_000n };
  await saveValidation(database, 1, roles);
  const devices: YearDevice[] = [];
  for (let index = 0; index < year.devices; index++) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const spki = publicKey.export({ format: 'der', type: 'spki' });
    const point = new Uint8Array(spki.subarray(SPKI_POINT_OFFSET));
    const deviceId = deviceIdOf(point);
    const claimHash = toHex(createHash('sha256').update(point).digest());
    await saveDevice(
      database,
      {
        ...{ deviceId, owner: OWNER, publicKey: point, claimHash, claimedAt: year.startsAt },
        ...{ exportWh: 0n, importWh: 0n },
      },
      0,
    );
    const binding = { projectId: 1, capacityW: CAPACITY_W, boundAt: year.startsAt };
    await saveBinding(database, deviceId, binding);
    const row = await findDevice(database, deviceId);
    if (row === undefined) throw new Error('the device was not stored');
    devices.push({
      ...{ number: row.number, deviceId, key: privateKey, peakW: 5_000 + (index % 40) * 100 },
      ...{ sequence: 0, exportWh: 0n, previousHash: claimHash },
    });
  }
  return devices;
}

/** The template of a packed reading: what changes from one to the next is written over it. */
const TEMPLATE = encodeReading({
  ...{ at: 0, exportWh: 0n, importWh: 0n, status: 1 },
  fields: { activePowerMw: 0n, voltageMv: 230_000n, batteryMv: 3_700n, firmware: 0x010000n },
});

function sealDay(device: YearDevice, year: FleetYear, day: number): SealedWindow {
  const openedAt = year.startsAt + day * 86_400;
  const readingsBytes = new Uint8Array(PER_DAY * READING_SIZE);
  const view = new DataView(readingsBytes.buffer);
  const readings: Reading[] = [];
  for (let index = 0; index < PER_DAY; index++) {
    const at = openedAt + (index + 1) * INTERVAL;
    const powerW = powerAt(device, day, index);
    device.exportWh += BigInt(powerW >> 2);
    const offset = index * READING_SIZE;
    const activePowerMw = BigInt(powerW) * 1000n;
    readingsBytes.set(TEMPLATE, offset);
    view.setBigUint64(offset + AT, BigInt(at));
    view.setBigUint64(offset + EXPORT_WH, device.exportWh);
    view.setBigInt64(offset + ACTIVE_POWER, activePowerMw);
    const fields = { activePowerMw, voltageMv: 230_000n, batteryMv: 3_700n, firmware: 0x010000n };
    readings.push({ at, exportWh: device.exportWh, importWh: 0n, status: 1, fields });
  }
  return seal(device, { openedAt, readings, readingsBytes }, year.domain);
}

function seal(
  device: YearDevice,
  day: Pick<SealedWindow, 'readings' | 'readingsBytes'> & { readonly openedAt: number },
  domain: Hex,
): SealedWindow {
  const { readings, readingsBytes, openedAt } = day;
  const header = {
    ...{ domain, deviceId: device.deviceId, sequence: ++device.sequence, openedAt },
    closedAt: openedAt + 86_400,
    ...{ exportWh: device.exportWh, importWh: 0n, count: PER_DAY, flags: 0 },
    readingsHash: toHex(createHash('sha256').update(readingsBytes).digest()),
    previousHash: device.previousHash,
  };
  const headerBytes = encodeHeader(header);
  const signature = toLowS(
    sign('sha256', headerBytes, { key: device.key, dsaEncoding: 'ieee-p1363' }),
  );
  const headerHash = toHex(createHash('sha256').update(headerBytes).digest());
  device.previousHash = headerHash;
  return { header, headerHash, headerBytes, signature, readings, readingsBytes };
}

/** A clear day's bell between 6 and 18 h, darker in winter, a little different from day to day; W. */
function powerAt({ peakW }: YearDevice, day: number, index: number): number {
  const hour = (index + 0.5) / 4;
  if (hour < 7 || hour > 17) return 0;
  const season = 0.7 - 0.3 * Math.cos((2 * Math.PI * (day + 10)) / 365);
  const weather = 0.6 + 0.4 * Math.abs(Math.sin(day * 1.7 + peakW));
  return Math.floor(peakW * season * weather * Math.sin((Math.PI * (hour - 7)) / 10));
}
