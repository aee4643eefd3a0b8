/** Latency and memory of the HTTP path, and the way through RabbitMQ. */
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeWindow } from '@truetonne/protocol';
import { askForAccess, connectDevice } from '../../oracle/test/support/mqtt.ts';
import type { PostgresCluster } from '../../oracle/test/support/postgres.ts';
import { startRabbitMq } from '../../oracle/test/support/rabbitmq.ts';
import type { BenchRow } from '../row.ts';
import { bodiesOf, DOMAIN, prepareLoad, register } from './load.ts';
import { post, postOne, startOracleProcess } from './oracle.ts';

const DEVICES = 32;
const CONNECTIONS = 8;
/** Time over which single windows are posted at half of the highest rate. */
const LATENCY_SECONDS = 6;
const MEMORY_READINGS = 10_000_000;
const READINGS_PER_WINDOW = 256;

/** p95 of a single-window POST while such posts come at half the rate that the oracle can take. */
export async function latencyRow(folder: string, cluster: PostgresCluster): Promise<BenchRow> {
  const name = 'ingest.http.p95';
  const load = prepareLoad(folder, { devices: DEVICES, windows: 400, readings: 1 });
  const store = { dataFolder: join(folder, name), databaseUrl: await cluster.createDatabase() };
  await register(load.devices, store);
  const oracle = await startOracleProcess(load.deployment, store);
  try {
    const bodies = bodiesOf(load.windows, 1);
    const first = bodies.slice(0, bodies.length / 4);
    await post(oracle.url, first.slice(0, 500), 2 * CONNECTIONS);
    const started = performance.now();
    await post(oracle.url, first.slice(500), 2 * CONNECTIONS);
    const most = (first.length - 500) / ((performance.now() - started) / 1000);
    const times = await postAtRate(oracle.url, bodies.slice(first.length), most / 2);
    const reference = `${Math.round(most / 2)} POSTs/s, half of the most`;
    return { name, value: percentile(times, 0.95), unit: 'ms', aim: 20, reference };
  } finally {
    await oracle.stop();
  }
}

/** Each post begins at its time, however long those before it take. */
async function postAtRate(
  url: string,
  bodies: readonly Uint8Array[],
  rate: number,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  const posts: Promise<unknown>[] = [];
  const started = performance.now();
  for (const [index, body] of bodies.slice(0, Math.floor(rate * LATENCY_SECONDS)).entries()) {
    const due = started + (1000 * index) / rate;
    if (due > performance.now()) await sleep(due - performance.now());
    posts.push(postOne(agent, url, body).then(() => times.push(performance.now() - due)));
  }
  await Promise.all(posts);
  agent.destroy();
  return times;
}

/** How much more memory the oracle has after ten million readings than after the first tenth of them. */
export async function memoryRow(folder: string, cluster: PostgresCluster): Promise<BenchRow> {
  const name = 'ingest.memory';
  const windows = Math.ceil(MEMORY_READINGS / READINGS_PER_WINDOW / DEVICES / 10);
  const part = { devices: DEVICES, windows, readings: READINGS_PER_WINDOW };
  const store = { dataFolder: join(folder, name), databaseUrl: await cluster.createDatabase() };
  // A tenth at a time is in the memory of the sender; devices go on where they ended.
  const first = prepareLoad(folder, part);
  await register(first.devices, store);
  const oracle = await startOracleProcess(first.deployment, store);
  const sizes: number[] = [];
  try {
    await post(oracle.url, bodiesOf(first.windows, 20), CONNECTIONS);
    sizes.push(oracle.memoryMb());
    for (let round = 1; round < 10; round++) {
      const next = Array.from({ length: windows }, () =>
        first.devices.map((device) =>
          device.seal({ seconds: 60 * READINGS_PER_WINDOW, count: READINGS_PER_WINDOW }),
        ),
      ).flat();
      await post(oracle.url, bodiesOf(next, 20), CONNECTIONS);
      sizes.push(oracle.memoryMb());
    }
  } finally {
    await oracle.stop();
  }
  const [begin = 0, end = 0] = [sizes[0], sizes.at(-1)];
  const reference = `${begin} MB after a tenth; ${sizes.join(', ')}`;
  return { name, value: end - begin, unit: 'MB', aim: 'flat', reference };
}

/** Windows a second from devices through RabbitMQ to the store, and p95 of their PUBACKs beside it. */
export async function rabbitMqRow(folder: string, cluster: PostgresCluster): Promise<BenchRow> {
  const name = 'ingest.mqtt.rabbitmq';
  const rabbit = await startRabbitMq();
  const load = prepareLoad(folder, { devices: DEVICES, windows: 200, readings: 1 });
  const store = { dataFolder: join(folder, name), databaseUrl: await cluster.createDatabase() };
  await register(load.devices, store);
  const oracle = await startOracleProcess(load.deployment, store, {
    ...{ AMQP_URL: rabbit.amqpUrl, PORT_ORACLE: String(rabbit.oraclePort) },
  });
  try {
    await sleep(2_000);
    const accesses = await Promise.all(
      load.devices.map((device) => askForAccess(oracle.url, device, DOMAIN)),
    );
    const connections = await Promise.all(
      accesses.map((access) => connectDevice(rabbit.mqttPort, access)),
    );
    const times: number[] = [];
    const started = performance.now();
    await Promise.all(
      connections.map(async (connection, index) => {
        const { deviceId } = load.devices[index] ?? {};
        const own = load.windows.filter(({ header }) => header.deviceId === deviceId);
        for (const window of own) {
          const sent = performance.now();
          await connection.publish(encodeWindow(window));
          times.push(performance.now() - sent);
        }
      }),
    );
    await untilStored(oracle.url, load.windows.length);
    const value = Math.round(load.windows.length / ((performance.now() - started) / 1000));
    await Promise.all(connections.map(({ close }) => close()));
    const reference = `PUBACK p95 ${percentile(times, 0.95)} ms, one message at a time per device`;
    return { name, value, unit: 'windows/s', aim: 'none', reference };
  } finally {
    await oracle.stop();
    await rabbit.stop();
  }
}

async function untilStored(url: string, windows: number): Promise<void> {
  const pattern = /truetonne_windows_accepted_total\{transport="amqp"\} (\d+)/;
  for (;;) {
    const text = await (await fetch(`${url}/metrics`)).text();
    if (Number(pattern.exec(text)?.[1] ?? 0) >= windows) return;
    await sleep(20);
  }
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length * part)] ?? Number.NaN) * 10) / 10;
}
