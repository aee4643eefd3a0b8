import type { ConfirmChannel } from 'amqplib';

/** RabbitMQ's MQTT plugin publishes what devices send to this exchange, with dots for slashes. */
export const TOPIC_EXCHANGE = 'amq.topic';

/** Windows that no oracle has stored yet. */
export const WINDOWS_QUEUE = 'truetonne.windows';
const WINDOWS_KEY = 'tt.v1.*.windows';

/** Messages of devices over their limits; each goes back to its topic when its time is over. */
export const LATER = 'truetonne.later';

/** Messages of which nothing was stored, and those that failed again and again, for the operator to see. */
export const REFUSED = 'truetonne.refused';
const MAX_REFUSED = 100_000;

/** Deliveries of one message, after which it is put aside. */
const DELIVERY_LIMIT = 20;

const QUORUM = { 'x-queue-type': 'quorum' };

/**
 * Declares queues and bindings. Queues are replicated and on disk before RabbitMQ acknowledges, and so
 * is a window before its PUBACK. Declaring them again changes nothing.
 */
export async function declareTopology(channel: ConfirmChannel): Promise<void> {
  await channel.assertExchange(REFUSED, 'fanout', { durable: true });
  await channel.assertQueue(REFUSED, {
    durable: true,
    arguments: { ...QUORUM, 'x-max-length': MAX_REFUSED },
  });
  await channel.bindQueue(REFUSED, REFUSED, '');
  await channel.assertExchange(LATER, 'fanout', { durable: true });
  await channel.assertQueue(LATER, {
    durable: true,
    arguments: { ...QUORUM, 'x-dead-letter-exchange': TOPIC_EXCHANGE },
  });
  await channel.bindQueue(LATER, LATER, '');
  await channel.assertQueue(WINDOWS_QUEUE, {
    durable: true,
    arguments: {
      ...QUORUM,
      'x-delivery-limit': DELIVERY_LIMIT,
      'x-dead-letter-exchange': REFUSED,
    },
  });
  await channel.bindQueue(WINDOWS_QUEUE, TOPIC_EXCHANGE, WINDOWS_KEY);
}

/** The MQTT topic that a routing key stands for, and the other way round. */
export function toTopic(routingKey: string): string {
  return routingKey.replaceAll('.', '/');
}

export function toRoutingKey(topic: string): string {
  return topic.replaceAll('/', '.');
}
