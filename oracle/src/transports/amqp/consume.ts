import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, ConfirmChannel, ConsumeMessage } from 'amqplib';
import { acceptWindows, type Acceptance, type WindowResult } from '../../metering/ingest/accept.ts';
import { decodeBinaryBody } from '../../metering/ingest/decodeBody.ts';
import { isLimited, retryAfterOf } from '../../metering/ingest/patience.ts';
import type { Log } from '../../runtime/log.ts';
import { answersOf } from '../answers.ts';
import { findPublisher, topicsOf } from '../topics.ts';
import { LATER, REFUSED, TOPIC_EXCHANGE, toRoutingKey, toTopic } from './topology.ts';

/** Pauses before a message is tried again: each twice as long as the one before. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/**
 * After so long a message goes back to the broker: RabbitMQ ends the channel of a consumer that holds one
 * for half an hour (`consumer_timeout`), and counts that as a delivery that failed.
 */
const HOLD_MS = 600_000;

/** Longest time that a message waits before it is looked at again, seconds. */
const MAX_LATER = 60;

export interface ConsumeContext {
  readonly acceptance: Acceptance;
  readonly log: Log;
}

/** Where messages come from, and where others are sent. */
interface Channels {
  readonly channel: Channel;
  readonly sender: ConfirmChannel;
}

/**
 * Stores the windows of a message, and acknowledges it after that. What a message is refused for is a
 * result; all that is thrown is trouble here, such as a database that is away, and says nothing of the
 * message. It is kept and tried again, so that no trouble, however long, uses up its deliveries. One that
 * is not acknowledged goes to another oracle when this one ends.
 */
export async function consume(
  { acceptance, log }: ConsumeContext,
  channels: Channels,
  message: ConsumeMessage,
  isOpen: () => boolean,
): Promise<void> {
  const until = performance.now() + HOLD_MS;
  for (let trial = 0; isOpen(); trial++) {
    try {
      if (performance.now() < until) await settle(acceptance, channels, message, isOpen);
      else await putOff(channels, message, isOpen);
      return;
    } catch (error) {
      const topic = message.fields.routingKey;
      if (trial === 0) log.error({ err: error, topic }, 'a message has to wait');
      await sleep(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** trial));
    }
  }
}

/** Whatever has to be kept is confirmed by the broker before the message is acknowledged. */
async function settle(
  acceptance: Acceptance,
  { channel, sender }: Channels,
  message: ConsumeMessage,
  isOpen: () => boolean,
): Promise<void> {
  const results = await store(acceptance, message);
  if (!isOpen()) return;
  const isRefused = ({ status }: WindowResult): boolean => status === 'refused';
  if (results.some(isLimited)) {
    defer(sender, message, Math.max(1, ...results.map(retryAfterOf)));
  } else if (results.every(isRefused)) {
    const { fields, content } = message;
    sender.publish(REFUSED, fields.routingKey, content, { persistent: true });
  }
  answer(sender, message, results);
  if (results.length === 0 || results.some(isRefused)) await sender.waitForConfirms();
  if (isOpen()) channel.ack(message);
}

async function putOff(
  { channel, sender }: Channels,
  message: ConsumeMessage,
  isOpen: () => boolean,
): Promise<void> {
  defer(sender, message, MAX_LATER);
  await sender.waitForConfirms();
  if (isOpen()) channel.ack(message);
}

async function store(
  acceptance: Acceptance,
  { fields, content }: ConsumeMessage,
): Promise<readonly WindowResult[]> {
  const deviceId = findPublisher(toTopic(fields.routingKey));
  if (deviceId === undefined) return [];
  return acceptWindows(acceptance, decodeBinaryBody(content), { transport: 'amqp', deviceId });
}

/** The PUBACK is out already, so what comes too fast is kept, behind what others send. */
function defer(sender: ConfirmChannel, { fields, content }: ConsumeMessage, seconds: number): void {
  const expiration = String(1000 * Math.min(seconds, MAX_LATER));
  sender.publish(LATER, fields.routingKey, content, { persistent: true, expiration });
}

function answer(
  sender: ConfirmChannel,
  { fields }: ConsumeMessage,
  results: readonly WindowResult[],
): void {
  const deviceId = findPublisher(toTopic(fields.routingKey));
  if (deviceId === undefined) return;
  const key = toRoutingKey(topicsOf(deviceId).answers);
  for (const text of answersOf(results.filter((result) => !isLimited(result)))) {
    sender.publish(TOPIC_EXCHANGE, key, Buffer.from(text), { persistent: true });
  }
}
