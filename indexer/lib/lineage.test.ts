import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hex } from 'viem';
import {
  continueLineage,
  formatLineage,
  lineageNameOf,
  parseLineage,
  schemaNameOf,
} from './lineage.ts';

const hash = (digit: string): Hex => `0x${digit.repeat(64)}`;
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
} as const;

test('A chain begun anew with the same contract addresses has other tables', () => {
  assert.notEqual(lineageNameOf(book, hash('1'), 'code'), lineageNameOf(book, hash('2'), 'code'));
});

test('Other code, another chain or another contract has other tables', () => {
  const name = lineageNameOf(book, hash('1'), 'code');
  assert.notEqual(lineageNameOf(book, hash('1'), 'other code'), name);
  assert.notEqual(lineageNameOf({ ...book, chainId: 137 }, hash('1'), 'code'), name);
  assert.notEqual(lineageNameOf({ ...book, registry: book.credit }, hash('1'), 'code'), name);
});

test('The same chain has the same tables, however it is reached and its addresses are written', () => {
  const again = { ...book, rpcUrl: 'http://localhost:9999', registry: lower(book.registry) };
  assert.equal(lineageNameOf(again, hash('1'), 'code'), lineageNameOf(book, hash('1'), 'code'));
});

test("A schema's name fits into the 45 characters that Ponder allows", () => {
  const name = schemaNameOf(lineageNameOf(book, hash('1'), 'code'), 999);
  assert.match(name, /^tt_[0-9a-f]{19}_999$/);
});

test('The first start begins with generation 0', () => {
  const final = { number: 12, hash: hash('a') };
  assert.deepEqual(continueLineage(undefined, final, undefined), { generation: 0, witness: final });
});

test('A chain that grew goes on in the same tables', () => {
  const remembered = { generation: 2, witness: { number: 12, hash: hash('a') } };
  const final = { number: 40, hash: hash('b') };
  assert.deepEqual(continueLineage(remembered, final, hash('a')), {
    generation: 2,
    witness: final,
  });
});

test('A chain that lost or replaced the witness begins new tables', () => {
  const remembered = { generation: 2, witness: { number: 12, hash: hash('a') } };
  const later = { number: 40, hash: hash('b') };
  const earlier = { number: 11, hash: hash('b') };
  assert.equal(continueLineage(remembered, later, hash('c')).generation, 3);
  assert.equal(continueLineage(remembered, later, undefined).generation, 3);
  assert.equal(continueLineage(remembered, earlier, hash('a')).generation, 3);
});

test('What is written down is what is read', () => {
  const lineage = { generation: 7, witness: { number: 12_345_678, hash: hash('e') } };
  assert.deepEqual(parseLineage(formatLineage(lineage)), lineage);
});

test('A text cut short is no lineage', () => {
  const text = formatLineage({ generation: 7, witness: { number: 1, hash: hash('e') } });
  assert.equal(parseLineage(''), undefined);
  assert.equal(parseLineage(text.slice(0, 30)), undefined);
  assert.equal(parseLineage(`x${text}`), undefined);
  assert.equal(parseLineage(`${text.trim()} 1`), undefined);
});

function lower(address: `0x${string}`): `0x${string}` {
  return `0x${address.slice(2).toLowerCase()}`;
}
