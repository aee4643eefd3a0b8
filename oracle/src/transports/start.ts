import { TonneError } from '@truetonne/protocol';
import type { Acceptance } from '../metering/ingest/accept.ts';
import type { Log } from '../runtime/log.ts';
import { startWorker } from './amqp/worker.ts';
import { startBroker } from './mqtt/broker.ts';

/** Which of them is wanted. */
export interface TransportChoice {
  /** Port of the embedded MQTT broker; `undefined` when there is none. */
  readonly mqttPort: number | undefined;
  /** True when the port was not chosen but is the usual one, so that doing without it is no mistake. */
  readonly mqttPortIsUsual: boolean;
  /** RabbitMQ instead of the embedded broker. */
  readonly amqpUrl: string | undefined;
}

/** The ways in beside HTTP. */
export interface Transports {
  readonly kind: 'none' | 'embedded' | 'rabbitmq';
  /** Port of the embedded broker, when there is one. */
  readonly mqttPort: number | undefined;
  /** Whether what the broker acknowledges is kept. */
  readonly isReady: () => boolean;
  /** Whether RabbitMQ is connected. */
  readonly isUp: () => boolean;
  /** Devices connected to the embedded broker. */
  readonly connections: () => number;
  /** Messages of RabbitMQ that are at work here. */
  readonly unacknowledged: () => number;
  /** After devices changed: lets those go that were revoked or frozen. */
  readonly review: () => void;
  readonly stop: () => Promise<void>;
}

interface TransportContext {
  readonly acceptance: Acceptance;
  readonly config: TransportChoice;
  readonly host: string;
  readonly log: Log;
}

/** Before any is open, and where none is wanted. */
export const NO_TRANSPORTS: Transports = {
  kind: 'none',
  mqttPort: undefined,
  isReady: () => false,
  isUp: () => false,
  connections: () => 0,
  unacknowledged: () => 0,
  review: () => undefined,
  stop: () => Promise.resolve(),
};

/**
 * Opens the way in for devices that speak MQTT: RabbitMQ, the embedded broker, or none.
 *
 * @throws TonneError PORT_TAKEN when a port that was asked for is taken
 */
export async function startTransports(context: TransportContext): Promise<Transports> {
  const { acceptance, config, host, log } = context;
  const { amqpUrl, mqttPort } = config;
  if (amqpUrl !== undefined) {
    return { ...NO_TRANSPORTS, kind: 'rabbitmq', ...startWorker({ acceptance, log, amqpUrl }) };
  }
  if (mqttPort === undefined) return NO_TRANSPORTS;
  try {
    const broker = await startBroker({ acceptance, log, host, port: mqttPort });
    log.info({ host, port: broker.port }, 'the MQTT broker listens');
    const { port, ...rest } = broker;
    return { ...NO_TRANSPORTS, kind: 'embedded', mqttPort: port, ...rest };
  } catch (error) {
    const taken = error instanceof TonneError && error.code === 'PORT_TAKEN';
    if (!taken || !config.mqttPortIsUsual) throw error;
    log.warn({ port: mqttPort }, 'another process has the MQTT port: windows come over HTTP');
    return NO_TRANSPORTS;
  }
}
