/** How much the oracle takes in: parsed, verified, committed, acknowledged. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, type PostgresCluster } from '../oracle/test/support/postgres.ts';
import { bodiesOf, measureVerification, prepareLoad, register, type Load } from './ingest/load.ts';
import { post, startOracleProcess } from './ingest/oracle.ts';
import { latencyRow, memoryRow, rabbitMqRow } from './ingest/rows.ts';
import type { BenchRow } from './row.ts';

const CONNECTIONS = 8;
const WINDOWS_PER_REQUEST = 100;
/**
 * Requests before the clock starts, at most a third of all: after fewer of them the compiler of an oracle
 * that just started takes as much time as the database.
 */
const WARM_REQUESTS = 240;

/**
 * `ingest.*`: PostgreSQL flushes to disk; the sender and the database share the machine's cores with the
 * oracle. The reference is bare node:crypto verification of the same windows on all cores, measured just
 * before and after.
 */
export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tonne-bench-'));
  const cluster = await startPostgres({ durable: true });
  try {
    const one = prepareLoad(folder, { devices: 32, windows: 2_400, readings: 1 });
    const many = prepareLoad(folder, { devices: 32, windows: 160, readings: 60 });
    const at = { folder, cluster };
    return [
      await httpRow('ingest.http.postgres', '8000, ratio >= 0.75', one, at),
      await httpRow('ingest.http.postgres.worker', 'none', one, { ...at, role: 'ingest' }),
      await httpRow('ingest.http.postgres.60', 100_000, many, at),
      await httpRow('ingest.http.pglite', 'none', one, { folder, cluster: undefined }),
      await rabbitMqRow(folder, cluster),
      await latencyRow(folder, cluster),
      await memoryRow(folder, cluster),
    ];
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Place {
  readonly folder: string;
  /** PGlite without. */
  readonly cluster: PostgresCluster | undefined;
  /** A worker (`ingest`) takes in and judges nothing; `all` when left out. */
  readonly role?: 'all' | 'ingest';
}

/** Batches of 100 windows over several connections; the value is windows, or readings, a second. */
async function httpRow(
  name: string,
  aim: number | string,
  load: Load,
  { folder, cluster, role = 'all' }: Place,
): Promise<BenchRow> {
  const store = { dataFolder: join(folder, name), databaseUrl: await cluster?.createDatabase() };
  await register(load.devices, store);
  const oracle = await startOracleProcess(load.deployment, store, { ORACLE_ROLE: role });
  const readings = load.windows[0]?.readings.length ?? 0;
  try {
    const bodies = bodiesOf(load.windows, WINDOWS_PER_REQUEST);
    const measured = bodies.slice(Math.min(WARM_REQUESTS, Math.floor(bodies.length / 3)));
    await post(oracle.url, bodies.slice(0, bodies.length - measured.length), CONNECTIONS);
    const before = await measureVerification(load);
    const started = performance.now();
    await post(oracle.url, measured, CONNECTIONS);
    const seconds = (performance.now() - started) / 1000;
    const reference = (before + (await measureVerification(load))) / 2;
    const windows = (measured.length * WINDOWS_PER_REQUEST) / seconds;
    const unit = readings === 1 ? 'windows/s' : 'readings/s';
    const ratio = Math.round((windows / reference) * 100) / 100;
    const value = Math.round(windows * readings);
    return { name, value, unit, aim, reference: Math.round(reference), ratio };
  } finally {
    await oracle.stop();
  }
}
