import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { domainOf } from '@truetonne/protocol';
import { createEntitlements, type Entitlements } from '../accounts/entitlements/entitlements.ts';
import { tenantRates } from '../accounts/entitlements/requestRates.ts';
import { createRightsReader } from '../accounts/entitlements/rights.ts';
import { createMailer } from '../accounts/reminders/mail.ts';
import { remind } from '../accounts/reminders/rounds.ts';
import type { Notifier } from '../accounts/reminders/settings.ts';
import { createSeal, readSealKey, type Seal } from '../accounts/signIn/sealing.ts';
import type { SignInContext } from '../accounts/signIn/signIn.ts';
import { createAddressReader } from '../api/clientAddress.ts';
import type { ApiContext, ServiceStatus } from '../api/context.ts';
import { createRequestLimits } from '../api/requestLimits.ts';
import { createAccountingLoader } from '../inventory/activities/accounting.ts';
import { createUpgrade } from '../inventory/activities/upgrade.ts';
import { loadFactorIndex } from '../inventory/factorSets/load.ts';
import { createImporter, IMPORT_JOB } from '../inventory/imports/run.ts';
import { createJobs } from '../jobs/jobs.ts';
import { createFeed, type LiveFeed } from '../live/feed.ts';
import { createBatchFiles } from '../metering/batches/files.ts';
import { createExporter, EXPORT_JOB } from '../metering/exports/export.ts';
import type { Acceptance } from '../metering/ingest/accept.ts';
import { createAdmission } from '../metering/ingest/admission.ts';
import { createDirectory } from '../metering/ingest/directory.ts';
import { createLimits } from '../metering/ingest/limits.ts';
import { createVerifier } from '../metering/ingest/verifier.ts';
import { createWindowWriter, type AcceptedWindow } from '../metering/ingest/writer.ts';
import { createRecentWindows } from '../metering/judge/recent.ts';
import { readRuleBook } from '../metering/judge/ruleBook.ts';
import { createLibrary } from '../metering/methodologies/library.ts';
import { createIssuer, type Issuer } from '../metering/monitoring/credential.ts';
import { startSweeping, sweepParts } from '../metering/sweep.ts';
import { createUploadReader, UPLOAD_JOB } from '../metering/uploads/run.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { createEndpoints, type Endpoints } from '../rpc/endpoints.ts';
import type { Log } from '../runtime/log.ts';
import type { Database } from '../store/database/database.ts';
import { saveCloseRequest } from '../store/progress.ts';
import { saveSetting } from '../store/settings.ts';
import { NO_TRANSPORTS, type Transports } from '../transports/start.ts';
import { LOCAL_CHAIN, type OracleConfig } from './config.ts';
import { lead, type LedWork } from './lead.ts';
import { startWork } from './work.ts';

/** Sets of emission factors, as they are checked in. */
const FACTOR_FOLDER = join(import.meta.dirname, '../../../data');

/** What the oracle is made of, put together but for its ports. */
export interface Parts {
  readonly acceptance: Acceptance;
  readonly api: ApiContext;
  readonly feed: LiveFeed;
  /** Opened after the parts: they ask it how it is. */
  readonly useTransports: (transports: Transports) => void;
  /** Ends the work and lets what was taken in be stored. */
  readonly stop: () => Promise<void>;
}

export async function createParts(
  config: OracleConfig,
  database: Database,
  log: Log,
): Promise<Parts> {
  const now = config.now ?? (() => Math.floor(Date.now() / 1000));
  const domain = domainOf(config.deployment.chainId, config.deployment.registry);
  const directory = createDirectory();
  const feed = createFeed(database);
  let transports = NO_TRANSPORTS;
  const reload = async (): Promise<void> => {
    await directory.reload(database);
    await feed.reload(database);
    transports.review();
  };
  await feed.start(database);
  await reload();
  const recent = createRecentWindows();
  const shared = { ...sharedOf(config, database), now, domain };
  const callers = callersOf(config, database, now, log);
  const { accounting, upgrade } = accountingOf(config, database, now);
  const work = startLeading({ ...shared, recent, config, log, upgrade }, callers, reload);
  const metrics = createMetrics();
  const onCommit = (accepted: readonly AcceptedWindow[]): void => {
    feed.publish(accepted);
    // Where another oracle judges nobody would take them out.
    if (work.isLeader()) recent.add(accepted);
    work.wakeJudge();
  };
  const writer = createWindowWriter(database, onCommit, metrics.observeCommit);
  const doors = doorsOf(config, database, callers.entitlements);
  const verifier = createVerifier();
  const acceptance = { ...doors, database, directory, metrics, verifier, writer, domain, now };
  const { jobs, stopJobs } = await startJobs(config, acceptance, accounting, log);
  const { dataFolder, jobQuota } = config;
  const api = {
    ...{ ...shared, jobs, dataFolder, acceptance, jobQuota },
    addressOf: createAddressReader(config.trustedProxies),
    ...accessOf(config, acceptance, () => transports),
    accounting,
    ...callers,
    chainStatus: work.chainStatus,
    serviceStatus: () => statusOf(transports, work.isLeader(), writer.waiting()),
    allowUnsigned: config.transports.allowUnsigned,
    requestClose: config.allowClose ? closerOf(database, work) : undefined,
    onError: reporterOf(log),
  };
  const stop = async (): Promise<void> => {
    await feed.stop();
    await transports.stop();
    await work.stop();
    await stopJobs();
    await stopCallers(callers);
    await writer.drain();
    await verifier.stop();
  };
  return { acceptance, api, feed, useTransports: (opened) => (transports = opened), stop };
}

/** Goes on with what was not done, and takes away what nobody is to keep. */
async function startJobs(
  { dataFolder, waitSeconds, jobQuota: quota }: OracleConfig,
  acceptance: Acceptance,
  accounting: ApiContext['accounting'],
  log: Log,
) {
  const { database, now } = acceptance;
  const jobs = createJobs({ database, dataFolder, now, log });
  jobs.define(EXPORT_JOB, createExporter({ database, waitSeconds, now, quota }, dataFolder));
  jobs.define(UPLOAD_JOB, createUploadReader({ acceptance, dataFolder, now }));
  jobs.define(IMPORT_JOB, createImporter({ database, dataFolder, accounting, now }));
  await sweepParts(dataFolder);
  await jobs.start();
  const sweeping = startSweeping({ database, jobs, dataFolder, quota, now, log });
  const stopJobs = async (): Promise<void> => {
    await sweeping.stop();
    await jobs.stop();
  };
  return { jobs, stopJobs };
}

function accountingOf({ loadFactors }: OracleConfig, database: Database, now: () => number) {
  const load = loadFactors ?? (() => loadFactorIndex(FACTOR_FOLDER));
  const accounting = createAccountingLoader(load);
  return { accounting, upgrade: createUpgrade({ database, accounting, now }) };
}

function sharedOf(config: OracleConfig, database: Database) {
  const { periods, waitSeconds, dataFolder } = config;
  const rules = readRuleBook();
  return {
    ...{ database, waitSeconds, files: createBatchFiles(dataFolder), rules },
    library: createLibrary(rules),
    issuer: issuerOf(config),
    registry: { chainId: config.deployment.chainId, address: config.deployment.registry },
    submitter: config.account.address,
    periodOfProject: (id: number) => periods.byProject.get(id) ?? periods.default,
  };
}

type Callers = ReturnType<typeof callersOf>;
type WorkParts = Omit<Parameters<typeof startWork>[0], 'endpoints' | 'onRegistryChange' | 'remind'>;

/** Who may sign in where, and how often they may ask. */
function callersOf(config: OracleConfig, database: Database, now: () => number, log: Log) {
  const { deployment, signIn, dataFolder } = config;
  const endpoints = endpointsOf(config, log);
  const seal = createSeal(readSealKey(dataFolder, signIn.secret));
  const context: SignInContext = {
    ...{ database, now, origins: signIn.origins, chainId: deployment.chainId },
    ...{ endpoints, seal },
  };
  const entitlements = entitlementsOf(config, database, endpoints, now);
  return {
    signIn: context,
    notifier: notifierOf(config, database, seal, now),
    inventoryAnchor: deployment.inventoryAnchor,
    requestLimits: createRequestLimits(),
    entitlements,
    accountRequestsPerMinute: signIn.requestsPerMinute.free,
    requestsPerMinute: (organisationId: string) =>
      tenantRates(signIn.requestsPerMinute, entitlements.tierOf(organisationId)),
  };
}

function notifierOf(
  { mail, deployment: { chainId }, signIn: { origins } }: OracleConfig,
  database: Database,
  seal: Seal,
  now: () => number,
): Notifier {
  const mailer = mail === undefined ? undefined : createMailer(mail);
  const [appUrl = ''] = origins;
  return { database, mailer, seal, local: chainId === LOCAL_CHAIN, appUrl, now };
}

function entitlementsOf(
  { deployment: { subscriptions } }: OracleConfig,
  database: Database,
  endpoints: Endpoints,
  now: () => number,
): Entitlements {
  const reader =
    subscriptions === undefined
      ? undefined
      : createRightsReader(endpoints, subscriptions.plans, now);
  return createEntitlements(database, reader, now);
}

/** How many windows, and of how many devices, come in. Where nothing is sold, of any number. */
function doorsOf(
  { deployment: { subscriptions }, transports }: OracleConfig,
  database: Database,
  { assertDevice }: Entitlements,
): Pick<Acceptance, 'admission' | 'limits'> {
  const admission =
    subscriptions === undefined ? undefined : createAdmission(database, assertDevice);
  return { admission, limits: createLimits(transports.limits) };
}

function endpointsOf({ deployment, rpcUrls }: OracleConfig, log: Log) {
  return createEndpoints(deployment, rpcUrls, (endpoint, reason) => {
    log.warn({ endpoint, reason }, 'an endpoint of the chain is left alone for a while');
  });
}

function reporterOf(log: Log): ApiContext['onError'] {
  return (error, where) => {
    log.error({ err: error, where }, 'a request failed');
  };
}

async function stopCallers({ entitlements, notifier }: Callers): Promise<void> {
  await entitlements.stop();
  notifier.mailer?.close();
}

function startLeading(
  parts: WorkParts,
  { notifier, entitlements: { rightsOf } }: Callers,
  reload: () => Promise<void>,
): LedWork {
  const { config, database, log } = parts;
  const endpoints = endpointsOf(config, log);
  const onRegistryChange = async (): Promise<void> => {
    await reload();
    await saveSetting(database, 'registryVersion', randomUUID());
  };
  return lead({
    ...{ config, database, endpoints, log, reload },
    startWork: () =>
      startWork({
        ...{ ...parts, endpoints, onRegistryChange },
        remind: () => remind({ notifier, rightsOf, log }),
      }),
  });
}

/** Who may talk to a broker, where there is one. */
function accessOf(
  { transports: { amqpUrl, mqttPort, credentialSeconds } }: OracleConfig,
  { database, directory, domain, now }: Acceptance,
  transports: () => Transports,
) {
  const hasBroker = mqttPort !== undefined || amqpUrl !== undefined;
  return {
    credentials: hasBroker ? { database, directory, domain, now, credentialSeconds } : undefined,
    brokerReady: amqpUrl === undefined ? undefined : () => transports().isReady(),
  };
}

/** Made when it is first asked for. */
function issuerOf({ issuerSeed }: OracleConfig) {
  if (issuerSeed === undefined) return undefined;
  let issuer: Promise<Issuer> | undefined;
  return () => (issuer ??= createIssuer(issuerSeed));
}

function closerOf(database: Database, work: LedWork) {
  return async (projectId: number, until: number): Promise<void> => {
    await saveCloseRequest(database, projectId, until);
    work.wakeJudge();
  };
}

/** How the service is, for whoever asks. */
function statusOf(
  { kind, isUp, connections, unacknowledged }: Transports,
  leader: boolean,
  queued: number,
): ServiceStatus {
  return {
    ...{ leader, queued, broker: kind, brokerUp: kind === 'embedded' || isUp() },
    ...{ connections: connections(), unacknowledged: unacknowledged() },
  };
}
