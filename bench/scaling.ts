/** How processor time, memory, disk and lag grow with the fleet: docs/scaling.md explains the rows. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeWindow } from '@truetonne/protocol';
import pg from 'pg';
import type { TestDevice } from '../oracle/test/support/device.ts';
import { DEAD_DEPLOYMENT } from '../oracle/test/support/noChain.ts';
import { findFreePort } from '../scripts/lib/ports.ts';
import { startPostgres, type PostgresCluster } from '../oracle/test/support/postgres.ts';
import { ORACLE_MAIN, startLife, untilReady, type Life } from '../test/chaos/oracleProcess.ts';
import type { BenchRow } from './row.ts';
import {
  createFleet,
  registerFleet,
  requestsOf,
  WINDOW_SECONDS,
  WINDOWS_PER_MONTH,
} from './scaling/fleet.ts';
import { cpuSecondsOf, cpuSecondsOfChildren, parentOf, peakMemoryMb } from './scaling/usage.ts';

/** Devices; `BENCH_FLEETS=10,100` measures others. */
const FLEETS = (process.env['BENCH_FLEETS'] ?? '10,100,1000,10000,100000').split(',').map(Number);

/** Windows that a slice of the month has at least, from all devices together. */
const SLICE_WINDOWS = 20_000;
const CONNECTIONS = 8;

/** How long a fleet sends at its own pace for the lag, seconds; at most so many windows a second. */
const PACED_SECONDS = 20;
const PATIENCE_MS = 900_000;
const MOST_TRIES = 5;

/** `scaling.*`: a slice of a month of fleets of several sizes, on a PostgreSQL that flushes to disk. */
export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const size of FLEETS) {
    const folder = mkdtempSync(join(tmpdir(), 'tonne-scaling-'));
    const cluster = await startPostgres({ durable: true });
    try {
      const measured = await measure(size, folder, cluster);
      rows.push(...measured);
      for (const row of measured) console.error(JSON.stringify(row));
    } finally {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows;
}

async function measure(
  size: number,
  folder: string,
  cluster: PostgresCluster,
): Promise<readonly BenchRow[]> {
  const store = { dataFolder: join(folder, 'oracle'), databaseUrl: await cluster.createDatabase() };
  const fleet = createFleet(size);
  await registerFleet(fleet, store);
  const sql = new pg.Client({ connectionString: store.databaseUrl });
  await sql.connect();
  const { url, life } = await startOracle(folder, store);
  try {
    const windowsEach = Math.max(1, Math.ceil(SLICE_WINDOWS / size));
    const slice = await measureSlice({ url, life, sql, fleet, windowsEach });
    const answers = await measurePace(url, fleet);
    const sealing = await measureSealing({ url, life, sql, fleet });
    const months = (size * windowsEach) / WINDOWS_PER_MONTH;
    const row = (name: string, value: number, unit: string): BenchRow => {
      return { name: `scaling.${name}.${size}`, value: round(value), unit, aim: 'none' };
    };
    return [
      row('cpu.oracle', slice.oracleSeconds / months, 's/device-month'),
      row('cpu.postgres', slice.postgresSeconds / months, 's/device-month'),
      row('cpu.seal', (1000 * sealing.oracleSeconds) / sealing.windows, 'ms/window'),
      row('disk', slice.bytes / months / 1e6, 'MB/device-month'),
      row('memory', peakMemoryMb(life.pid), 'MB'),
      row('judged', slice.judgedAfter, 's after the last answer'),
      row('judged.rate', slice.judgedPerSecond, 'windows/s, from the first request on'),
      row('answer.p95', answers.p95Ms, 'ms'),
    ];
  } finally {
    life.kill();
    await life.ended;
    await sql.end();
  }
}

async function startOracle(
  folder: string,
  store: { readonly dataFolder: string; readonly databaseUrl: string },
) {
  const book = join(folder, 'deployment.json');
  writeFileSync(book, JSON.stringify(DEAD_DEPLOYMENT));
  const port = String(await findFreePort());
  const env = {
    ...{ PORT_ORACLE: port, PORT_MQTT: '0', ORACLE_DATA: store.dataFolder, LOG_LEVEL: 'error' },
    ...{ DATABASE_URL: store.databaseUrl, TRUETONNE_DEPLOYMENT: book, ORACLE_ALLOW_CLOSE: '1' },
    ...{ ORACLE_DEVICE_WINDOWS: '0', ORACLE_OWNER_WINDOWS: '0' },
  };
  const life = startLife({ main: ORACLE_MAIN, env });
  const url = `http://127.0.0.1:${port}`;
  if (!(await untilReady(url, life))) throw new Error(life.output());
  return { url, life };
}

interface Running {
  readonly url: string;
  readonly life: Life;
  readonly sql: pg.Client;
  readonly fleet: readonly TestDevice[];
}

/** Everything that windows cost from their request until they are judged. */
async function measureSlice({
  windowsEach,
  ...running
}: Running & { readonly windowsEach: number }) {
  const { url, life, sql, fleet } = running;
  const before = await readUsage(running);
  const requests = requestsOf(fleet, windowsEach);
  const started = performance.now();
  const worker = async (): Promise<void> => {
    for (const body of requests) await post(url, body);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  const answered = performance.now();
  const total = fleet.length * windowsEach;
  await until(life, async () => (await numberOf(sql, JUDGED)) >= total);
  const judged = performance.now();
  const after = await readUsage(running);
  return {
    judgedAfter: (judged - answered) / 1000,
    judgedPerSecond: (1000 * total) / (judged - started),
    oracleSeconds: after.oracleSeconds - before.oracleSeconds,
    postgresSeconds: after.postgresSeconds - before.postgresSeconds,
    bytes: after.bytes - before.bytes,
  };
}

const JUDGED = 'SELECT coalesce(sum(last_sequence), 0) FROM heads';
const BATCHED = `SELECT coalesce(sum(window_count), 0) FROM batches`;

async function readUsage({ life, sql }: Running) {
  const server = parentOf(await numberOf(sql, 'SELECT pg_backend_pid()'));
  await sql.query('CHECKPOINT');
  return {
    oracleSeconds: cpuSecondsOf(life.pid),
    postgresSeconds: cpuSecondsOfChildren(server),
    bytes: await numberOf(sql, 'SELECT pg_database_size(current_database())'),
  };
}

/** Single windows at the pace of the fleet: as many a second as it has devices in a window's time. */
async function measurePace(url: string, fleet: readonly TestDevice[]) {
  const perSecond = fleet.length / WINDOW_SECONDS;
  const count = Math.max(20, Math.ceil(perSecond * PACED_SECONDS));
  const times: number[] = [];
  const sent: Promise<void>[] = [];
  const started = performance.now();
  for (let index = 0; index < count; index++) {
    const device = fleet[index % fleet.length];
    if (device === undefined) break;
    const body = encodeWindow(device.seal({ seconds: WINDOW_SECONDS, exportWh: 300n }));
    await sleep(started + (1000 * index * PACED_SECONDS) / count - performance.now());
    const asked = performance.now();
    sent.push(post(url, body).then(() => void times.push(performance.now() - asked)));
  }
  await Promise.all(sent);
  times.sort((a, b) => a - b);
  return { p95Ms: times[Math.floor(times.length * 0.95)] ?? 0 };
}

/** One batch of the first plant, from asking for it until it is sealed; no chain takes part. */
async function measureSealing({ url, life, sql, fleet }: Running) {
  const sent = fleet[0]?.seal({ seconds: WINDOW_SECONDS }).header.closedAt ?? 0;
  const before = cpuSecondsOf(life.pid);
  await fetch(`${url}/v1/projects/1/close`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ until: sent }),
  });
  await until(life, async () => (await numberOf(sql, BATCHED)) > 0);
  return {
    oracleSeconds: cpuSecondsOf(life.pid) - before,
    windows: await numberOf(sql, BATCHED),
  };
}

/** Sends until it is answered, as devices do: a kept connection may be closed at that very moment. */
async function post(url: string, body: Uint8Array): Promise<void> {
  for (let tries = 1; ; tries++) {
    const answer = await fetch(`${url}/v1/windows`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: Uint8Array.from(body),
    }).catch((error: unknown) => {
      if (tries === MOST_TRIES) throw error;
      return undefined;
    });
    const text = await answer?.text();
    if (answer?.status === 200) return;
    if (answer !== undefined) throw new Error(`HTTP ${answer.status}: ${text ?? ''}`);
  }
}

async function numberOf(sql: pg.Client, query: string): Promise<number> {
  const { rows } = await sql.query<unknown[]>({ text: query, rowMode: 'array' });
  return Number(rows[0]?.[0]);
}

async function until(life: Life, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline || !life.isAlive()) throw new Error(`still not so: ${life.output()}`);
    await sleep(100);
  }
}

/** Three digits that say something. */
function round(value: number): number {
  return Number(value.toPrecision(3));
}
