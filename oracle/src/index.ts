import { domainOf, TonneError, type Hex } from '@truetonne/protocol';
import { createApi } from './api/app.ts';
import { attachHub } from './live/hub.ts';
import { createInventoryHub } from './live/inventoryHub.ts';
import { assertEndpoints } from './rpc/identity.ts';
import { createLog, type Log } from './runtime/log.ts';
import type { OracleConfig } from './service/config.ts';
import { createParts } from './service/parts.ts';
import { closeServer, createHttpServer, listen } from './service/server.ts';
import type { Database } from './store/database/database.ts';
import { openStore } from './store/database/open.ts';
import { findSetting, saveSetting } from './store/settings.ts';
import { startTransports } from './transports/start.ts';

export { parseConfig, type OracleConfig } from './service/config.ts';

/** A running oracle. */
export interface Oracle {
  readonly url: string;
  /** Port of the embedded MQTT broker, when there is one. */
  readonly mqttPort: number | undefined;
  /** Ends it: what was acknowledged is stored, what is under way continues at the next start. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the oracle: store, API, and the work behind it. It needs no chain to start; windows of devices
 * that it knows already are accepted without one.
 *
 * @throws TonneError CONFIGURATION_INVALID, DATA_IN_USE, STORE_UNAVAILABLE, PORT_TAKEN
 */
export async function startOracle(config: OracleConfig): Promise<Oracle> {
  const log = createLog(config.logLevel);
  await assertEndpoints(config.deployment, config.rpcUrls);
  const database = await openStore(config, (error) => {
    log.warn({ reason: error.message }, 'a database connection broke');
  });
  try {
    await assertDomain(database, domainOf(config.deployment.chainId, config.deployment.registry));
  } catch (error) {
    await database.close();
    throw error;
  }
  return serve(config, database, log);
}

async function serve(config: OracleConfig, database: Database, log: Log): Promise<Oracle> {
  const { host, port, transports: wanted } = config;
  const parts = await createParts(config, database, log);
  const server = createHttpServer(createApi(parts.api));
  const { origins, now } = parts.api.signIn;
  const members = { database, origins, now };
  const hub = attachHub(server, parts.feed, { members, inventory: createInventoryHub(members) });
  let ending: Promise<void> | undefined;
  const stop = (): Promise<void> => (ending ??= stopAll());
  const stopAll = async (): Promise<void> => {
    await hub.close();
    await closeServer(server);
    await parts.stop();
    await database.close();
    log.info('the oracle stopped');
  };
  try {
    const { acceptance } = parts;
    const transports = await startTransports({ acceptance, config: wanted, host, log });
    parts.useTransports(transports);
    const url = await listen(server, host, port);
    const { domain } = parts.api;
    const submitter = config.account.address;
    log.info({ url, store: database.kind, domain, submitter }, 'the oracle listens');
    return { url, mqttPort: transports.mqttPort, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A store belongs to one registry: windows of another could never be batched. Throws CONFIGURATION_INVALID. */
async function assertDomain(database: Database, domain: Hex): Promise<void> {
  const stored = await findSetting(database, 'domain');
  if (stored === undefined) await saveSetting(database, 'domain', domain);
  else if (stored !== domain) {
    const details = {
      field: 'domain of the stored data',
      value: stored,
      expected: `${domain} of the address book`,
    };
    throw new TonneError('CONFIGURATION_INVALID', details);
  }
}
