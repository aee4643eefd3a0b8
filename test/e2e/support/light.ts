import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataFolder } from '../../../oracle/test/support/folders.ts';
import { deployLocal } from '../../../scripts/deploy.ts';
import type { AddressBook } from '../../../scripts/lib/addressBook.ts';
import { buildApp, buildContracts } from '../../../scripts/lib/build.ts';
import { startChain } from '../../../scripts/lib/chain.ts';
import { ROOT } from '../../../scripts/lib/paths.ts';
import { findFreePort } from '../../../scripts/lib/ports.ts';
import {
  answersOk,
  startService,
  waitUntilReady,
  type Service,
} from '../../../scripts/lib/service.ts';

/** The whole system on free ports, without the history and the fleet that `npm start` brings. */
export interface LightSystem {
  readonly book: AddressBook;
  readonly urls: { readonly app: string; readonly oracle: string; readonly indexer: string };
  readonly stop: () => Promise<void>;
}

export interface LightOptions {
  /** Of the oracle, as environment variables. */
  readonly settings?: Readonly<Record<string, string>>;
  /** What the chain's clock shows at the start, Unix seconds. */
  readonly chainStartsAt?: number;
}

/** Starts chain, contracts, oracle, indexer and app in a temporary folder. */
export async function startLightSystem(options: LightOptions = {}): Promise<LightSystem> {
  const { settings = {}, chainStartsAt } = options;
  await Promise.all([buildContracts(), buildApp()]);
  const { path: folder, remove } = await makeDataFolder();
  const services: Service[] = [];
  const stop = async (): Promise<void> => {
    for (const service of services.reverse()) await service.stop();
    remove();
  };
  try {
    const chain = await startChain({
      port: await findFreePort(),
      logFile: join(folder, 'chain.log'),
      ...(chainStartsAt === undefined ? {} : { startsAt: chainStartsAt }),
    });
    services.push(chain);
    const book = await deployLocal(chain.rpcUrl);
    const urls = await startParts(folder, book, services, settings);
    return { book, urls, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  folder: string,
  book: AddressBook,
  services: Service[],
  settings: Readonly<Record<string, string>>,
): Promise<LightSystem['urls']> {
  const ports = {
    app: await findFreePort(),
    oracle: await findFreePort(),
    indexer: await findFreePort(),
  };
  const at = (port: number): string => `http://127.0.0.1:${port}`;
  const urls = { app: at(ports.app), oracle: at(ports.oracle), indexer: at(ports.indexer) };
  const deployment = join(folder, 'deployment.json');
  writeFileSync(deployment, JSON.stringify(book));
  const appConfig = join(folder, 'app.json');
  const serviceUrls = { oracleUrl: urls.oracle, indexerUrl: urls.indexer };
  writeFileSync(appConfig, JSON.stringify({ ...book, ...serviceUrls }));
  const start = (name: keyof typeof urls, args: readonly string[], env: Record<string, string>) => {
    const logFile = join(folder, `${name}.log`);
    const cwd = name === 'app' ? join(ROOT, 'app') : ROOT;
    const service = startService({ name, command: process.execPath, args, logFile, env, cwd });
    services.push(service);
    const path = name === 'app' ? '/' : '/ready';
    return waitUntilReady(service, logFile, () => answersOk(`${urls[name]}${path}`), 90);
  };
  await Promise.all([
    start('oracle', ['oracle/src/main.ts'], {
      PORT_APP: String(ports.app),
      PORT_ORACLE: String(ports.oracle),
      PORT_MQTT: '0',
      TRUETONNE_DEPLOYMENT: deployment,
      ORACLE_DATA: folder,
      ORACLE_ALLOW_CLOSE: '1',
      // Nobody clicks as fast as a test.
      ORACLE_REQUESTS_PER_MINUTE: '5000',
      ...settings,
    }),
    start('indexer', ['indexer/scripts/serve.ts'], {
      PORT_INDEXER: String(ports.indexer),
      TRUETONNE_DEPLOYMENT: deployment,
      INDEXER_DATA: join(folder, 'indexer'),
      PONDER_LOG_LEVEL: 'warn',
    }),
    start('app', [join(ROOT, 'node_modules/vite/bin/vite.js'), 'preview'], {
      PORT_APP: String(ports.app),
      TRUETONNE_APP_CONFIG: appConfig,
    }),
  ]);
  return urls;
}
