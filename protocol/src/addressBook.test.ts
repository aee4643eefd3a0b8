import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAddressBook, parseAddressBookJson } from './addressBook.ts';
import { TonneError } from './errors/tonneError.ts';

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

const refuses = (field: string, value?: string) => (error: unknown) =>
  error instanceof TonneError &&
  error.code === 'CONFIGURATION_INVALID' &&
  error.details.field === field &&
  (value === undefined || error.details.value === value);

test('an address book is read as it stands, also from block 0, without what is for others', () => {
  assert.deepEqual(parseAddressBook(book), book);
  assert.deepEqual(parseAddressBook({ ...book, oracleUrl: 'http://127.0.0.1:4000' }), book);
});

test('an address is taken in one case, and in both only with its checksum', () => {
  const lower = book.registry.toLowerCase();
  const upper = `0x${lower.slice(2).toUpperCase()}`;
  for (const registry of [lower, upper]) {
    assert.equal(parseAddressBook({ ...book, registry }).registry, registry);
  }
  const mistyped = book.registry.replace('F', 'f');
  assert.throws(() => parseAddressBook({ ...book, registry: mistyped }), refuses('registry'));
});

test('a missing or malformed field is named with its value', () => {
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['network', '', ''],
    ['network', undefined, 'missing'],
    ['chainId', '31337', '31337'],
    ['chainId', 1.5, '1.5'],
    ['chainId', 0, '0'],
    ['rpcUrl', 'nowhere', 'nowhere'],
    ['rpcUrl', 5, '5'],
    ['registry', '0x5FbDB2315678afecb367f032d93F642f64180aa', book.registry.slice(0, -1)],
    ['registry', `${book.registry}\n`, `${book.registry}\n`],
    ['credit', null, 'null'],
    ['energyCertificate', 1, '1'],
    ['verification', undefined, 'missing'],
    ['recourse', '0x', '0x'],
    ['readings', '', ''],
    ['deployedAtBlock', -1, '-1'],
    ['deployedAtBlock', 2 ** 53, String(2 ** 53)],
  ];
  for (const [field, value, shown] of cases) {
    const parse = () => parseAddressBook({ ...book, [field]: value });
    assert.throws(parse, refuses(field, shown), `${field} ${shown}`);
  }
});

test('where subscriptions are sold is read too, and whole or not at all', () => {
  const subscriptions = { contract: book.registry, plans: book.credit };
  assert.deepEqual(parseAddressBook({ ...book, subscriptions }), { ...book, subscriptions });
  for (const [sold, field] of [
    [{ contract: book.registry }, 'subscriptions.plans'],
    [{ ...subscriptions, contract: 'nowhere' }, 'subscriptions.contract'],
    ['nowhere', 'subscriptions.contract'],
    [null, 'subscriptions.contract'],
  ] as const) {
    assert.throws(() => parseAddressBook({ ...book, subscriptions: sold }), refuses(field));
  }
});

test('A book may say where credits are traded, and then says it whole', () => {
  const market = { contract: book.registry, certificates: book.credit };
  assert.deepEqual(parseAddressBook({ ...book, market }), { ...book, market });
  const half = { contract: book.registry };
  assert.throws(() => parseAddressBook({ ...book, market: half }), refuses('market.certificates'));
});

test('what is no object has no network', () => {
  for (const value of [null, 5, 'text', undefined, []]) {
    assert.throws(() => parseAddressBook(value), refuses('network', 'missing'));
  }
});

test('the file is named before the field, and when it is no JSON', () => {
  assert.deepEqual(parseAddressBookJson(JSON.stringify(book), 'book.json'), book);
  const cut = JSON.stringify({ ...book, registry: undefined });
  assert.throws(() => parseAddressBookJson(cut, 'book.json'), refuses('book.json: registry'));
  assert.throws(() => parseAddressBookJson('{', 'book.json'), refuses('book.json'));
});
