import { setTimeout as sleep } from 'node:timers/promises';
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { TonneError } from '@truetonne/protocol';
import { acceptWindows, type Acceptance, type WindowResult } from '../../ingest/accept.ts';
import { decodeBinaryBody } from '../../ingest/decodeBody.ts';
import { isLimited, retryAfterOf } from '../../ingest/patience.ts';
import type { Log } from '../../log.ts';
import { answersOf } from '../answers.ts';
import { findPublisher, topicsOf } from '../topics.ts';
import { LATER, TOPIC_EXCHANGE, toRoutingKey, toTopic } from './topology.ts';

/** Pause before a message is tried again while the database is away. */
const STORE_PAUSE_MS = 1_000;

/** Longest time that a message of a device over its limits waits before it is looked at again, seconds. */
const MAX_LATER = 60;

/**
 * Stores the windows of a message, and acknowledges it after that. While the database is away it keeps
 * trying; a message that is not acknowledged goes to another oracle when this one ends.
 */
export async function consume(
  { acceptance, log }: { readonly acceptance: Acceptance; readonly log: Log },
  channel: ConfirmChannel,
  message: ConsumeMessage,
  isOpen: () => boolean,
): Promise<void> {
  try {
    const results = await store(acceptance, message, isOpen);
    if (results === undefined || !isOpen()) return;
    if (results.some(isLimited)) await defer(channel, message, results);
    answer(channel, message, results);
    const refused = results.every(({ status }) => status === 'refused');
    if (refused && !results.some(isLimited)) channel.nack(message, false, false);
    else channel.ack(message);
  } catch (error) {
    log.error({ err: error, topic: message.fields.routingKey }, 'a message failed');
    if (isOpen()) channel.nack(message, false, true);
  }
}

/** `undefined` when the connection ended first. */
async function store(
  acceptance: Acceptance,
  { fields, content }: ConsumeMessage,
  isOpen: () => boolean,
): Promise<readonly WindowResult[] | undefined> {
  const deviceId = findPublisher(toTopic(fields.routingKey));
  if (deviceId === undefined) return [];
  while (isOpen()) {
    try {
      return await acceptWindows(acceptance, decodeBinaryBody(content), {
        transport: 'amqp',
        deviceId,
      });
    } catch (error) {
      const away = error instanceof TonneError && error.code === 'STORE_UNAVAILABLE';
      if (!away) throw error;
      await sleep(STORE_PAUSE_MS);
    }
  }
  return undefined;
}

/** The PUBACK is out already, so what comes too fast is kept, behind what others send. */
async function defer(
  channel: ConfirmChannel,
  { fields, content }: ConsumeMessage,
  results: readonly WindowResult[],
): Promise<void> {
  const seconds = Math.max(1, ...results.map(retryAfterOf));
  const expiration = String(1000 * Math.min(seconds, MAX_LATER));
  channel.publish(LATER, fields.routingKey, content, { persistent: true, expiration });
  await channel.waitForConfirms();
}

function answer(
  channel: ConfirmChannel,
  { fields }: ConsumeMessage,
  results: readonly WindowResult[],
): void {
  const deviceId = findPublisher(toTopic(fields.routingKey));
  if (deviceId === undefined) return;
  const key = toRoutingKey(topicsOf(deviceId).answers);
  for (const text of answersOf(results.filter((result) => !isLimited(result)))) {
    channel.publish(TOPIC_EXCHANGE, key, Buffer.from(text), { persistent: true });
  }
}
