import { encodeCredentialRequest, toHex, type Hex } from '@truetonne/protocol';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { z } from 'zod';
import { brokerAccessSchema } from '../../src/api/routes/credentials.ts';
import type { TestDevice } from './device.ts';

export type BrokerAccess = z.infer<typeof brokerAccessSchema>;

/** What comes on the answers topic. */
const answerSchema = z.object({
  sequence: z.number().nullable(),
  code: z.string(),
  status: z.number(),
  detail: z.string(),
  field: z.string().optional(),
});

/** The body of a request for a broker password, signed by the device. */
export function credentialBody(device: TestDevice, domain: Hex, requestedAt: number) {
  const { deviceId } = device;
  const request = encodeCredentialRequest({ domain, deviceId, requestedAt });
  return { request: toHex(request), signature: toHex(device.sign(request)) };
}

/** Asks an oracle for a device's broker password. */
export async function askForAccess(
  url: string,
  device: TestDevice,
  domain: Hex,
  requestedAt = Math.floor(Date.now() / 1000),
): Promise<BrokerAccess> {
  const response = await fetch(`${url}/v1/devices/${device.deviceId}/mqtt-credentials`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentialBody(device, domain, requestedAt)),
  });
  const body: unknown = await response.json();
  if (response.status !== 200) throw new Error(JSON.stringify(body));
  return brokerAccessSchema.strict().parse(body);
}

/** A device's connection, by a client library as devices have one. */
export interface Connection {
  readonly client: MqttClient;
  /** Publishes with QoS 1 and returns at the PUBACK. */
  readonly publish: (payload: Uint8Array, topic?: string) => Promise<void>;
  /** The next answer; waits for it. */
  readonly nextAnswer: () => Promise<z.infer<typeof answerSchema>>;
  /** Fails when what is tried fails or the broker ends the connection: brokers refuse either way. */
  readonly expect: <T>(trial: Promise<T>) => Promise<T>;
  /** Fulfilled when the connection ends. */
  readonly closed: Promise<void>;
  readonly close: () => Promise<void>;
}

/** Connects without trying again, and subscribes to the answers. */
export async function connectDevice(
  port: number,
  access: BrokerAccess,
  more: IClientOptions = {},
): Promise<Connection> {
  const { clientId, username, password } = access;
  const client = await mqtt.connectAsync(
    `mqtt://127.0.0.1:${port}`,
    { clientId, username, password, reconnectPeriod: 0, ...more },
    false,
  );
  const answers: z.infer<typeof answerSchema>[] = [];
  const waiting: ((answer: z.infer<typeof answerSchema>) => void)[] = [];
  client.on('message', (_topic, payload) => {
    const answer = answerSchema.parse(JSON.parse(payload.toString()));
    const next = waiting.shift();
    if (next === undefined) answers.push(answer);
    else next(answer);
  });
  client.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => void client.once('close', () => resolve()));
  await client.subscribeAsync(access.subscribe, { qos: 1 });
  return {
    client,
    closed,
    expect: (trial) =>
      Promise.race([trial, closed.then(() => Promise.reject(new Error('the connection ended')))]),
    publish: async (payload, topic = access.publish) =>
      void (await client.publishAsync(topic, Buffer.from(payload), { qos: 1 })),
    nextAnswer: () => {
      const answer = answers.shift();
      return answer === undefined
        ? new Promise((resolve) => waiting.push(resolve))
        : Promise.resolve(answer);
    },
    close: () => client.endAsync(true),
  };
}
