import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TonneError } from '@truetonne/protocol';
import { isLoopback, parseDeployment, readDeployment } from './deployment.ts';

const book = {
  network: 'local',
  chainId: 31_337,
  rpcUrl: 'http://127.0.0.1:8545',
  registry: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  credit: '0xa16E02E87b7454126E5E10d957A927A7F5B5d2be',
  deployedAtBlock: 0,
};

const refuses = (field: string) => (error: unknown) =>
  error instanceof TonneError &&
  error.code === 'CONFIGURATION_INVALID' &&
  error.details.field === field;

test('An address book is read as it stands, also from block 0', () => {
  assert.deepEqual(parseDeployment(book), book);
});

test('Fields for other readers are left alone', () => {
  assert.deepEqual(parseDeployment({ ...book, oracleUrl: 'http://127.0.0.1:4000' }), book);
});

test('A missing or malformed field is named', () => {
  const cases: [string, unknown][] = [
    ['network', ''],
    ['chainId', '31337'],
    ['chainId', 1.5],
    ['rpcUrl', 'localhost'],
    ['registry', '0x5FbDB2315678afecb367f032d93F642f64180aa'],
    ['credit', undefined],
    ['deployedAtBlock', -1],
  ];
  for (const [field, value] of cases) {
    assert.throws(() => parseDeployment({ ...book, [field]: value }), refuses(field), field);
  }
});

test('What is no object has no network', () => {
  for (const value of [null, 5, 'text', undefined]) {
    assert.throws(() => parseDeployment(value), refuses('network'));
  }
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
