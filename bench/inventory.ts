/** An organisation's inventory over HTTP on PostgreSQL: `accounting.import`, `accounting.inventory`, `api.*`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { planContracts } from '@truetonne/protocol';
import { createOrganisation, signInAs, type Person } from '../oracle/test/support/people.ts';
import { startPostgres } from '../oracle/test/support/postgres.ts';
import { APP_ORIGIN } from '../oracle/test/support/service.ts';
import { openViewer } from '../oracle/test/support/viewer.ts';
import { startOracleProcess, type OracleProcess } from './ingest/oracle.ts';
import { csvOf, fieldOf, importCsv, type Books } from './inventory/books.ts';
import type { BenchRow } from './row.ts';

const IMPORT_ROWS = 100_000;
const SHORT_FILES = 4;
const LONG_ROWS = SHORT_FILES * IMPORT_ROWS;
/** A million take some minutes to load; the least is what imports are measured with: BENCH_ACTIVITIES=800000. */
const ACTIVITIES = Number(process.env['BENCH_ACTIVITIES'] ?? '1000000');
const CHANGES = 40;
const RATE = 200;
const SECONDS = 10;
const VIEWERS = 1_000;
const NEWS = 20;
const REGISTRY = `0x${'ab'.repeat(20)}` as const;

export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tonne-inventory-'));
  const cluster = await startPostgres({ durable: true });
  try {
    const deployment = join(folder, 'deployment.json');
    const book = { network: 'local', chainId: 31_337, rpcUrl: 'http://127.0.0.1:9' };
    // Nobody asks the chain here.
    const nobody = { deployer: REGISTRY, firstNonce: 0, admin: REGISTRY, noticeS: 0 };
    const addresses = planContracts(nobody).at;
    writeFileSync(deployment, JSON.stringify({ ...book, ...addresses, deployedAtBlock: 0 }));
    const place = {
      dataFolder: join(folder, 'oracle'),
      databaseUrl: await cluster.createDatabase(),
    };
    const oracle = await startOracleProcess(deployment, place, {
      ...{ ORACLE_REQUESTS_PER_MINUTE: '100000000', ORACLE_APP_ORIGINS: APP_ORIGIN },
    });
    try {
      return await measureAll(oracle);
    } finally {
      await oracle.stop();
    }
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureAll(oracle: OracleProcess): Promise<BenchRow[]> {
  const owner = await signInAs(oracle.url);
  const organisation = await createOrganisation(owner);
  const books = {
    oracle,
    owner,
    organisation,
    workspaceId: await findWorkspace(owner, organisation),
  };
  const rows = await measureImport(books);
  for (let from = 2 * LONG_ROWS; from < ACTIVITIES; from += IMPORT_ROWS) {
    await importCsv(books, csvOf(IMPORT_ROWS, from));
    console.error(`${from + IMPORT_ROWS} activities are loaded`);
  }
  rows.push(await measureInventory(books));
  rows.push(await measureReads(books));
  rows.push(await measureLive(books));
  return rows;
}

async function findWorkspace(owner: Person, organisation: string): Promise<string> {
  const { body } = await owner.ask(`/v1/workspaces?organisation=${organisation}`);
  return String(fieldOf(fieldOf(fieldOf(body, 'workspaces'), '0'), 'id'));
}

/**
 * From the first byte of the file to the last row that is stored. Memory is flat when a long file needs no more
 * than as many rows in short ones: garbage fills the same room meanwhile, so what differs is what is held.
 */
async function measureImport(books: Books): Promise<BenchRow[]> {
  // Factors are loaded with the first activity.
  await importCsv(books, csvOf(10, ACTIVITIES + 2 * LONG_ROWS));
  const before = books.oracle.memoryMb();
  let [seconds, shortMb] = [0, 0];
  for (let from = 0; from < LONG_ROWS; from += IMPORT_ROWS) {
    const short = await watchImport(books, csvOf(IMPORT_ROWS, from));
    seconds += short.seconds;
    shortMb = Math.max(shortMb, short.peakMb);
  }
  const { peakMb } = await watchImport(books, csvOf(LONG_ROWS, LONG_ROWS));
  const reference = `${before} MB before, at most ${shortMb} with ${SHORT_FILES} files of ${IMPORT_ROWS} rows, ${peakMb} with one of ${LONG_ROWS}`;
  const grown = peakMb - shortMb;
  return [
    { name: 'accounting.import', value: round(seconds / SHORT_FILES), unit: 's', aim: 15 },
    { name: 'accounting.import.memory', value: grown, unit: 'MB', aim: 'flat', reference },
  ];
}

async function watchImport(books: Books, csv: string) {
  let peakMb = 0;
  const watching = setInterval(() => (peakMb = Math.max(peakMb, books.oracle.memoryMb())), 50);
  const started = performance.now();
  await importCsv(books, csv);
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watching);
  return { seconds, peakMb };
}

/** The inventory by category and month, asked for right after the write that changed it. */
async function measureInventory(books: Books): Promise<BenchRow> {
  const times: number[] = [];
  const path = `/v1/inventory?organisation=${books.organisation}&from=2024-01&until=2024-12&by=category&monthly=true`;
  for (let change = 0; change < CHANGES; change++) {
    await logActivity(books, change);
    const started = performance.now();
    await books.owner.ask(path);
    times.push(performance.now() - started);
  }
  return {
    name: 'accounting.inventory',
    value: p95(times),
    unit: 'ms',
    aim: 150,
    reference: ACTIVITIES,
  };
}

/** Requests that begin at a steady rate, whether those before have been answered or not. */
async function measureReads({ owner, organisation }: Books): Promise<BenchRow> {
  const query = `organisation=${organisation}`;
  const paths = [
    `/v1/inventory?${query}&from=2024-01&until=2024-12&by=site,gas`,
    `/v1/activities?${query}&limit=20`,
    `/v1/activities?${query}&limit=20&scope=1&category=stationary`,
    `/v1/organisation?${query}`,
    `/v1/members?${query}`,
  ];
  const times: number[] = [];
  const asked: Promise<void>[] = [];
  for (let index = 0; index < RATE * SECONDS; index++) {
    const started = performance.now();
    const path = paths[index % paths.length] ?? '';
    asked.push(owner.ask(path).then(() => void times.push(performance.now() - started)));
    await sleep(1000 / RATE);
  }
  await Promise.all(asked);
  return { name: 'api.p95', value: p95(times), unit: 'ms', aim: 20, reference: `${RATE}/s` };
}

/** From a write's answer to the new total at each of the viewers. */
async function measureLive(books: Books): Promise<BenchRow> {
  const { oracle, owner, organisation } = books;
  const url = `${oracle.url.replace('http', 'ws')}/v1/live/inventory?organisation=${organisation}&from=2024-01&until=2024-12`;
  const lags: number[] = [];
  let wroteAt = 0;
  const headers = { cookie: owner.cookie, origin: APP_ORIGIN };
  const closers = await Promise.all(
    Array.from({ length: VIEWERS }, () =>
      openViewer(url, headers, () => void lags.push(performance.now() - wroteAt)),
    ),
  );
  for (let news = 0; news < NEWS; news++) {
    await logActivity(books, CHANGES + news);
    wroteAt = performance.now();
    await sleep(1_000);
  }
  for (const close of closers) close();
  return { name: 'api.live', value: p95(lags), unit: 'ms', aim: 'report', reference: VIEWERS };
}

async function logActivity(
  { owner, organisation, workspaceId }: Books,
  index: number,
): Promise<void> {
  const answer = await owner.ask(`/v1/activities?organisation=${organisation}`, {
    method: 'POST',
    body: {
      ...{ workspaceId, method: 'reported', category: '15', date: '2024-06-30' },
      items: [
        {
          inputs: { total: { value: String(index + 1), unit: 'kg' } },
          factor: { kind: 'reported', gwpSet: 'AR6', source: 'report' },
        },
      ],
    },
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
}

function p95(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return round(sorted[Math.floor(sorted.length * 0.95)] ?? NaN);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
