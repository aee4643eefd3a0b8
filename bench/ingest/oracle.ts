/** An oracle in a process of its own, and requests to it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../scripts/lib/ports.ts';
import type { Store } from './load.ts';

const MAIN = join(import.meta.dirname, '../../oracle/src/main.ts');

export interface OracleProcess {
  readonly url: string;
  /** Memory of the process, MB. */
  readonly memoryMb: () => number;
  readonly stop: () => Promise<void>;
}

export async function startOracleProcess(
  deployment: string,
  { dataFolder, databaseUrl }: Store,
  more: Readonly<Record<string, string>> = {},
): Promise<OracleProcess> {
  const port = more['PORT_ORACLE'] ?? String(await findFreePort());
  const env = {
    ...process.env,
    ...{ PORT_ORACLE: port, PORT_MQTT: '0', ORACLE_DATA: dataFolder },
    ...{ TRUETONNE_DEPLOYMENT: deployment, LOG_LEVEL: 'error' },
    // A few devices send here what thousands would.
    ...{ ORACLE_DEVICE_WINDOWS: '0', ORACLE_OWNER_WINDOWS: '0' },
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    ...more,
  };
  const options = (process.env['BENCH_NODE_OPTIONS'] ?? '').split(' ').filter(Boolean);
  const child = spawn(process.execPath, [...options, MAIN], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await waitUntilReady(url, child);
  return { url, memoryMb: () => memoryOf(child), stop: () => end(child) };
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

function memoryOf({ pid = 0 }: ChildProcess): number {
  const [, kilobytes = '0'] =
    /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

/** Posts all bodies over kept connections, each with one request at a time. */
export async function post(
  url: string,
  bodies: readonly Uint8Array[],
  connections: number,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      await postOne(agent, url, body);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  agent.destroy();
}

export function postOne(agent: Agent, url: string, body: Uint8Array): Promise<void> {
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
