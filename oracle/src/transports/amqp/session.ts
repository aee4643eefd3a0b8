import { setTimeout as sleep } from 'node:timers/promises';
import {
  connect,
  type Channel,
  type ChannelModel,
  type ConfirmChannel,
  type ConsumeMessage,
} from 'amqplib';
import type { Acceptance } from '../../metering/ingest/accept.ts';
import type { Log } from '../../runtime/log.ts';
import { consume } from './consume.ts';
import { declareTopology, FORMER_WINDOWS_QUEUE, WINDOWS_QUEUE } from './topology.ts';

/** Messages at work here at a time: enough to share commits. */
const PREFETCH = 1_000;
const HEARTBEAT_SECONDS = 10;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * RabbitMQ notes half a second after it declared a quorum queue which log on disk is the queue's (`ra`
 * keeps it in a table with `auto_save` 500). A server killed before that never finds the queue again.
 */
const NOTED_MS = 2_000;

/** How long messages at work may take to end when the oracle stops. */
const STOP_TIMEOUT_MS = 5_000;

/** How long RabbitMQ may take to hear that a connection ends. */
const GOODBYE_MS = 1_000;

export interface SessionContext {
  readonly acceptance: Acceptance;
  readonly log: Log;
  readonly atWork: Set<Promise<void>>;
  readonly stopping: AbortSignal;
  /** Called when queues are declared and messages come. */
  readonly onUp: () => void;
  /** Called when the queues outlast a crash of RabbitMQ. */
  readonly onLasting: () => void;
}

/**
 * Takes messages from one node, from connecting to the end of a connection or of the oracle. What is
 * published goes out on a connection of its own: when RabbitMQ is short of memory or disk it reads nothing
 * more from those that publish, and it must hear that messages are done to have room again.
 */
export async function runSession(context: SessionContext, url: string): Promise<void> {
  const { stopping } = context;
  const inward = await open(context, url);
  const outward = await open(context, url).catch(async (error: unknown) => {
    await shut(inward);
    throw error;
  });
  const ended = new AbortController();
  const closed = Promise.race([isClosed(inward), isClosed(outward)]);
  try {
    const sender = await outward.createConfirmChannel();
    const channel = await inward.createChannel();
    const close = (): void => void Promise.all([shut(inward), shut(outward)]);
    watch(context, [channel, sender], close);
    const consumerTags = await take(context, inward, { channel, sender, closed, close });
    context.onUp();
    void sleep(NOTED_MS, undefined, { signal: ended.signal }).then(
      () => context.onLasting(),
      () => undefined,
    );
    await Promise.race([closed, aborted(stopping)]);
    if (stopping.aborted) await leave(context, channel, consumerTags);
  } finally {
    ended.abort();
    await Promise.all([shut(inward), shut(outward)]);
  }
}

async function open({ log }: SessionContext, url: string): Promise<ChannelModel> {
  const query = `${url.includes('?') ? '&' : '?'}heartbeat=${HEARTBEAT_SECONDS}`;
  const connection = await connect(`${url}${query}`, { timeout: CONNECT_TIMEOUT_MS });
  connection.on('error', (error: Error) => {
    log.warn({ reason: error.message }, 'the connection to RabbitMQ broke');
  });
  connection.on('blocked', (reason: string) => {
    log.warn({ reason }, 'RabbitMQ takes no messages until it has more memory or disk');
  });
  connection.on('unblocked', () => log.info('RabbitMQ takes messages again'));
  return connection;
}

function isClosed(connection: ChannelModel): Promise<void> {
  return new Promise((resolve) => void connection.once('close', () => resolve()));
}

/** One that RabbitMQ does not read from does not hear the goodbye either. */
async function shut(connection: ChannelModel): Promise<void> {
  const patience = new AbortController();
  const late = sleep(GOODBYE_MS, undefined, { signal: patience.signal }).catch(() => undefined);
  await Promise.race([connection.close().catch(() => undefined), late]);
  patience.abort();
}

function watch({ log }: SessionContext, channels: readonly Channel[], close: () => void): void {
  for (const channel of channels) {
    channel.on('error', (error: Error) => {
      log.warn({ reason: error.message }, 'RabbitMQ objects');
    });
    channel.on('close', close);
  }
}

interface Ends {
  readonly channel: Channel;
  readonly sender: ConfirmChannel;
  readonly closed: Promise<void>;
  readonly close: () => void;
}

async function take(
  context: SessionContext,
  connection: ChannelModel,
  { channel, sender, closed, close }: Ends,
): Promise<readonly string[]> {
  let open = true;
  void closed.then(() => (open = false));
  await declareTopology(channel);
  await channel.prefetch(PREFETCH);
  const onMessage = (message: ConsumeMessage | null): void => {
    if (message === null) {
      context.log.warn('the queue was deleted, or its leader moved: beginning anew');
      open = false;
      close();
    } else
      track(
        context,
        consume(context, { channel, sender }, message, () => open),
      );
  };
  const queues = [WINDOWS_QUEUE];
  if (await exists(connection, FORMER_WINDOWS_QUEUE)) queues.push(FORMER_WINDOWS_QUEUE);
  const consumers = queues.map((queue) => channel.consume(queue, onMessage));
  return (await Promise.all(consumers)).map(({ consumerTag }) => consumerTag);
}

/** On a channel of its own: RabbitMQ closes the one that asks for a queue that is not there. */
async function exists(connection: ChannelModel, queue: string): Promise<boolean> {
  const channel = await connection.createChannel();
  channel.on('error', () => undefined);
  try {
    await channel.checkQueue(queue);
    await channel.close();
    return true;
  } catch {
    return false;
  }
}

function track({ atWork }: SessionContext, work: Promise<void>): void {
  const tracked = work.finally(() => atWork.delete(tracked));
  atWork.add(tracked);
}

async function leave(
  { atWork }: SessionContext,
  channel: Channel,
  consumerTags: readonly string[],
): Promise<void> {
  await Promise.all(consumerTags.map((consumerTag) => channel.cancel(consumerTag)));
  const patience = new AbortController();
  const late = sleep(STOP_TIMEOUT_MS, undefined, { signal: patience.signal });
  await Promise.race([Promise.all(atWork), late.catch(() => undefined)]);
  patience.abort();
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
