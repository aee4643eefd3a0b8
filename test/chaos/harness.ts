import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SealedWindow } from '@truetonne/protocol';
import { startChain, roles, type TestChain } from '../../oracle/test/support/chain.ts';
import { createClient, type TestClient } from '../../oracle/test/support/client.ts';
import { createTestDevice } from '../../oracle/test/support/device.ts';
import { findFreePort } from '../../scripts/lib/ports.ts';
import { startPostgres, type PostgresCluster } from '../../oracle/test/support/postgres.ts';
import { startRabbitCluster } from '../../oracle/test/support/rabbitmq.ts';
import { startRpcProxy } from '../../oracle/test/support/rpcProxy.ts';
import { CONFIRMATIONS, runChain, type ChaosChain } from './chainFaults.ts';
import { killBrokers, type BrokerFaults } from './brokerFaults.ts';
import { createBrokerSender, type Brokers } from './brokerSender.ts';
import { createChaosDevice, postWindows, startFleet, type Fleet } from './fleet.ts';
import { bundleOracle } from './oracleBundle.ts';
import { startLife, untilReady, type Life } from './oracleProcess.ts';
import { startPostgresProxy, type PostgresProxy } from './postgresProxy.ts';
import type { Random } from './random.ts';

const CLAIMED_AT = Date.UTC(2016, 0, 2) / 1000;
const PROJECTS = 2;
const DEVICES = 4;
/** Servers of a RabbitMQ cluster: as many as it takes for one to be missed by nobody. */
const BROKERS = 3;
/** Blocks on top of the registrations: no reorganisation reaches them. */
const CALM_BLOCKS = 12;
const PATIENCE_MS = 180_000;

/** Everything around an oracle: database, chain, devices. The oracle itself comes and goes. */
export interface Harness {
  readonly postgres: PostgresCluster;
  readonly proxy: PostgresProxy;
  readonly chain: ChaosChain;
  readonly onChain: TestChain;
  readonly fleet: Fleet;
  /** `undefined` where devices send to the oracle's own broker. */
  readonly brokers: BrokerFaults | undefined;
  readonly projects: readonly number[];
  readonly client: TestClient;
  /** Starts an oracle; it may die at any time. */
  readonly live: () => Life;
  readonly untilReady: (life: Life) => Promise<boolean>;
  /** Asks for all that was sent so far to be batched; whether it was heard is not known. */
  readonly close: (projectId: number) => Promise<void>;
  /** Waits until nothing is under way. Throws what still is. */
  readonly rest: (life: Life) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startHarness(random: Random, withRabbit: boolean): Promise<Harness> {
  const folder = mkdtempSync(join(tmpdir(), 'tonne-chaos-'));
  const rabbit = withRabbit ? await startRabbitCluster(BROKERS) : undefined;
  const postgres = await startPostgres({ durable: true });
  const databaseUrl = await postgres.createDatabase();
  const proxy = await startPostgresProxy(databaseUrl);
  const onChain = await startChain();
  const url = `http://127.0.0.1:${rabbit?.oraclePort ?? (await findFreePort())}`;
  const ownBroker = await findFreePort();
  const ports = rabbit?.nodes.map(({ mqttPort }) => mqttPort) ?? [ownBroker];
  const brokers = { oracleUrl: url, domain: onChain.domain, ports };
  const { devices, projects } = await registerFleet(onChain, brokers, random);
  await onChain.request('anvil_mine', [`0x${CALM_BLOCKS.toString(16)}`]);
  await onChain.request('evm_setAutomine', [false]);
  const { rpcUrl } = onChain.deployment;
  const endpoints = [await startRpcProxy(rpcUrl), await startRpcProxy(rpcUrl)] as const;
  const chain = runChain(onChain, endpoints, random);
  const bundle = await bundleOracle(join(folder, 'bundle'));
  const env = settingsOf(folder, onChain, url, {
    ...bundle.env,
    DATABASE_URL: proxy.lead(databaseUrl),
    ORACLE_RPC_URL: endpoints.map((endpoint) => endpoint.url).join(','),
    PORT_MQTT: String(ownBroker),
    ...(rabbit !== undefined && { AMQP_URL: rabbit.nodes.map((node) => node.amqpUrl).join(',') }),
  });
  const client = createClient(url);
  const fleet = startFleet(devices, random);
  return {
    ...{ postgres, proxy, chain, onChain, fleet, projects, client },
    brokers: rabbit === undefined ? undefined : killBrokers(rabbit, random),
    live: () => startLife({ main: bundle.main, env }),
    untilReady: (life) => untilReady(url, life),
    async close(projectId) {
      const until = lastClosingOf(fleet, projectId);
      await client.postJson(`/v1/projects/${projectId}/close`, { until }).catch(() => undefined);
    },
    rest: (life) => rest(client, fleet, projects, life),
    async stop() {
      await chain.stop();
      for (const endpoint of endpoints) await endpoint.stop();
      await proxy.stop();
      await rabbit?.stop();
      await onChain.stop();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function settingsOf(
  folder: string,
  { deployment }: TestChain,
  url: string,
  more: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const book = join(folder, 'deployment.json');
  writeFileSync(book, JSON.stringify(deployment));
  return {
    PORT_ORACLE: new URL(url).port,
    ORACLE_DATA: join(folder, 'oracle'),
    TRUETONNE_DEPLOYMENT: book,
    ORACLE_ALLOW_CLOSE: '1',
    ORACLE_POLL_MS: '100',
    ORACLE_CONFIRMATIONS: String(CONFIRMATIONS),
    ORACLE_REPLACE_SECONDS: '2',
    ORACLE_DEVICE_WINDOWS: '0',
    ORACLE_OWNER_WINDOWS: '0',
    LOG_LEVEL: 'warn',
    ...more,
  };
}

/** Half of the devices send over HTTP, the others through a broker. */
async function registerFleet(chain: TestChain, brokers: Brokers, random: Random) {
  const projects: number[] = [];
  for (let count = 0; count < PROJECTS; count++) projects.push(await chain.addProject());
  const devices = [];
  for (let count = 0; count < DEVICES; count++) {
    const owner = roles.owner.address;
    const device = createTestDevice({ domain: chain.domain, claimedAt: CLAIMED_AT, owner });
    const projectId = projects[count % projects.length] ?? 1;
    await chain.claim(device);
    await chain.bind(device, projectId);
    const send =
      count < DEVICES / 2
        ? (windows: readonly SealedWindow[]) => postWindows(brokers.oracleUrl, windows)
        : createBrokerSender(device, brokers, random);
    devices.push(createChaosDevice(device, projectId, send));
  }
  return { devices, projects };
}

/** When the newest window of a project's devices closed, Unix seconds. */
function lastClosingOf({ devices }: Fleet, projectId: number): number {
  const closings = devices
    .filter((one) => one.projectId === projectId)
    .map(({ sealed }) => sealed.at(-1)?.closedAt ?? CLAIMED_AT);
  return Math.max(...closings);
}

/** Everything that was sent is judged, batched and final. */
async function rest(
  client: TestClient,
  fleet: Fleet,
  projects: readonly number[],
  life: Life,
): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const under = await findUnderWay(client, fleet, projects).catch((error: unknown) =>
      error instanceof Error ? error.message : String(error),
    );
    if (under === undefined) return;
    if (Date.now() > deadline || !life.isAlive())
      throw new Error(`no rest: ${under}\n${life.output()}`);
    await sleep(200);
  }
}

async function findUnderWay(
  client: TestClient,
  fleet: Fleet,
  projects: readonly number[],
): Promise<string | undefined> {
  for (const { device, sealed } of fleet.devices) {
    const { credited } = await client.device(device.deviceId);
    const last = sealed.length - 1;
    if (credited.sequence < last) {
      for (const projectId of projects) {
        const until = lastClosingOf(fleet, projectId);
        await client.postJson(`/v1/projects/${projectId}/close`, { until });
      }
      const next = await client.status(device.deviceId, credited.sequence + 1);
      const place = `${device.deviceId} is credited to ${credited.sequence} of ${last}`;
      return `${place}; the next window: ${JSON.stringify(next)}`;
    }
  }
  const { queued, refusedBatches } = await client.health();
  if (queued.batches > 0) return `${queued.batches} batches are on their way`;
  return refusedBatches.length > 0 ? JSON.stringify(refusedBatches) : undefined;
}
