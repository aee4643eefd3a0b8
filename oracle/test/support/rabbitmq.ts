import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { connect } from 'amqplib';
import { findFreePort } from '../../../scripts/lib/ports.ts';

/** A RabbitMQ server of this process's own, with the MQTT plugin, in a temporary folder. */
export interface RabbitMq {
  readonly amqpUrl: string;
  readonly mqttPort: number;
  /** Port on which the server asks an oracle about devices. */
  readonly oraclePort: number;
  /** Ends it at once, as a power cut would, and starts it again on its data. */
  readonly restart: () => Promise<void>;
  /** Runs `rabbitmqctl`; answers what it prints. */
  readonly control: RabbitNode['control'];
  readonly stop: () => Promise<void>;
}

/** One of several servers that keep the same queues. */
export interface RabbitNode {
  readonly amqpUrl: string;
  readonly mqttPort: number;
  /** Ends it at once, as a power cut would. */
  readonly kill: () => Promise<void>;
  /** Starts it on its data; returns when it answers. One that does not answer in time is ended. */
  readonly start: (patienceMs?: number) => Promise<void>;
  readonly control: (...args: readonly string[]) => Promise<string>;
}

export interface RabbitCluster {
  readonly nodes: readonly RabbitNode[];
  /** Port on which the servers ask an oracle about devices. */
  readonly oraclePort: number;
  readonly stop: () => Promise<void>;
}

interface Ports {
  readonly amqp: number;
  readonly mqtt: number;
  readonly distribution: number;
}

type Environment = Readonly<Record<string, string>>;

const run = promisify(execFile);

const PATIENCE_MS = 90_000;
/** After so long RabbitMQ tries to hand on anew what it could not; three minutes unless it is told. */
const DEAD_LETTER_MS = 1_000;
const READ_ONLY = 0o400;

/**
 * Starts RabbitMQ on free ports, as an ordinary process with a name, cookie and folder of its own.
 *
 * @throws Error that says what to install when there is no RabbitMQ on this machine
 */
export async function startRabbitMq(): Promise<RabbitMq> {
  const { nodes, oraclePort, stop } = await startRabbitCluster(1);
  const [node] = nodes;
  if (node === undefined) throw new Error('no node');
  return {
    ...{ amqpUrl: node.amqpUrl, mqttPort: node.mqttPort, oraclePort, stop },
    control: node.control,
    async restart() {
      await node.kill();
      await node.start();
    },
  };
}

/** Starts so many servers that find each other and keep their queues together. */
export async function startRabbitCluster(count: number): Promise<RabbitCluster> {
  const [server] = globSync('/usr/lib/rabbitmq/bin/rabbitmq-server');
  if (server === undefined) {
    throw new Error('No RabbitMQ on this machine (Debian: apt-get install rabbitmq-server).');
  }
  const folder = mkdtempSync(join(tmpdir(), 'tonne-rabbitmq-'));
  // Made before the servers start: each would make its own otherwise, and they would not talk.
  writeFileSync(join(folder, '.erlang.cookie'), randomUUID(), { mode: READ_ONLY });
  const [oraclePort, names] = await Promise.all([findFreePort(), findFreePort()]);
  const ports = await Promise.all(Array.from({ length: count }, findPorts));
  const shared = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    ERL_EPMD_PORT: String(names),
    ERL_EPMD_ADDRESS: '127.0.0.1',
  };
  // Erlang's name server, as a child of this process: left to itself it would stay behind.
  const address = ['-port', String(names), '-address', '127.0.0.1'];
  const nameServer = spawn('epmd', address, { env: shared, stdio: 'ignore' });
  const others = ports.map(nameOf);
  const nodes = ports.map((own) => {
    const env = prepareNode(folder, own, { oraclePort, others });
    return createNode(server, { ...shared, ...env }, own);
  });
  // Together: those of a cluster wait for each other.
  await Promise.all(nodes.map((node) => node.start()));
  return {
    nodes,
    oraclePort,
    async stop() {
      await Promise.all(nodes.map((node) => node.kill()));
      nameServer.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function findPorts(): Promise<Ports> {
  const [amqp, mqtt, distribution] = await Promise.all([
    findFreePort(),
    findFreePort(),
    findFreePort(),
  ]);
  return { amqp, mqtt, distribution };
}

function nameOf({ amqp }: Ports): string {
  return `tonne${amqp}@localhost`;
}

function createNode(server: string, env: Environment, { amqp, mqtt }: Ports): RabbitNode {
  const amqpUrl = `amqp://guest:guest@127.0.0.1:${amqp}`;
  let child: ChildProcess | undefined;
  return {
    amqpUrl,
    mqttPort: mqtt,
    async kill() {
      if (child !== undefined) await end(child);
    },
    async start(patienceMs = PATIENCE_MS) {
      child = await start({ server, env, amqpUrl, patienceMs });
    },
    async control(...args) {
      const { stdout } = await run(join(dirname(server), 'rabbitmqctl'), args, { env });
      return stdout;
    },
  };
}

/** Folder and settings of a node; answers its part of the environment. */
function prepareNode(
  cluster: string,
  { amqp, mqtt, distribution }: Ports,
  { oraclePort, others }: { readonly oraclePort: number; readonly others: readonly string[] },
): Environment {
  const folder = join(cluster, String(amqp));
  mkdirSync(folder);
  const ask = `http://127.0.0.1:${oraclePort}/internal/broker`;
  const settings = {
    'listeners.tcp.1': `127.0.0.1:${amqp}`,
    'mqtt.listeners.tcp.1': `127.0.0.1:${mqtt}`,
    'mqtt.allow_anonymous': 'false',
    'mqtt.exchange': 'amq.topic',
    'auth_backends.1': 'internal',
    'auth_backends.2': 'cache',
    'auth_cache.cached_backend': 'http',
    'auth_cache.cache_ttl': '60000',
    'auth_http.http_method': 'post',
    'auth_http.user_path': `${ask}/user`,
    'auth_http.vhost_path': `${ask}/vhost`,
    'auth_http.resource_path': `${ask}/resource`,
    'auth_http.topic_path': `${ask}/topic`,
    ...(others.length > 1 && clusterSettings(others)),
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
  writeFileSync(join(folder, 'rabbitmq.conf'), lines.join(''));
  const plugins = ['rabbitmq_mqtt', 'rabbitmq_auth_backend_http', 'rabbitmq_auth_backend_cache'];
  writeFileSync(join(folder, 'enabled_plugins'), `[${plugins.join(',')}].\n`);
  const advanced = `[{rabbit, [{dead_letter_worker_publisher_confirm_timeout, ${DEAD_LETTER_MS}}]}].\n`;
  writeFileSync(join(folder, 'advanced.config'), advanced);
  return {
    RABBITMQ_NODENAME: `tonne${amqp}@localhost`,
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, 'advanced.config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_PID_FILE: join(folder, 'pid'),
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(amqp),
    RABBITMQ_DIST_PORT: String(distribution),
  };
}

/** Nodes that know each other; the smaller part of a cluster that broke in two pauses. */
function clusterSettings(names: readonly string[]): Environment {
  return {
    'cluster_formation.peer_discovery_backend': 'classic_config',
    ...Object.fromEntries(
      names.map((name, index) => [`cluster_formation.classic_config.nodes.${index + 1}`, name]),
    ),
    cluster_partition_handling: 'pause_minority',
  };
}

interface Start {
  readonly server: string;
  readonly env: Environment;
  readonly amqpUrl: string;
  readonly patienceMs: number;
}

/** Returns when the server answers. Its script runs Erlang in its own process group, ended as one. */
async function start({ server, env, amqpUrl, patienceMs }: Start): Promise<ChildProcess> {
  const child = spawn(server, [], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000)));
  }
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline && child.exitCode === null) {
    if (output.includes('completed with') && (await answers(amqpUrl))) return child;
    await sleep(200);
  }
  await end(child);
  throw new Error(`RabbitMQ did not start: ${output}`);
}

async function answers(amqpUrl: string): Promise<boolean> {
  try {
    const connection = await connect(amqpUrl);
    await connection.close();
    return true;
  } catch {
    return false;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}
