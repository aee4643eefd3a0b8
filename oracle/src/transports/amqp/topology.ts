import type { Channel } from 'amqplib';

/** RabbitMQ's MQTT plugin publishes what devices send to this exchange, with dots for slashes. */
export const TOPIC_EXCHANGE = 'amq.topic';

/** Windows that no oracle has stored yet. */
export const WINDOWS_QUEUE = 'truetonne.windows.2';
const WINDOWS_KEY = 'tt.v1.*.windows';

/**
 * The same as oracles before declared it. The arguments of a queue can't be changed, so what is left in it
 * is taken out, and nothing new comes to it.
 */
export const FORMER_WINDOWS_QUEUE = 'truetonne.windows';

/** Messages of devices over their limits; each goes back to its topic when its time is over. */
export const LATER = 'truetonne.later.2';

/** Messages of which nothing was stored, for the operator to see: the devices were told why. */
export const REFUSED = 'truetonne.refused';
const MAX_REFUSED = 100_000;

/** Messages that oracles ended with again and again. They were acknowledged, so none is ever dropped. */
export const ASIDE = 'truetonne.aside';

/** Deliveries of one message, after which it is put aside. */
const DELIVERY_LIMIT = 20;

const QUORUM = { 'x-queue-type': 'quorum' };

/**
 * A quorum queue lets go of a message only when the queue that it goes to has it. Without this it is at
 * most once: RabbitMQ may lose it on the way. `reject-publish` is what RabbitMQ asks for with it.
 */
const KEPT_ON_THE_WAY = {
  'x-dead-letter-strategy': 'at-least-once',
  'x-overflow': 'reject-publish',
};

/**
 * Declares queues and bindings. Queues are replicated and on disk before RabbitMQ acknowledges, and so
 * is a window before its PUBACK. Declaring them again changes nothing.
 */
export async function declareTopology(channel: Channel): Promise<void> {
  await declareAt(channel, REFUSED, { 'x-max-length': MAX_REFUSED });
  await declareAt(channel, ASIDE, {});
  await declareAt(channel, LATER, {
    ...KEPT_ON_THE_WAY,
    'x-dead-letter-exchange': TOPIC_EXCHANGE,
  });
  await channel.assertQueue(WINDOWS_QUEUE, {
    durable: true,
    arguments: {
      ...QUORUM,
      ...KEPT_ON_THE_WAY,
      'x-delivery-limit': DELIVERY_LIMIT,
      'x-dead-letter-exchange': ASIDE,
    },
  });
  await channel.bindQueue(WINDOWS_QUEUE, TOPIC_EXCHANGE, WINDOWS_KEY);
  // After that: for a moment windows come to both, and none to neither.
  await channel.unbindQueue(FORMER_WINDOWS_QUEUE, TOPIC_EXCHANGE, WINDOWS_KEY);
}

/** A queue, and an exchange of its name that brings to it whatever the routing key is, which stays. */
async function declareAt(
  channel: Channel,
  name: string,
  more: Readonly<Record<string, string | number>>,
): Promise<void> {
  await channel.assertExchange(name, 'fanout', { durable: true });
  await channel.assertQueue(name, { durable: true, arguments: { ...QUORUM, ...more } });
  await channel.bindQueue(name, name, '');
}

/** The MQTT topic that a routing key stands for, and the other way round. */
export function toTopic(routingKey: string): string {
  return routingKey.replaceAll('.', '/');
}

export function toRoutingKey(topic: string): string {
  return topic.replaceAll('/', '.');
}
