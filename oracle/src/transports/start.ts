import { TonneError } from '@truetonne/protocol';
import type { ServiceStatus } from '../api/context.ts';
import type { TransportConfig } from '../service/config.ts';
import type { Acceptance } from '../metering/ingest/accept.ts';
import type { Log } from '../runtime/log.ts';
import { startWorker } from './amqp/worker.ts';
import { startBroker } from './mqtt/broker.ts';

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
  readonly config: TransportConfig;
  readonly host: string;
  readonly log: Log;
}

const NONE: Transports = {
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
    return { ...NONE, kind: 'rabbitmq', ...startWorker({ acceptance, log, amqpUrl }) };
  }
  if (mqttPort === undefined) return NONE;
  try {
    const broker = await startBroker({ acceptance, log, host, port: mqttPort });
    log.info({ host, port: broker.port }, 'the MQTT broker listens');
    const { port, ...rest } = broker;
    return { ...NONE, kind: 'embedded', mqttPort: port, ...rest };
  } catch (error) {
    const taken = error instanceof TonneError && error.code === 'PORT_TAKEN';
    if (!taken || !config.mqttPortIsUsual) throw error;
    log.warn({ port: mqttPort }, 'another process has the MQTT port: windows come over HTTP');
    return NONE;
  }
}

/** How the service is, for whoever asks. */
export function statusOf(
  transports: Transports | undefined,
  leader: boolean,
  queued: number,
): ServiceStatus {
  const { kind, isUp, connections, unacknowledged } = transports ?? NONE;
  return {
    ...{ leader, queued, broker: kind, brokerUp: kind === 'embedded' || isUp() },
    ...{ connections: connections(), unacknowledged: unacknowledged() },
  };
}
