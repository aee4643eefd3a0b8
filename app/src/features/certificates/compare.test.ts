import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareRecord, compareToken } from './compare.ts';
import { parseToken } from './token.ts';

const OWNER = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';
const OTHER = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65';
const record = {
  account: OWNER,
  creditId: 12_026n,
  grams: 1_000n,
  firstSerial: 5n,
  retiredAt: 1_835_395_199,
} as const;

const traits = {
  Account: OWNER,
  'Grams CO2e': '1000',
  'Retired on': '2028-02-28',
  Serials: '5 to 1004',
  Credit: '12026',
};

function tokenWith(
  changes: Partial<typeof traits> = {},
  owner: typeof OWNER | typeof OTHER = OWNER,
) {
  const attributes = Object.entries({ ...traits, ...changes }).map(([trait_type, value]) => ({
    trait_type,
    value,
  }));
  const json = { name: 'n', description: 'dë', image: 'data:,', attributes };
  const uri = `data:application/json;base64,${Buffer.from(JSON.stringify(json)).toString('base64')}`;
  return parseToken(uri, owner);
}

const failed = (checks: readonly { what: string; ok: boolean }[]) =>
  checks.filter(({ ok }) => !ok).map(({ what }) => what);

describe('a certificate naming the wrong wallet, date or amount', () => {
  it('does not pass', () => {
    assert.deepEqual(failed(compareToken(tokenWith(), record)), []);
    assert.deepEqual(failed(compareToken(tokenWith({ Account: OTHER }), record)), [
      'Certificate: Account',
    ]);
    assert.deepEqual(failed(compareToken(tokenWith({ 'Retired on': '2028-02-29' }), record)), [
      'Certificate: Retired on',
    ]);
    assert.deepEqual(failed(compareToken(tokenWith({ 'Grams CO2e': '1001' }), record)), [
      'Certificate: Grams CO2e',
    ]);
    assert.deepEqual(failed(compareToken(tokenWith({ Serials: '0 to 999' }), record)), [
      'Certificate: Serials',
    ]);
    assert.deepEqual(failed(compareToken(tokenWith({}, OTHER), record)), ['Certificate: holder']);
  });
});

describe('what the page shows', () => {
  const shown = {
    id: 1n,
    account: OWNER,
    creditId: 12_026n,
    grams: 1_000n,
    firstSerial: 5n,
    beneficiary: '',
    commitment: undefined,
    purpose: '',
    periodFrom: undefined,
    periodUntil: undefined,
    at: record.retiredAt,
    transactionHash: '0x00',
    certificate: undefined,
    credit: undefined,
  } as const;

  it('is compared with the record of the contract', () => {
    assert.deepEqual(failed(compareRecord(shown, record)), []);
    assert.deepEqual(failed(compareRecord({ ...shown, account: OTHER }, record)), ['Wallet']);
    assert.deepEqual(failed(compareRecord({ ...shown, grams: 1n }, record)), ['Amount']);
    assert.deepEqual(failed(compareRecord({ ...shown, at: 1 }, record)), ['Date']);
    assert.deepEqual(failed(compareRecord({ ...shown, creditId: 1n }, record)), ['Credit']);
    assert.deepEqual(failed(compareRecord({ ...shown, firstSerial: 1n }, record)), [
      'First serial',
    ]);
  });

  it('is refused when it is no metadata', () => {
    assert.throws(() => parseToken('ipfs://x', OWNER));
  });
});
