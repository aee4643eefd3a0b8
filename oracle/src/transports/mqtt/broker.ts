import { createServer, type Server } from 'node:net';
import { Aedes, type Client, type PublishPacket } from 'aedes';
import { TonneError } from '@truetonne/protocol';
import type { Acceptance } from '../../metering/ingest/accept.ts';
import { decodeBinaryBody } from '../../metering/ingest/decodeBody.ts';
import { acceptPatiently } from '../../metering/ingest/patience.ts';
import type { Log } from '../../runtime/log.ts';
import { findTonneError } from '../../runtime/problem.ts';
import { answersOf } from '../answers.ts';
import { assertCredential, assertInForce } from '../credentials.ts';
import { findDeviceId, topicsOf } from '../topics.ts';
import { openDoor } from './door.ts';

/** Largest packet of a device, bytes (SPEC section 10). */
const MAX_PACKET = 1_048_576;

/** Messages of one device that may wait for their PUBACK. */
const RECEIVE_MAXIMUM = 100;
const CONNECT_TIMEOUT_MS = 10_000;
/** A device that takes nothing for so long is let go. */
const DRAIN_TIMEOUT_MS = 30_000;
/** How long a PUBACK is held back for a device that sends too fast, before its connection is closed. */
const MAX_HOLD_MS = 20_000;
const MAX_CONNECTIONS = 20_000;

const ANSWER = { cmd: 'publish', qos: 1, dup: false, retain: false } as const;

/** Codes of CONNACK: MQTT 3.1.1, table 3.1. */
const UNAVAILABLE = 3;
const BAD_PASSWORD = 4;
const NOT_AUTHORIZED = 5;

export interface BrokerContext {
  readonly acceptance: Acceptance;
  readonly log: Log;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** The MQTT broker in this process. */
export interface EmbeddedBroker {
  readonly port: number;
  readonly connections: () => number;
  /** Ends the connections of devices that were revoked or frozen meanwhile. */
  readonly review: () => void;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a broker that devices publish windows to. A PUBACK goes out only after every window of its
 * message is durable, or was refused with an answer. It carries no messages between devices.
 *
 * @throws TonneError PORT_TAKEN
 */
export async function startBroker(context: BrokerContext): Promise<EmbeddedBroker> {
  const { acceptance, log } = context;
  const clients = new Set<Client>();
  const inTurn = createTurns();
  const publish = (packet: PublishPacket): void => broker.publish(packet, () => undefined);
  const broker = new Aedes({
    connectTimeout: CONNECT_TIMEOUT_MS,
    drainTimeout: DRAIN_TIMEOUT_MS,
    preConnect: (_client, packet, done) => {
      // Sessions end with their connection, or answers that a device never acknowledges would pile up. An
      // answer goes out before the PUBACK of its message, so whoever missed it sends that one again.
      packet.clean = true;
      done(null, true);
    },
    authenticate: (client, username, password, done) => {
      const check = authenticate(acceptance, client.id, username, password?.toString());
      check.then(
        () => done(null, true),
        (error: unknown) => done(toAuthError(error), false),
      );
    },
    authorizePublish: (client, packet, done) => {
      // Nobody may listen, so nothing is kept for those who come later.
      packet.retain = false;
      const work = receive(context, publish, client, packet);
      const turn = client === null ? work : inTurn(client, work);
      turn.then(
        () => done(null),
        (error: unknown) => done(toError(error)),
      );
    },
    authorizeSubscribe: (client, subscription, done) => {
      const deviceId = findDeviceId(client.id);
      const own = deviceId !== undefined && subscription.topic === topicsOf(deviceId).answers;
      done(null, own ? subscription : null);
    },
  });
  const tell = (client: Client, error: Error): void =>
    log.info({ device: client.id, reason: error.message }, 'an MQTT connection broke');
  broker.on('clientError', tell).on('connectionError', tell);
  broker.on('client', (client) => clients.add(client));
  broker.on('clientDisconnect', (client) => clients.delete(client));
  await broker.listen();
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    const limits = { maximumPacketSize: MAX_PACKET, receiveMaximum: RECEIVE_MAXIMUM };
    broker.handle(openDoor(socket, limits));
  });
  server.maxConnections = MAX_CONNECTIONS;
  return {
    port: await listen(server, context),
    connections: () => clients.size,
    review: () => review(acceptance, clients),
    stop: () => stop(broker, server),
  };
}

/** Throws CREDENTIAL_INVALID unless a client is the device that it says it is. */
async function authenticate(
  acceptance: Acceptance,
  clientId: string,
  username: string | undefined,
  password: string | undefined,
): Promise<void> {
  if (clientId !== username || password === undefined) {
    throw new TonneError('CREDENTIAL_INVALID', { field: 'clientId', value: clientId });
  }
  await assertCredential(acceptance, findDeviceId(username), password);
}

/** Stores what a device published, and tells it what was refused. Throws what must not be acknowledged. */
async function receive(
  { acceptance, log }: BrokerContext,
  publish: (packet: PublishPacket) => void,
  client: Client | null,
  packet: PublishPacket,
): Promise<void> {
  const deviceId = findDeviceId(client?.id);
  if (client === null || deviceId === undefined) throw new Error('nobody publishes');
  const topics = topicsOf(deviceId);
  if (packet.topic !== topics.windows) throw new Error(`may not publish to ${packet.topic}`);
  const sent = decodeBinaryBody(Buffer.from(packet.payload));
  const origin = { transport: 'mqtt', deviceId } as const;
  const results = await acceptPatiently(acceptance, sent, origin, MAX_HOLD_MS);
  for (const text of answersOf(results)) {
    log.debug({ device: client.id, answer: text }, 'windows were refused');
    publish({ topic: topics.answers, payload: Buffer.from(text), ...ANSWER });
  }
}

/** PUBACKs go out in the order of their messages (MQTT 3.1.1, section 4.6). */
function createTurns(): (client: Client, work: Promise<void>) => Promise<void> {
  const last = new WeakMap<Client, Promise<unknown>>();
  return (client, work) => {
    const before = last.get(client) ?? Promise.resolve();
    const turn = before.then(() => work);
    last.set(
      client,
      turn.catch(() => undefined),
    );
    work.catch(() => undefined);
    return turn;
  };
}

function review({ directory, now }: Acceptance, clients: ReadonlySet<Client>): void {
  for (const client of clients) {
    const deviceId = findDeviceId(client.id);
    const device = deviceId === undefined ? undefined : directory.find(deviceId);
    try {
      if (device !== undefined) assertInForce(device, now());
      else client.close();
    } catch {
      client.close();
    }
  }
}

function listen(server: Server, { host, port, log }: BrokerContext): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error): void => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      const details = { field: 'PORT_MQTT', value: `${host}:${port}` };
      reject(taken ? new TonneError('PORT_TAKEN', details) : error);
    };
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      server.on('error', (error) => log.error({ err: error }, 'the MQTT port has trouble'));
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

async function stop(broker: Aedes, server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
  await new Promise<void>((resolve) => broker.close(resolve));
  await closed;
}

function toAuthError(error: unknown): Error & { returnCode: number } {
  const code = findTonneError(error)?.code;
  const refused = code === 'DEVICE_REVOKED' || code === 'DEVICE_FROZEN';
  const wrong = code === 'CREDENTIAL_INVALID' ? BAD_PASSWORD : UNAVAILABLE;
  return Object.assign(toError(error), { returnCode: refused ? NOT_AUTHORIZED : wrong });
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
