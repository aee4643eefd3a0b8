import type { Hex } from '@truetonne/protocol';
import { findDeviceId, findPublisher, topicsOf } from '../topics.ts';
import { TOPIC_EXCHANGE, toTopic } from './topology.ts';

/** What RabbitMQ asks of a device (rabbitmq_auth_backend_http): form fields as it sends them. */
export type BrokerQuestion = Readonly<Record<string, string>>;

/** A device may use the queues of its own MQTT sessions, and the exchange of all topics. */
export function mayUseResource(question: BrokerQuestion): boolean {
  const deviceId = findDeviceId(question['username']);
  if (deviceId === undefined) return false;
  const { resource, name = '', permission } = question;
  if (resource === 'queue') return isOwnQueue(name, deviceId);
  return resource === 'exchange' && name === TOPIC_EXCHANGE && permission !== 'configure';
}

/** Queues of the MQTT plugin: mqtt-subscription-<client id>qos0 and qos1; the client id is the device. */
function isOwnQueue(name: string, deviceId: Hex): boolean {
  const own = `mqtt-subscription-${topicsOf(deviceId).name}qos`;
  return name === `${own}0` || name === `${own}1`;
}

/** A device may publish to its own windows topic and read its own answers topic. */
export function mayUseTopic(question: BrokerQuestion): boolean {
  const deviceId = findDeviceId(question['username']);
  if (deviceId === undefined) return false;
  const topic = toTopic(question['routing_key'] ?? '');
  if (question['permission'] === 'write') return findPublisher(topic) === deviceId;
  return question['permission'] === 'read' && topic === topicsOf(deviceId).answers;
}
