import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { TonneError } from '@truetonne/protocol';
import { settingsOf } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'truetonne-settings-'));
after(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'local.json');
const book = {
  network: 'local',
  chainId: 31_337,
  rpcUrl: 'http://127.0.0.1:8545',
  registry: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  credit: '0xa16E02E87b7454126E5E10d957A927A7F5B5d2be',
  energyCertificate: '0x00000000000000000000000000000000000000e1',
  verification: '0x00000000000000000000000000000000000000e2',
  recourse: '0x00000000000000000000000000000000000000e3',
  readings: '0x00000000000000000000000000000000000000e4',
  deployedAtBlock: 1,
};
writeFileSync(path, JSON.stringify(book));

const refuses = (field: string) => (error: unknown) =>
  error instanceof TonneError && error.details.field === field;

test('With nothing but the address book, PGlite lives in .ponder on port 42069', () => {
  const settings = settingsOf({ TRUETONNE_DEPLOYMENT: path }, '/srv/indexer');
  assert.deepEqual(settings, {
    deploymentPath: path,
    deployment: book,
    port: 42_069,
    dataDirectory: '/srv/indexer/.ponder',
    databaseUrl: undefined,
  });
});

test('The environment overrides data, database, port and RPC', () => {
  const settings = settingsOf(
    {
      TRUETONNE_DEPLOYMENT: path,
      TRUETONNE_RPC_URL: 'http://127.0.0.1:9545',
      INDEXER_DATA: '/var/data',
      DATABASE_URL: 'postgres://localhost/tonne',
      PORT_INDEXER: '5000',
    },
    '/srv/indexer',
  );
  assert.equal(settings.deployment.rpcUrl, 'http://127.0.0.1:9545');
  assert.equal(settings.dataDirectory, '/var/data');
  assert.equal(settings.databaseUrl, 'postgres://localhost/tonne');
  assert.equal(settings.port, 5_000);
});

test('Without an address book nothing is guessed', () => {
  assert.throws(() => settingsOf({}, '/srv/indexer'), refuses('TRUETONNE_DEPLOYMENT'));
});

test('What is no port is refused', () => {
  for (const port of ['0', '65536', '42069.5', 'http', '']) {
    const env = { TRUETONNE_DEPLOYMENT: path, PORT_INDEXER: port };
    assert.throws(() => settingsOf(env, '/srv/indexer'), refuses('PORT_INDEXER'), port);
  }
});

test('What is no RPC URL is refused', () => {
  const env = { TRUETONNE_DEPLOYMENT: path, TRUETONNE_RPC_URL: 'polygon' };
  assert.throws(() => settingsOf(env, '/srv/indexer'), refuses('TRUETONNE_RPC_URL'));
});
