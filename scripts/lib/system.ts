import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPublicClient, http } from 'viem';
import { deployLocal } from '../deploy.ts';
import { readAddressBook, type AddressBook } from './addressBook.ts';
import { buildApp, buildContracts } from './build.ts';
import { startChain, type LocalChain } from './chain.ts';
import { LIVE_PROJECT_ID, prepareFirstStart } from './firstStart.ts';
import { ROOT } from './paths.ts';
import { assertPortFree, type ServiceName } from './ports.ts';
import { answersOk, startService, waitUntilReady, type Service } from './service.ts';

export interface SystemOptions {
  /** Folder that keeps everything between starts. */
  readonly state: string;
  readonly ports: Readonly<Record<ServiceName, number>>;
  /** Simulated seconds of the fleet per second. */
  readonly fleetSpeed: number;
  readonly say: (text: string) => void;
}

/** The whole system on this machine: where it is, and how to end it. */
export interface System {
  readonly urls: Readonly<Record<ServiceName, string>>;
  readonly book: AddressBook;
  /** Settles when a part ends by itself, with its name and how it ended. */
  readonly broken: Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Files of a state folder. */
const filesOf = (state: string) => ({
  addressBook: join(state, 'deployment.json'),
  appConfig: join(state, 'app.json'),
  chainState: join(state, 'chain.json'),
  /** Exists once the first start set everything up; without it the state is of no use. */
  complete: join(state, 'complete'),
  devices: join(state, 'devices'),
  indexer: join(state, 'indexer'),
  oracle: join(state, 'oracle'),
  logOf: (name: string) => join(state, 'logs', `${name}.log`),
});

type Files = ReturnType<typeof filesOf>;

/** Starts chain, contracts, oracle, indexer, app and fleet. Stops what it started when a part fails. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const { state, ports, say } = options;
  for (const [name, port] of Object.entries(ports)) await assertPortFree(name as ServiceName, port);
  const files = filesOf(state);
  if (!existsSync(files.complete)) rmSync(state, { recursive: true, force: true });
  mkdirSync(state, { recursive: true });
  const services: Service[] = [];
  const stop = async (): Promise<void> => {
    for (const service of services.splice(0).reverse()) await service.stop();
  };
  try {
    const book = await startParts(options, files, services);
    const broken = Promise.race(
      services.map(async ({ name, ended }) => `${name} ended with ${await ended}`),
    );
    say('everything runs');
    return { urls: urlsOf(ports), book, broken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  options: SystemOptions,
  files: Files,
  services: Service[],
): Promise<AddressBook> {
  const { ports, say } = options;
  say('building contracts and app where they changed');
  await buildContracts();
  await buildApp();
  say('starting the chain');
  const chain = await startChain({
    port: ports.chain,
    stateFile: files.chainState,
    logFile: files.logOf('chain'),
  });
  services.push(chain);
  const book = await deployOrResume(chain, files, say);
  say('starting oracle, indexer and app');
  const oracle = startOracleService(ports, files);
  const indexer = startIndexerService(ports, files);
  const app = startAppService(book, ports, files);
  services.push(oracle, indexer, app);
  const { oracle: oracleUrl, indexer: indexerUrl, app: appUrl } = urlsOf(ports);
  await waitUntilReady(oracle, files.logOf('oracle'), () => answersOk(`${oracleUrl}/ready`), 60);
  if (!existsSync(files.complete)) {
    await prepareFirstStart({ book, oracleUrl, devices: files.devices, say });
    writeFileSync(files.complete, new Date().toISOString());
  }
  services.push(startFleetService(urlsOf(ports), options.fleetSpeed, files));
  say('waiting for the indexer and the app');
  await waitUntilReady(indexer, files.logOf('indexer'), () => answersOk(`${indexerUrl}/ready`), 90);
  await waitUntilReady(app, files.logOf('app'), () => answersOk(appUrl), 30);
  return book;
}

function urlsOf(ports: SystemOptions['ports']): System['urls'] {
  const at = (port: number): string => `http://127.0.0.1:${port}`;
  return {
    app: at(ports.app),
    oracle: at(ports.oracle),
    mqtt: `mqtt://127.0.0.1:${ports.mqtt}`,
    indexer: at(ports.indexer),
    chain: at(ports.chain),
  };
}

/** Deploys on a fresh chain; on a later start checks that the chain still has the contracts. */
async function deployOrResume(
  chain: LocalChain,
  files: Files,
  say: SystemOptions['say'],
): Promise<AddressBook> {
  if (!existsSync(files.complete)) {
    say('deploying the contracts');
    const book = await deployLocal(chain.rpcUrl);
    writeFileSync(files.addressBook, `${JSON.stringify(book, null, 2)}\n`);
    return book;
  }
  const book = { ...readAddressBook(files.addressBook), rpcUrl: chain.rpcUrl };
  const client = createPublicClient({ transport: http(chain.rpcUrl) });
  const code = await client.getCode({ address: book.registry });
  if (code === undefined) {
    throw new Error(
      `the saved chain has no contract at ${book.registry}: npm start -- --fresh begins anew`,
    );
  }
  writeFileSync(files.addressBook, `${JSON.stringify(book, null, 2)}\n`);
  return book;
}

function startOracleService(ports: SystemOptions['ports'], files: Files): Service {
  return startService({
    name: 'oracle',
    command: process.execPath,
    args: ['oracle/src/main.ts'],
    logFile: files.logOf('oracle'),
    env: {
      PORT_APP: String(ports.app),
      PORT_ORACLE: String(ports.oracle),
      PORT_MQTT: String(ports.mqtt),
      TRUETONNE_DEPLOYMENT: files.addressBook,
      ORACLE_DATA: files.oracle,
      ORACLE_ALLOW_CLOSE: '1',
      ORACLE_PERIODS: `default=month,${LIVE_PROJECT_ID}=day`,
    },
  });
}

function startIndexerService(ports: SystemOptions['ports'], files: Files): Service {
  return startService({
    name: 'indexer',
    command: process.execPath,
    args: ['indexer/scripts/serve.ts'],
    logFile: files.logOf('indexer'),
    env: {
      PORT_INDEXER: String(ports.indexer),
      TRUETONNE_DEPLOYMENT: files.addressBook,
      INDEXER_DATA: files.indexer,
      PONDER_LOG_LEVEL: 'warn',
    },
  });
}

function startAppService(book: AddressBook, ports: SystemOptions['ports'], files: Files): Service {
  const { oracle: oracleUrl, indexer: indexerUrl } = urlsOf(ports);
  writeFileSync(files.appConfig, JSON.stringify({ ...book, oracleUrl, indexerUrl }));
  return startService({
    name: 'app',
    command: process.execPath,
    args: [join(ROOT, 'node_modules/vite/bin/vite.js'), 'preview'],
    cwd: join(ROOT, 'app'),
    logFile: files.logOf('app'),
    env: { PORT_APP: String(ports.app), TRUETONNE_APP_CONFIG: files.appConfig },
  });
}

function startFleetService(urls: System['urls'], speed: number, files: Files): Service {
  return startService({
    name: 'fleet',
    command: process.execPath,
    args: ['device-signer/src/fleet.ts'],
    logFile: files.logOf('fleet'),
    env: {
      ORACLE_URL: urls.oracle,
      MQTT_URL: urls.mqtt,
      FLEET_STATE: files.devices,
      FLEET_SPEED: String(speed),
    },
  });
}
