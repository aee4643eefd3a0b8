import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import hre from 'hardhat';

import { readStorage } from './support/storage.ts';

const SNAPSHOT = join(import.meta.dirname, 'storage.json');
/** What is deployed and stores something. */
const CONTRACTS = [
  'TonneRegistry',
  'TonneVerification',
  'CarbonCredit',
  'EnergyCertificate',
  'TonneRecourse',
  'TonneCertificates',
  'TonneMarket',
  'BatchRecomputation',
  'InventoryAnchor',
  'TonnePlans',
  'TonneSubscriptions',
];

describe('storage', () => {
  it('is laid out as in the snapshot: slots are what gas and readers of the chain depend on', async function () {
    // All sources are analysed again, on whatever else the machine does.
    this.timeout(120_000);
    // What counts branches stores too.
    if (hre.globalOptions.coverage) this.skip();
    const measured = await readStorage(CONTRACTS);
    if (process.env['UPDATE_SNAPSHOT'] === '1') {
      writeFileSync(SNAPSHOT, `${JSON.stringify(measured, null, 2)}\n`);
    }
    assert.deepEqual(measured, JSON.parse(readFileSync(SNAPSHOT, 'utf8')));
  });
});
