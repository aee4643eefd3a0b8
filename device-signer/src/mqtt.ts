import {
  encodeCredentialRequest,
  concatBytes,
  encodeWindow,
  TonneError,
} from '@truetonne/protocol';
import { toHex, type Hex, type SealedWindow } from '@truetonne/protocol';
import mqtt, { type MqttClient } from 'mqtt';
import type { DeviceKey } from './key.ts';
import { refusalOf, type SendWindows, type Verdict } from './post.ts';

export interface MqttOptions {
  /** Where the broker password comes from. */
  readonly oracleUrl: string;
  /** For instance `mqtt://127.0.0.1:1883`. */
  readonly brokerUrl: string;
  readonly key: DeviceKey;
  readonly domain: Hex;
  /** Unix seconds. */
  readonly now: () => number;
  readonly fetch?: typeof fetch | undefined;
}

/** A device's way to its broker. */
export interface MqttSender {
  /**
   * Publishes windows in one message with QoS 1. Connects where it has to, with a new password.
   *
   * @throws TonneError ORACLE_UNREACHABLE when no PUBACK comes
   */
  readonly send: SendWindows;
  readonly close: () => Promise<void>;
}

interface Access {
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
  readonly publish: string;
  readonly subscribe: string;
}

/** A refusal may come after the PUBACK (SPEC section 10); so long it is waited for. */
const ANSWER_WAIT_MS = 100;
const CONNECT_TIMEOUT_MS = 10_000;
const PUBACK_TIMEOUT_MS = 30_000;

/** Sends a device's windows over MQTT (SPEC section 10). */
export function createMqttSender(options: MqttOptions): MqttSender {
  const refusals = new Map<number, Verdict>();
  let connection: { readonly client: MqttClient; readonly topic: string } | undefined;

  async function connect(): Promise<{ readonly client: MqttClient; readonly topic: string }> {
    const { clientId, username, password, publish, subscribe } = await askForAccess(options);
    const client = await mqtt.connectAsync(
      options.brokerUrl,
      {
        ...{ clientId, username, password, reconnectPeriod: 0 },
        connectTimeout: CONNECT_TIMEOUT_MS,
      },
      false,
    );
    client.on('error', () => undefined);
    client.on('close', () => {
      connection = undefined;
    });
    client.on('message', (_topic, payload) => {
      const answer = fieldsOf(payload.toString());
      const sequence = answer.get('sequence');
      if (typeof sequence === 'number') refusals.set(sequence, refusalOf(answer, 422));
    });
    await client.subscribeAsync(subscribe, { qos: 1 });
    return { client, topic: publish };
  }

  async function send(windows: readonly SealedWindow[]): Promise<readonly Verdict[]> {
    if (windows.length === 0) return [];
    refusals.clear();
    try {
      connection ??= await connect();
      const payload = Buffer.from(concatBytes(windows.map(encodeWindow)));
      await inTime(connection.client.publishAsync(connection.topic, payload, { qos: 1 }));
      await new Promise((resolve) => setTimeout(resolve, ANSWER_WAIT_MS));
    } catch (error) {
      await close();
      throw unreachable(options.brokerUrl, error);
    }
    return windows.map(({ header }) => refusals.get(header.sequence) ?? { status: 'accepted' });
  }

  async function close(): Promise<void> {
    const open = connection?.client;
    connection = undefined;
    await open?.endAsync(true);
  }

  return { send, close };
}

/** Asks for a broker password with the device's signature as the proof of its key. */
async function askForAccess(options: MqttOptions): Promise<Access> {
  const { deviceId, sign } = options.key;
  const { domain, now } = options;
  const request = encodeCredentialRequest({ domain, deviceId, requestedAt: Math.floor(now()) });
  const url = new URL(`/v1/devices/${deviceId}/mqtt-credentials`, options.oracleUrl);
  const response = await (options.fetch ?? fetch)(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ request: toHex(request), signature: toHex(sign(request)) }),
    signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS),
  });
  const fields = fieldsOf(await response.text());
  const textOf = (name: keyof Access): string => {
    const text = fields.get(name);
    if (typeof text === 'string') return text;
    throw new Error(`no broker password: HTTP ${response.status} ${String(fields.get('code'))}`);
  };
  return {
    clientId: textOf('clientId'),
    username: textOf('username'),
    password: textOf('password'),
    publish: textOf('publish'),
    subscribe: textOf('subscribe'),
  };
}

/** Rejects when the PUBACK does not come: the library itself would wait for ever. */
async function inTime(published: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no PUBACK within ${PUBACK_TIMEOUT_MS / 1000} s`));
    }, PUBACK_TIMEOUT_MS);
  });
  await Promise.race([published, late]).finally(() => {
    clearTimeout(timer);
  });
}

function fieldsOf(text: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}

function unreachable(brokerUrl: string, error: unknown): TonneError {
  const value = error instanceof Error ? error.message : String(error);
  return new TonneError('ORACLE_UNREACHABLE', { field: brokerUrl, value });
}
