import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { findContractTests } from '../lib/projectCopy.ts';
import { ROOT } from '../lib/paths.ts';

/** What a contract has to do with tests that do not name it. */
const TOPICS: Readonly<Record<string, readonly string[]>> = {
  Batches: ['submit', 'mint', 'settle', 'batchLimit'],
  BatchSlot: ['submit', 'mint', 'settle'],
  Closings: ['submit', 'vectors'],
  Crediting: ['vectors', 'mint', 'submit'],
  Devices: ['claimDevice', 'registerDevices', 'bindDevice'],
  DeviceLife: ['rotateDevice', 'replaceMeter', 'freezeDevice', 'handOver'],
  DeviceSlot: ['submit', 'bindDevice'],
  Opinions: ['verification', 'recourse'],
  Tally: ['verification', 'reportRecomputation'],
  TonneVerification: ['verification', 'reportRecomputation', 'roles'],
  Verifiers: ['roles', 'verification', 'recourse'],
  TonneRecourse: ['recourse', 'debt'],
  TonneMarket: ['market'],
  FunctionsRequest: ['recomputation'],
  WindowHeader: ['vectors', 'submit'],
};

/** The contract tests in the order in which they are likely to notice a change of a contract. */
export function testsFor(contract: string): string[] {
  const tests = findContractTests().filter((path) => !path.endsWith('contracts.test.ts'));
  const isSales = contract.includes('/subscriptions/') || contract.includes('Subscriptions');
  const stem = basename(contract, '.sol');
  const topics = TOPICS[stem] ?? [stem.replace(/^Tonne|^Batch/, '').toLowerCase()];
  const rankOf = (path: string): number => {
    if (path.includes('/subscriptions/') !== isSales) return 3;
    if (topics.some((topic) => basename(path).toLowerCase().startsWith(topic.toLowerCase())))
      return 0;
    return readFileSync(join(ROOT, path), 'utf8').includes(stem) ? 1 : 2;
  };
  return tests
    .map((path) => ({ path, rank: rankOf(path) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ path }) => path);
}
