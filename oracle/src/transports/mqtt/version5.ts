import { generate, type IConnectPacket, type Packet } from 'mqtt-packet';
import { FrameError } from './frames.ts';

/** CONNACK return codes of 3.1.1 as reason codes of 5 (section 3.2.2.2). */
const CONNACK_REASONS = new Map([
  [0, 0x00],
  [1, 0x84],
  [2, 0x85],
  [3, 0x88],
  [4, 0x86],
  [5, 0x87],
]);
const NOT_AUTHORIZED = 0x87;
const SUBACK_FAILURE = 0x80;
const BAD_AUTHENTICATION_METHOD = 0x8c;
const DISCONNECT_WITH_WILL = 0x04;

/** What a device is told when it connects; all that it may not do is said here. */
export interface Limits5 {
  readonly maximumPacketSize: number;
  readonly receiveMaximum: number;
}

/** A packet for the other side; `close`: the connection ends without one. */
type Translated = Packet | 'close';

/** Puts a conversation in MQTT 5 into the words of 3.1.1, which the broker speaks, and back. */
export interface Translator {
  /** A device's packet for the broker. Throws FrameError where 5 forbids it. */
  readonly toBroker: (packet: Packet) => Translated;
  /** The broker's packet for the device; nothing when it is larger than the device takes. */
  readonly toDevice: (packet: Packet) => Buffer | undefined;
  /** The refusal of a CONNECT that asks for what is not here. */
  readonly refusal: () => Buffer;
}

export function createTranslator(limits: Limits5): Translator {
  let device: IConnectPacket | undefined;
  /** Topics of each UNSUBSCRIBE under way: 5 wants an answer for each. */
  const unsubscribed = new Map<number, number>();
  return {
    toBroker(packet) {
      if (packet.cmd === 'connect') device = packet;
      if (packet.cmd === 'unsubscribe') {
        unsubscribed.set(packet.messageId ?? 0, packet.unsubscriptions.length);
      }
      // Whoever limits how much may be under way to it gets answers that need no acknowledgement.
      return toPacket4(packet, device?.properties?.receiveMaximum === undefined);
    },
    toDevice(packet) {
      const topics = unsubscribed.get(packet.messageId ?? 0) ?? 1;
      if (packet.cmd === 'unsuback') unsubscribed.delete(packet.messageId ?? 0);
      const bytes = generate(toPacket5(packet, limits, topics), { protocolVersion: 5 });
      const most = device?.properties?.maximumPacketSize ?? Infinity;
      return packet.cmd === 'publish' && bytes.length > most ? undefined : bytes;
    },
    refusal: () =>
      generate(
        { cmd: 'connack', reasonCode: BAD_AUTHENTICATION_METHOD, sessionPresent: false },
        { protocolVersion: 5 },
      ),
  };
}

function toPacket4(packet: Packet, acknowledged: boolean): Translated {
  switch (packet.cmd) {
    case 'connect':
      return packet.properties?.authenticationMethod === undefined ? toConnect4(packet) : 'close';
    case 'publish':
      if (packet.properties?.topicAlias !== undefined) throw new FrameError('a topic alias');
      if (packet.qos === 2 || packet.retain) throw new FrameError('QoS 2 or retain');
      return without(packet);
    case 'subscribe': {
      const subscriptions = packet.subscriptions.map(({ topic, qos }) => ({
        topic,
        qos: acknowledged ? qos : (0 as const),
      }));
      return { ...without(packet), subscriptions };
    }
    case 'disconnect':
      return packet.reasonCode === DISCONNECT_WITH_WILL ? 'close' : { cmd: 'disconnect' };
    case 'puback':
    case 'pingreq':
    case 'unsubscribe':
      return without(packet);
    case 'auth':
    case 'connack':
    case 'pingresp':
    case 'pubcomp':
    case 'pubrec':
    case 'pubrel':
    case 'suback':
    case 'unsuback':
      throw new FrameError(`${packet.cmd} from a device`);
  }
}

function toPacket5(packet: Packet, limits: Limits5, topics: number): Packet {
  if (packet.cmd === 'connack') {
    const reasonCode = CONNACK_REASONS.get(packet.returnCode ?? 0) ?? NOT_AUTHORIZED;
    const { sessionPresent } = packet;
    return { cmd: 'connack', reasonCode, sessionPresent, properties: capabilities(limits) };
  }
  if (packet.cmd === 'suback') {
    const granted = packet.granted.map((code) => (code === SUBACK_FAILURE ? NOT_AUTHORIZED : code));
    return { ...packet, granted };
  }
  if (packet.cmd === 'unsuback') {
    return { ...packet, granted: Array.from({ length: topics }, () => 0) };
  }
  return packet;
}

function toConnect4(packet: IConnectPacket): Packet {
  const { will } = packet;
  const plain = { ...without(packet), protocolVersion: 4 as const };
  return will === undefined ? plain : { ...plain, will: { ...will, properties: {} } };
}

function capabilities({ maximumPacketSize, receiveMaximum }: Limits5) {
  return {
    ...{ maximumPacketSize, receiveMaximum, maximumQoS: 1, retainAvailable: false },
    ...{ wildcardSubscriptionAvailable: false, subscriptionIdentifiersAvailable: false },
    ...{ sharedSubscriptionAvailable: false, sessionExpiryInterval: 0 },
  };
}

/** A packet without what only MQTT 5 has. */
function without<P extends Packet>(packet: P): P {
  return { ...packet, properties: undefined, reasonCode: undefined };
}
