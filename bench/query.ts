/** How quickly a loaded fleet-year answers over HTTP: `query.*`, p95 in milliseconds. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { domainOf, planContracts, type Hex } from '@truetonne/protocol';
import { openStore } from '../oracle/src/store/database/open.ts';
import { saveSetting } from '../oracle/src/store/settings.ts';
import { startPostgres } from '../oracle/test/support/postgres.ts';
import { loadFleetYear } from '../scripts/lib/fleetYear.ts';
import { startOracleProcess } from './ingest/oracle.ts';
import type { BenchRow } from './row.ts';

/** 1,000 devices are 35 million readings and take some ten minutes to load. */
const DEVICES = Number(process.env['FLEET_DEVICES'] ?? '1000');
const DAYS = 365;
const STARTS_AT = Date.UTC(2025, 0, 1) / 1000;
const REGISTRY = `0x${'ab'.repeat(20)}` as const;
const QUERIES = 200;
const WARM_QUERIES = 20;

export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tonne-query-'));
  const cluster = await startPostgres({ durable: true });
  try {
    const databaseUrl = await cluster.createDatabase();
    const place = { dataFolder: join(folder, 'oracle'), databaseUrl };
    const domain = domainOf(31_337, REGISTRY);
    const deviceIds = await load(place, domain);
    const deployment = join(folder, 'deployment.json');
    const book = { network: 'local', chainId: 31_337, rpcUrl: 'http://127.0.0.1:9' };
    // Nobody asks the chain here.
    const nobody = { deployer: REGISTRY, firstNonce: 0, admin: REGISTRY, noticeS: 0 };
    const addresses = planContracts(nobody).at;
    writeFileSync(
      deployment,
      JSON.stringify({ ...book, ...addresses, registry: REGISTRY, deployedAtBlock: 0 }),
    );
    const oracle = await startOracleProcess(deployment, place);
    try {
      return await measureAll(oracle.url, deviceIds);
    } finally {
      await oracle.stop();
    }
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function load(
  place: { readonly dataFolder: string; readonly databaseUrl: string },
  domain: Hex,
): Promise<readonly Hex[]> {
  const database = await openStore(place, () => undefined);
  await saveSetting(database, 'domain', domain);
  const year = { devices: DEVICES, days: DAYS, startsAt: STARTS_AT, domain };
  const loaded = await loadFleetYear(database, year, () => undefined);
  await database.run('ANALYZE', []);
  await database.close();
  console.error(
    `loaded ${loaded.readings} readings of ${DEVICES} devices in ${Math.round(loaded.seconds)} s`,
  );
  return loaded.deviceIds;
}

async function measureAll(url: string, deviceIds: readonly Hex[]): Promise<BenchRow[]> {
  const month = (index: number): string => {
    const from = Date.UTC(2025, index % 12, 1) / 1000;
    return `from=${from}&to=${Date.UTC(2025, (index % 12) + 1, 1) / 1000}`;
  };
  const deviceAt = (index: number): string => deviceIds[(index * 37) % deviceIds.length] ?? '';
  const year = `from=${STARTS_AT}&to=${STARTS_AT + DAYS * 86_400}`;
  const readings = await p95Of(
    url,
    (index) => `/v1/devices/${deviceAt(index)}/readings?limit=5000&${month(index)}`,
  );
  const hours = await p95Of(
    url,
    (index) => `/v1/devices/${deviceAt(index)}/energy?bucket=hour&${month(index)}`,
  );
  const days = await p95Of(url, () => `/v1/projects/1/energy?bucket=day&${year}`);
  const what = `${DEVICES} devices, ${DEVICES * DAYS * 96} readings`;
  return [
    { name: 'query.device-month', value: readings, unit: 'ms', aim: 50, reference: what },
    { name: 'query.device-month.hours', value: hours, unit: 'ms', aim: 50, reference: what },
    { name: 'query.project-year', value: days, unit: 'ms', aim: 150, reference: what },
  ];
}

/** The time that 95 of 100 queries stay below, one after the other. */
async function p95Of(url: string, pathOf: (index: number) => string): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < WARM_QUERIES + QUERIES; index++) {
    const started = performance.now();
    const response = await fetch(`${url}${pathOf(index)}`);
    const body = await response.text();
    if (response.status !== 200) throw new Error(`${response.status}: ${body.slice(0, 200)}`);
    if (index >= WARM_QUERIES) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return Math.round((times[Math.floor(times.length * 0.95)] ?? 0) * 10) / 10;
}
