import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { TonneError } from '@truetonne/protocol';
import { isLoopback, readDeployment } from './deployment.ts';

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
  deployedAtBlock: 0,
};

const refuses = (field: string) => (error: unknown) =>
  error instanceof TonneError &&
  error.code === 'CONFIGURATION_INVALID' &&
  error.details.field === field;

function writeBook(context: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'truetonne-book-'));
  context.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const path = join(folder, 'book.json');
  writeFileSync(path, text);
  return path;
}

test('An address book is read as it stands, also from block 0', (context) => {
  assert.deepEqual(readDeployment(writeBook(context, JSON.stringify(book))), book);
});

test('A missing field is named with the variable and the file', (context) => {
  const path = writeBook(context, JSON.stringify({ ...book, credit: undefined }));
  assert.throws(() => readDeployment(path), refuses(`TRUETONNE_DEPLOYMENT ${path}: credit`));
});

test('A file that is no JSON is named', (context) => {
  const path = writeBook(context, '{');
  assert.throws(() => readDeployment(path), refuses(`TRUETONNE_DEPLOYMENT ${path}`));
});

test('A file that is not there is named with its variable', () => {
  assert.throws(() => readDeployment('/nowhere/book.json'), refuses('TRUETONNE_DEPLOYMENT'));
});

test('Only a chain on this machine is taken for one', () => {
  assert.equal(isLoopback('http://127.0.0.1:8545'), true);
  assert.equal(isLoopback('http://localhost:8545'), true);
  assert.equal(isLoopback('http://[::1]:8545'), true);
  assert.equal(isLoopback('https://polygon.example/127.0.0.1'), false);
});
