/** What one device can pile up: a million windows in the worst order, and a file of a million rows. */
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeWindow, toHex, type SealedWindow } from '@truetonne/protocol';
import { uploadSchema } from '../oracle/src/api/schemas/upload.ts';
import { createClient, type TestClient } from '../oracle/test/support/client.ts';
import type { TestDevice } from '../oracle/test/support/device.ts';
import { startPostgres, type PostgresCluster } from '../oracle/test/support/postgres.ts';
import { createRandom } from '../test/chaos/random.ts';
import { CLAIMED_AT, prepareLoad, register } from './ingest/load.ts';
import { post, startOracleProcess, type OracleProcess } from './ingest/oracle.ts';
import type { BenchRow } from './row.ts';

/** `BENCH_DISORDER=10000` measures fewer. */
const COUNT = Number(process.env['BENCH_DISORDER'] ?? '1000000');
const SEED = 20_261_127;
const CONNECTIONS = 4;
const WINDOWS_PER_REQUEST = 100;
const READINGS_PER_WINDOW = 256;
const WATCH_MS = 250;

/** `disorder.*`: memory is that of the oracle's process, and how much it grew at the most. */
export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tonne-disorder-'));
  const cluster = await startPostgres({ durable: true });
  try {
    return [
      ...(await measure('disorder.windows', folder, cluster, sendShuffled)),
      ...(await measure('disorder.csv', folder, cluster, (device, oracle, client) =>
        uploadRows(device, oracle, client, folder),
      )),
    ];
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Sent {
  readonly windows: number;
  readonly readings: number;
  /** In each window; the last may have fewer. */
  readonly perWindow: number;
  readonly reference: string;
}

async function measure(
  name: string,
  folder: string,
  cluster: PostgresCluster,
  send: (device: TestDevice, oracle: OracleProcess, client: TestClient) => Promise<Sent>,
): Promise<BenchRow[]> {
  const store = { dataFolder: join(folder, name), databaseUrl: await cluster.createDatabase() };
  const load = prepareLoad(folder, { devices: 1, windows: 0, readings: 1 });
  const [device] = load.devices;
  if (device === undefined) throw new Error('no device');
  await register(load.devices, store);
  const oracle = await startOracleProcess(load.deployment, store);
  const client = createClient(oracle.url);
  const memory = watchMemory(oracle);
  try {
    const { reference, ...sent } = await send(device, oracle, client);
    const started = performance.now();
    await untilJudged(client, sent);
    const judged = Math.round((performance.now() - started) / 1000);
    const grown = memory.stop();
    const all = `${reference}, all judged ${judged} s later, as in order`;
    return [{ name: `${name}.memory`, value: grown, unit: 'MB', aim: 'bounded', reference: all }];
  } finally {
    memory.stop();
    await oracle.stop();
  }
}

/** Posts windows of one reading each in random order: nearly all of them wait for one that is missing. */
async function sendShuffled(
  device: TestDevice,
  { url }: OracleProcess,
  client: TestClient,
): Promise<Sent> {
  const random = createRandom(SEED);
  const all = Array.from({ length: COUNT }, () =>
    encodeWindow(device.seal({ seconds: 60, exportWh: 50n })),
  );
  for (let last = all.length - 1; last > 0; last--) swap(all, last, random.below(last + 1));
  const bodies = Array.from({ length: Math.ceil(COUNT / WINDOWS_PER_REQUEST) }, (_, index) =>
    Buffer.concat(all.slice(index * WINDOWS_PER_REQUEST, (index + 1) * WINDOWS_PER_REQUEST)),
  );
  const started = performance.now();
  const half = Math.ceil(bodies.length / 2);
  await post(url, bodies.slice(0, half), CONNECTIONS);
  const waiting = await seeWaiting(client, device);
  await post(url, bodies.slice(half), CONNECTIONS);
  const rate = Math.round(COUNT / ((performance.now() - started) / 1000));
  const seen = `half way ${waiting} waited, each with reason and deadline`;
  const reference = `${COUNT} windows, ${rate}/s, ${seen}`;
  return { windows: COUNT, readings: COUNT, perWindow: 1, reference };
}

function swap<T>(all: T[], one: number, other: number): void {
  const [a, b] = [all[one], all[other]];
  if (a === undefined || b === undefined) return;
  all[one] = b;
  all[other] = a;
}

/** How many of a device's windows wait. Throws unless one of them says why, and until when. */
async function seeWaiting(client: TestClient, { deviceId }: TestDevice): Promise<number> {
  for (;;) {
    const [device] = (await client.fleet()).devices;
    const wait = device?.waiting;
    if (wait?.deadline !== undefined && (await countUnjudged(client)) === 0) {
      const { reason, count } = wait;
      if (reason !== 'PREDECESSOR_MISSING') throw new Error(`${deviceId} waits for ${reason}`);
      return count;
    }
    await sleep(WATCH_MS);
  }
}

async function countUnjudged({ url }: TestClient): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^truetonne_windows_unjudged (\d+)/m.exec(text)?.[1] ?? Number.NaN);
}

/** Uploads rows of one reading each: semicolons, quotes, a byte order mark and decimal commas. */
async function uploadRows(
  device: TestDevice,
  { url }: OracleProcess,
  client: TestClient,
  folder: string,
): Promise<Sent> {
  const path = join(folder, 'rows.csv');
  const windows = await writeRows(path, device);
  const { size } = await openAsBlob(path);
  const mapping = encodeURIComponent(JSON.stringify({ Kopf: 'header', Zeit: 'timestamp' }));
  const started = performance.now();
  const response = await fetch(`${url}/v1/uploads?kind=windows&mapping=${mapping}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv', ...client.own },
    body: await openAsBlob(path),
  });
  const { id } = uploadSchema.parse(await response.json());
  const counts = await untilRead(client, id);
  const seconds = Math.round((performance.now() - started) / 1000);
  if (counts.accepted !== COUNT) throw new Error(JSON.stringify(counts));
  const rate = `${seconds} s`;
  const reference = `${COUNT} rows, ${Math.round(size / 1_048_576)} MB, read in ${rate}`;
  return { windows, readings: COUNT, perWindow: READINGS_PER_WINDOW, reference };
}

/** Answers how many windows the rows belong to. */
async function writeRows(path: string, device: TestDevice): Promise<number> {
  const file = createWriteStream(path);
  file.write('\uFEFFKopf;signature;Zeit;"total_energy_kwh";imported_energy_kwh;system_status\r\n');
  let windows = 0;
  for (let rest = COUNT; rest > 0; windows++) {
    const count = Math.min(READINGS_PER_WINDOW, rest);
    const window = device.seal({ count, seconds: 60 * count, exportWh: 50n * BigInt(count) });
    if (!file.write(rowsOf(window))) await once(file, 'drain');
    rest -= count;
  }
  file.end();
  await once(file, 'close');
  return windows;
}

function rowsOf(window: SealedWindow): string {
  const [header, signature] = [toHex(window.headerBytes), toHex(window.signature)];
  return window.readings
    .map(({ at, exportWh, importWh }) => {
      const [exported, imported] = [toKwh(exportWh), toKwh(importWh)];
      return `"${header}";${signature};${at};${exported};"${imported}";operational\r\n`;
    })
    .join('');
}

/** Exact, with a decimal comma. */
function toKwh(wh: bigint): string {
  return `${wh / 1_000n},${String(wh % 1_000n).padStart(3, '0')}`;
}

async function untilRead(client: TestClient, id: string) {
  for (;;) {
    const { endedAt, code, counts } = await client.get(`/v1/uploads/${id}`, uploadSchema);
    if (code !== null) throw new Error(code);
    if (endedAt !== null && counts !== null) return counts;
    await sleep(WATCH_MS);
  }
}

/** Waits until all windows are judged, and throws unless they are judged as in order. */
async function untilJudged(client: TestClient, expected: Omit<Sent, 'reference'>): Promise<void> {
  for (;;) {
    const { totals } = await client.project(1);
    if (totals.windows === expected.windows && (await countUnjudged(client)) === 0) {
      const exportedWh = String(50 * expected.readings);
      const deductedWh = String(50 * countAcrossNewYear(expected));
      const found = { ...totals };
      if (found.readings !== expected.readings || found.exportedWh !== exportedWh)
        throw new Error(`another outcome than in order: ${JSON.stringify(totals)}`);
      if (found.deductedWh !== deductedWh) throw new Error(`deducted: ${JSON.stringify(totals)}`);
      return;
    }
    await sleep(WATCH_MS);
  }
}

/** Readings, a minute apart, in windows that reach across New Year: such a window counts in no year. */
function countAcrossNewYear({ windows, readings, perWindow }: Omit<Sent, 'reference'>): number {
  const yearAt = (minute: number): number =>
    new Date(1_000 * (CLAIMED_AT + 60 * minute)).getUTCFullYear();
  return Array.from({ length: windows }, (_, index) => [
    index * perWindow,
    Math.min(readings, (index + 1) * perWindow),
  ]).reduce(
    (sum, [begin = 0, end = 0]) => (yearAt(begin) === yearAt(end) ? sum : sum + end - begin),
    0,
  );
}

/** How much more memory the process had at the most than at the start, MB. */
function watchMemory(oracle: OracleProcess): { readonly stop: () => number } {
  const begin = oracle.memoryMb();
  let most = begin;
  const clock = setInterval(() => {
    most = Math.max(most, oracle.memoryMb());
  }, WATCH_MS);
  return {
    stop: () => {
      clearInterval(clock);
      return most - begin;
    },
  };
}
