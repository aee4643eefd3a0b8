import { domainOf, type AddressBook } from '@truetonne/protocol';
import { startOracle, type Oracle } from '../../src/index.ts';
import type { OracleConfig } from '../../src/service/config.ts';
import { openStore } from '../../src/store/database/open.ts';
import { createClient, type TestClient } from './client.ts';
import { createTestDevice, type TestDevice } from './device.ts';
import { makeDataFolder, type TestFolder } from './folders.ts';
import { seedDevice, seedProject } from './seed.ts';
import { configOf } from './service.ts';

export const CLAIMED_AT = 1_467_331_200;

/** An address book whose chain nobody answers for: nothing listens on the discard port. */
export const DEAD_DEPLOYMENT: AddressBook = {
  network: 'local',
  chainId: 31_337,
  rpcUrl: 'http://127.0.0.1:9',
  registry: `0x${'ab'.repeat(20)}`,
  credit: `0x${'cd'.repeat(20)}`,
  energyCertificate: '0x00000000000000000000000000000000000000e1',
  verification: '0x00000000000000000000000000000000000000e2',
  recourse: '0x00000000000000000000000000000000000000e3',
  readings: '0x00000000000000000000000000000000000000e4',
  deployedAtBlock: 0,
};
export const DOMAIN = domainOf(DEAD_DEPLOYMENT.chainId, DEAD_DEPLOYMENT.registry);

/** An oracle without a chain that knows a device of project 1, and one that belongs to no project. */
export interface LoneOracle {
  readonly oracle: Oracle;
  readonly client: TestClient;
  readonly device: TestDevice;
  readonly unbound: TestDevice;
  /** A device like `device`, for tests that spoil its clock. */
  readonly fast: TestDevice;
  /** Ends it and starts another on its data. */
  readonly restart: () => Promise<LoneOracle>;
  readonly stop: () => Promise<void>;
}

export async function startLoneOracle(more: Partial<OracleConfig> = {}): Promise<LoneOracle> {
  const folder = await makeDataFolder();
  const config = configOf(DEAD_DEPLOYMENT, folder.path, more);
  const device = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
  const unbound = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
  const fast = createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT });
  const database = await openStore(config, () => undefined);
  await seedProject(database, 1);
  await seedDevice(database, device, CLAIMED_AT, 1);
  await seedDevice(database, unbound, CLAIMED_AT, undefined);
  await seedDevice(database, fast, CLAIMED_AT, 1);
  await database.close();
  return runOn(config, { device, unbound, fast }, folder);
}

async function runOn(
  config: OracleConfig,
  devices: Pick<LoneOracle, 'device' | 'unbound' | 'fast'>,
  folder: TestFolder,
): Promise<LoneOracle> {
  const oracle = await startOracle(config);
  return {
    ...devices,
    oracle,
    client: createClient(oracle.url),
    restart: async () => {
      await oracle.stop();
      return runOn(config, devices, folder);
    },
    stop: async () => {
      await oracle.stop();
      folder.remove();
    },
  };
}
