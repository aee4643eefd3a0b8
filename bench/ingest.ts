/** How many windows a second the oracle takes over HTTP: parsed, verified, committed, acknowledged. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { concatBytes, domainOf, encodeWindow, type SealedWindow } from '@truetonne/protocol';
import { verifySignature } from '../oracle/src/ingest/signature.ts';
import { openStore } from '../oracle/src/store/open.ts';
import { saveBinding, saveDevice, saveProject } from '../oracle/src/store/registry.ts';
import { createTestDevice, type TestDevice } from '../oracle/test/device.ts';
import { startPostgres } from '../oracle/test/postgres.ts';
import { findFreePort } from '../oracle/test/ports.ts';
import type { BenchRow } from './row.ts';

const DEVICES = 32;
const WINDOWS_PER_DEVICE = 1_000;
const WINDOWS_PER_REQUEST = 100;
const CONNECTIONS = 8;
/** Requests before the clock starts: they warm up the compiler and the database. */
const WARM_REQUESTS = 40;
const REFERENCE_MS = 1_500;
const CLAIMED_AT = 1_700_000_000;
const MAIN = join(import.meta.dirname, '../oracle/src/main.ts');

interface Load {
  readonly devices: readonly TestDevice[];
  readonly windows: readonly SealedWindow[];
  readonly deployment: string;
}

/**
 * `ingest.http.*`: batches of 100 over several connections, on PostgreSQL that flushes and on PGlite.
 * The reference is bare node:crypto verification of the same windows, on all cores, in the same run;
 * half of that is the aim on PostgreSQL.
 */
export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tonne-bench-'));
  const cluster = await startPostgres({ durable: true });
  try {
    const load = prepareLoad(folder);
    const url = await cluster.createDatabase();
    const postgres = await measure(load, join(folder, 'postgres'), url);
    const pglite = await measure(load, join(folder, 'embedded'), undefined);
    return [
      { name: 'ingest.http.postgres', aim: 'ratio >= 0.5', ...postgres },
      { name: 'ingest.http.pglite', aim: 'none', ...pglite },
    ];
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function prepareLoad(folder: string): Load {
  const registry = `0x${'ab'.repeat(20)}` as const;
  const domain = domainOf(31_337, registry);
  const devices = Array.from({ length: DEVICES }, () =>
    createTestDevice({ domain, claimedAt: CLAIMED_AT }),
  );
  // Time runs in all devices at once, as in a fleet.
  const windows = Array.from({ length: WINDOWS_PER_DEVICE }, () =>
    devices.map((device) => device.seal({ seconds: 60, exportWh: 50n })),
  ).flat();
  const deployment = join(folder, 'deployment.json');
  const book = { network: 'local', chainId: 31_337, rpcUrl: 'http://127.0.0.1:9', registry };
  writeFileSync(deployment, JSON.stringify({ ...book, deployedAtBlock: 0 }));
  return { devices, windows, deployment };
}

async function measure(
  load: Load,
  dataFolder: string,
  databaseUrl: string | undefined,
): Promise<Pick<BenchRow, 'value' | 'unit' | 'reference' | 'ratio'>> {
  await register(load.devices, { dataFolder, databaseUrl });
  const oracle = await startOracleProcess(load.deployment, dataFolder, databaseUrl);
  try {
    const bodies = bodiesOf(load.windows);
    await post(oracle.url, bodies.slice(0, WARM_REQUESTS));
    const before = await measureVerification(load);
    const started = performance.now();
    await post(oracle.url, bodies.slice(WARM_REQUESTS));
    const seconds = (performance.now() - started) / 1000;
    const after = await measureVerification(load);
    const value = ((bodies.length - WARM_REQUESTS) * WINDOWS_PER_REQUEST) / seconds;
    const reference = (before + after) / 2;
    const ratio = Math.round((value / reference) * 100) / 100;
    return { value: Math.round(value), unit: 'windows/s', reference: Math.round(reference), ratio };
  } finally {
    await oracle.stop();
  }
}

/** Devices as the chain would have registered them; no chain takes part in the measurement. */
async function register(
  devices: readonly TestDevice[],
  store: { readonly dataFolder: string; readonly databaseUrl: string | undefined },
): Promise<void> {
  const database = await openStore(store, () => undefined);
  const owner = `0x${'01'.repeat(20)}` as const;
  await saveProject(database, {
    ...{ id: 1, owner, name: 'Bench', country: 'US', latitudeE6: 0, longitudeE6: 0 },
    ...{ utcOffsetMinutes: 0, capacityW: 1_000_000n, methodologyId: 1 },
    ...{ creditingFrom: CLAIMED_AT, creditingUntil: 2 * CLAIMED_AT },
  });
  for (const { deviceId, publicKey, claimHash } of devices) {
    const registers = { exportWh: 0n, importWh: 0n };
    await saveDevice(database, {
      ...{ deviceId, owner, publicKey, claimHash, claimedAt: CLAIMED_AT },
      ...registers,
    });
    await saveBinding(database, deviceId, { projectId: 1, capacityW: 6_000n });
  }
  await database.close();
}

async function startOracleProcess(
  deployment: string,
  dataFolder: string,
  databaseUrl: string | undefined,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const port = await findFreePort();
  const env = {
    ...process.env,
    PORT_ORACLE: String(port),
    ORACLE_DATA: dataFolder,
    TRUETONNE_DEPLOYMENT: deployment,
    LOG_LEVEL: 'error',
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
  };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  await waitUntilReady(url, child);
  return { url, stop: () => end(child) };
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600 && child.exitCode === null; tries++) {
    const ready = await fetch(`${url}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await sleep(100);
  }
  throw new Error('the oracle did not start');
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

function bodiesOf(windows: readonly SealedWindow[]): readonly Uint8Array[] {
  const bodies: Uint8Array[] = [];
  for (let start = 0; start < windows.length; start += WINDOWS_PER_REQUEST) {
    bodies.push(concatBytes(windows.slice(start, start + WINDOWS_PER_REQUEST).map(encodeWindow)));
  }
  return bodies;
}

/** Posts all bodies over kept connections, each with one request at a time. */
async function post(url: string, bodies: readonly Uint8Array[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      await postOne(agent, url, body);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  agent.destroy();
}

function postOne(agent: Agent, url: string, body: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/octet-stream', 'content-length': body.length };
    const sent = request(`${url}/v1/windows`, { agent, method: 'POST', headers }, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`HTTP ${response.statusCode ?? 0}`));
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** Verifications a second with nothing else to do, as many at a time as there are cores. */
async function measureVerification({ devices, windows }: Load): Promise<number> {
  const keys = new Map(devices.map(({ deviceId, publicKey }) => [deviceId, importKey(publicKey)]));
  const deadline = performance.now() + REFERENCE_MS;
  const started = performance.now();
  let verified = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < deadline) {
      const window = windows[verified++ % windows.length];
      const key = window && keys.get(window.header.deviceId);
      if (window === undefined || key === undefined) throw new Error('no window');
      if (!(await verifySignature(key, window.headerBytes, window.signature)))
        throw new Error('a signature is wrong');
    }
  };
  await Promise.all(Array.from({ length: 4 * availableParallelism() }, worker));
  return (verified / (performance.now() - started)) * 1000;
}

function importKey(publicKey: Uint8Array): KeyObject {
  const point = Buffer.from(publicKey);
  return createPublicKey({
    key: {
      ...{ kty: 'EC', crv: 'P-256' },
      x: point.subarray(0, 32).toString('base64url'),
      y: point.subarray(32).toString('base64url'),
    },
    format: 'jwk',
  });
}
