import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeAbiParameters, keccak256, toHex, zeroHash } from 'viem';
import { commitmentTo, dedicationOf } from './dedication.ts';
import { costUp, CURRENCIES, encodeTerms, listingIdOf, type Listing } from './listing.ts';
import { splitRetirementId } from './retirementId.ts';

const SELLER = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';
const LISTING: Listing = {
  seller: SELLER,
  creditId: 12_026n,
  terms: { pricePerTonne: 20n, currency: 'usdt', minimumGrams: 3n, expiresAt: 4 },
};

test('What grams cost is never less than their share, and less than a unit more', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, 2n ** 64n - 1n), fc.bigInt(1n, 2n ** 128n - 1n), (grams, price) => {
      const cost = costUp(grams, price);
      assert.ok(cost * 1_000_000n >= grams * price);
      assert.ok((cost - 1n) * 1_000_000n < grams * price);
      assert.ok(cost > 0n);
    }),
  );
});

test('Parts of a listing never cost less than the whole', () => {
  const grams = fc.bigInt(1n, 2n ** 63n - 1n);
  fc.assert(
    fc.property(grams, grams, fc.bigInt(1n, 2n ** 128n - 1n), (a, b, price) => {
      assert.ok(costUp(a, price) + costUp(b, price) >= costUp(a + b, price));
    }),
  );
});

test('Terms are 128 bytes with the number of the currency', () => {
  const bytes = encodeTerms(LISTING.terms);
  const types = ['uint128', 'uint8', 'uint64', 'uint40'].map((type) => ({ type }));
  assert.deepEqual(decodeAbiParameters(types, bytes), [20n, 2, 3n, 4]);
  assert.deepEqual(CURRENCIES, ['coin', 'usdc', 'usdt']);
});

test('Every field of a listing is in its id', () => {
  const { terms } = LISTING;
  const others: Listing[] = [
    { ...LISTING, seller: '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65' },
    { ...LISTING, creditId: 12_027n },
    { ...LISTING, terms: { ...terms, pricePerTonne: 21n } },
    { ...LISTING, terms: { ...terms, currency: 'usdc' } },
    { ...LISTING, terms: { ...terms, minimumGrams: 4n } },
    { ...LISTING, terms: { ...terms, expiresAt: 5 } },
  ];
  assert.equal(new Set([LISTING, ...others].map(listingIdOf)).size, 7);
});

test('A commitment is the hash of the salt and then the name', () => {
  const salt = toHex(7n, { size: 32 });
  assert.equal(commitmentTo('é', salt), keccak256(`${salt}c3a9`));
  assert.notEqual(commitmentTo('a', salt), commitmentTo('a ', salt));
});

test('A dedication says nothing that was not given', () => {
  assert.deepEqual(dedicationOf(SELLER, { purpose: 'Trip' }), {
    account: SELLER,
    commitment: zeroHash,
    beneficiary: '',
    purpose: 'Trip',
    periodFrom: 0,
    periodUntil: 0,
  });
});

test("A retirement's id holds its credit and its first serial", () => {
  assert.deepEqual(splitRetirementId(12_026n * 10n ** 20n + 5n), {
    creditId: 12_026n,
    firstSerial: 5n,
  });
});
