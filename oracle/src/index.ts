import { randomUUID } from 'node:crypto';
import { domainOf, TonneError, type Hex } from '@truetonne/protocol';
import { createApi } from './api/app.ts';
import { createBatchFiles } from './batches/files.ts';
import { createEndpoints } from './chain/endpoints.ts';
import { assertEndpoints } from './chain/identity.ts';
import type { OracleConfig } from './config.ts';
import { createDirectory } from './ingest/directory.ts';
import { createLimits } from './ingest/limits.ts';
import { createWindowWriter, type AcceptedWindow } from './ingest/writer.ts';
import { createExporter, EXPORT_JOB } from './exports/export.ts';
import { createFeed } from './live/feed.ts';
import { createRecentWindows } from './judge/recent.ts';
import { readRuleBook } from './judge/ruleBook.ts';
import { attachHub } from './live/hub.ts';
import { createJobs } from './jobs/jobs.ts';
import { lead } from './lead.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics } from './metrics/metrics.ts';
import { closeServer, createHttpServer, listen } from './server.ts';
import type { Database } from './store/database.ts';
import { openStore } from './store/open.ts';
import { saveCloseRequest } from './store/progress.ts';
import { findSetting, saveSetting } from './store/settings.ts';
import { startTransports, statusOf, type Transports } from './transports/start.ts';
import { startWork, type Work } from './work.ts';

export { parseConfig, type OracleConfig } from './config.ts';

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
  const now = config.now ?? (() => Math.floor(Date.now() / 1000));
  const domain = domainOf(config.deployment.chainId, config.deployment.registry);
  const periodOfProject = (id: number) =>
    config.periods.byProject.get(id) ?? config.periods.default;
  const directory = createDirectory();
  const feed = createFeed(database);
  const files = createBatchFiles(config.dataFolder);
  let transports: Transports | undefined;
  const reload = async (): Promise<void> => {
    await directory.reload(database);
    await feed.reload(database);
    transports?.review();
  };
  const onRegistryChange = async (): Promise<void> => {
    await reload();
    await saveSetting(database, 'registryVersion', randomUUID());
  };
  await feed.start(database);
  await reload();
  const jobs = createJobs({ database, dataFolder: config.dataFolder, now, log });
  const { waitSeconds, dataFolder } = config;
  jobs.define(EXPORT_JOB, createExporter({ database, waitSeconds, now }, dataFolder));
  await jobs.start();
  const endpoints = createEndpoints(config.deployment, config.rpcUrls, (endpoint, reason) => {
    log.warn({ endpoint, reason }, 'an endpoint of the chain is left alone for a while');
  });
  const recent = createRecentWindows();
  const rules = readRuleBook();
  const shared = { database, domain, files, now, periodOfProject, waitSeconds, rules };
  const work = lead({
    ...{ config, database, endpoints, log, reload },
    startWork: () => startWork({ ...shared, recent, config, endpoints, log, onRegistryChange }),
  });
  const metrics = createMetrics();
  const limits = createLimits(config.transports.limits);
  const onCommit = (accepted: readonly AcceptedWindow[]): void => {
    feed.publish(accepted);
    recent.add(accepted);
    work.wakeJudge();
  };
  const writer = createWindowWriter(database, onCommit, metrics.observeCommit);
  const acceptance = { database, directory, limits, metrics, writer, domain, now };
  const { credentialSeconds, mqttPort, amqpUrl } = config.transports;
  const hasBroker = mqttPort !== undefined || amqpUrl !== undefined;
  const app = createApi({
    ...shared,
    jobs,
    dataFolder,
    acceptance,
    credentials: hasBroker ? { database, directory, domain, now, credentialSeconds } : undefined,
    chainStatus: work.chainStatus,
    serviceStatus: () => ({
      leader: work.isLeader(),
      queued: writer.waiting(),
      ...statusOf(transports),
    }),
    brokerReady: amqpUrl === undefined ? undefined : () => transports?.isReady() === true,
    requestClose: config.allowClose ? closerOf(database, work) : undefined,
    onError: (error, where) => {
      log.error({ err: error, where }, 'a request failed');
    },
  });
  const server = createHttpServer(app);
  const hub = attachHub(server, feed);
  let ending: Promise<void> | undefined;
  const stop = (): Promise<void> => (ending ??= stopAll());
  const stopAll = async (): Promise<void> => {
    await hub.close();
    await closeServer(server);
    await transports?.stop();
    await work.stop();
    await jobs.stop();
    await writer.drain();
    await database.close();
    log.info('the oracle stopped');
  };
  try {
    const { host } = config;
    transports = await startTransports({ acceptance, config: config.transports, host, log });
    const url = await listen(server, host, config.port);
    const submitter = config.account.address;
    log.info({ url, store: database.kind, domain, submitter }, 'the oracle listens');
    return { url, mqttPort: transports.mqttPort, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function closerOf(database: Database, work: Work) {
  return async (projectId: number, until: number): Promise<void> => {
    await saveCloseRequest(database, projectId, until);
    work.wakeJudge();
  };
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
