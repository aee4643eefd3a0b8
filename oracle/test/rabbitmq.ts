import { spawn, type ChildProcess } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'amqplib';
import { findFreePort } from './ports.ts';

/** A RabbitMQ server of this process's own, with the MQTT plugin, in a temporary folder. */
export interface RabbitMq {
  readonly amqpUrl: string;
  readonly mqttPort: number;
  /** Port on which the server asks an oracle about devices. */
  readonly oraclePort: number;
  /** Ends it at once, as a power cut would, and starts it again on its data. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const PATIENCE_MS = 90_000;

/**
 * Starts RabbitMQ on free ports, as an ordinary process with a name, cookie and folder of its own.
 *
 * @throws Error that says what to install when there is no RabbitMQ on this machine
 */
export async function startRabbitMq(): Promise<RabbitMq> {
  const [server] = globSync('/usr/lib/rabbitmq/bin/rabbitmq-server');
  if (server === undefined) {
    throw new Error('No RabbitMQ on this machine (Debian: apt-get install rabbitmq-server).');
  }
  const folder = mkdtempSync(join(tmpdir(), 'tonne-rabbitmq-'));
  const [amqp, mqtt, oraclePort, distribution, names] = await Promise.all([
    findFreePort(),
    findFreePort(),
    findFreePort(),
    findFreePort(),
    findFreePort(),
  ]);
  writeConfiguration(folder, amqp, mqtt, oraclePort);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    RABBITMQ_NODENAME: `tonne${amqp}@localhost`,
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_PID_FILE: join(folder, 'pid'),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(amqp),
    RABBITMQ_DIST_PORT: String(distribution),
    ERL_EPMD_PORT: String(names),
    ERL_EPMD_ADDRESS: '127.0.0.1',
  };
  const amqpUrl = `amqp://guest:guest@127.0.0.1:${amqp}`;
  // Erlang's name server, as a child of this process: left to itself it would stay behind.
  const address = ['-port', String(names), '-address', '127.0.0.1'];
  const nameServer = spawn('epmd', address, { env, stdio: 'ignore' });
  let child = await start(server, env, amqpUrl);
  return {
    amqpUrl,
    mqttPort: mqtt,
    oraclePort,
    async restart() {
      await end(child);
      child = await start(server, env, amqpUrl);
    },
    async stop() {
      await end(child);
      nameServer.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeConfiguration(folder: string, amqp: number, mqtt: number, oracle: number): void {
  const ask = `http://127.0.0.1:${oracle}/internal/broker`;
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
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
  writeFileSync(join(folder, 'rabbitmq.conf'), lines.join(''));
  const plugins = ['rabbitmq_mqtt', 'rabbitmq_auth_backend_http', 'rabbitmq_auth_backend_cache'];
  writeFileSync(join(folder, 'enabled_plugins'), `[${plugins.join(',')}].\n`);
}

/** Returns when the server answers. Its script runs Erlang in its own process group, ended as one. */
async function start(
  server: string,
  env: Readonly<Record<string, string>>,
  amqpUrl: string,
): Promise<ChildProcess> {
  const child = spawn(server, [], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000)));
  }
  const deadline = Date.now() + PATIENCE_MS;
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
