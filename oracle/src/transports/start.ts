import { TonneError } from '@truetonne/protocol';
import type { TransportConfig } from '../config.ts';
import type { Acceptance } from '../ingest/accept.ts';
import type { Log } from '../log.ts';
import { startBroker } from './mqtt/broker.ts';

/** The ways in beside HTTP. */
export interface Transports {
  /** Port of the embedded broker, when there is one. */
  readonly mqttPort: number | undefined;
  /** Devices connected to the embedded broker. */
  readonly connections: () => number;
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
  mqttPort: undefined,
  connections: () => 0,
  review: () => undefined,
  stop: () => Promise.resolve(),
};

/**
 * Opens the broker for devices: the embedded one, or none.
 *
 * @throws TonneError PORT_TAKEN when a port that was asked for is taken
 */
export async function startTransports(context: TransportContext): Promise<Transports> {
  const { acceptance, config, host, log } = context;
  if (config.mqttPort === undefined) return NONE;
  try {
    const broker = await startBroker({ acceptance, log, host, port: config.mqttPort });
    log.info({ host, port: broker.port }, 'the MQTT broker listens');
    const { connections, review, stop } = broker;
    return { mqttPort: broker.port, connections, review, stop };
  } catch (error) {
    const taken = error instanceof TonneError && error.code === 'PORT_TAKEN';
    if (!taken || !config.mqttPortIsUsual) throw error;
    log.warn(
      { port: config.mqttPort },
      'another process has the MQTT port: windows come over HTTP',
    );
    return NONE;
  }
}
