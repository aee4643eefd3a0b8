import { setTimeout as sleep } from 'node:timers/promises';
import type { Hex, SealedWindow } from '@truetonne/protocol';
import { joinWindows } from '../../oracle/test/support/client.ts';
import type { TestDevice } from '../../oracle/test/support/device.ts';
import {
  askForAccess,
  connectDevice,
  type BrokerAccess,
  type Connection,
} from '../../oracle/test/support/mqtt.ts';
import type { Random } from './random.ts';

/** A device takes a broker that says nothing for dead after this time. */
const PATIENCE_MS = 8_000;

/** Where devices find brokers: the oracle's own, or the nodes of a cluster. */
export interface Brokers {
  readonly oracleUrl: string;
  readonly domain: Hex;
  readonly ports: readonly number[];
}

/**
 * Sends over MQTT with QoS 1; returns at the PUBACK, throws when the connection ends before. Connects to
 * any of the brokers, and to another when that one is gone.
 */
export function createBrokerSender(
  device: TestDevice,
  { oracleUrl, domain, ports }: Brokers,
  random: Random,
): (windows: readonly SealedWindow[]) => Promise<void> {
  let access: BrokerAccess | undefined;
  let connection: Connection | undefined;
  const attempt = async (windows: readonly SealedWindow[]): Promise<void> => {
    access ??= await askForAccess(oracleUrl, device, domain);
    const port = ports[random.below(ports.length)] ?? 0;
    connection ??= await connectDevice(port, access, { connectTimeout: PATIENCE_MS });
    await connection.expect(connection.publish(joinWindows(windows)));
  };
  return async (windows) => {
    try {
      await within(PATIENCE_MS, attempt(windows));
    } catch (error) {
      const broken = connection;
      connection = undefined;
      await broken?.close().catch(() => undefined);
      throw error;
    }
  };
}

async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const patience = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: patience.signal }).then(() => {
    throw new Error('no answer in time');
  });
  try {
    await Promise.race([work, late]);
  } finally {
    patience.abort();
    late.catch(() => undefined);
    work.catch(() => undefined);
  }
}
