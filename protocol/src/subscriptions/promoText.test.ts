import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toHex, type Hex } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';
import type { Promo } from './promo.ts';
import { fromPromoText, toPromoText } from './promoText.ts';

const hexOf = (least: number, most = least): fc.Arbitrary<Hex> =>
  fc.uint8Array({ minLength: least, maxLength: most }).map(toHex);
const promo: fc.Arbitrary<Promo> = fc.record(
  {
    code: hexOf(32),
    wallet: hexOf(20),
    planId: fc.integer({ min: 0, max: 2 ** 16 - 1 }),
    percent: fc.integer({ min: 0, max: 255 }),
    expiresAt: fc.integer({ min: 0, max: 2 ** 40 - 1 }),
    totalLimit: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    walletLimit: fc.integer({ min: 0, max: 255 }),
    signature: hexOf(1, 100),
  },
  { noNullPrototype: true },
);

const isForeign = (error: unknown): boolean =>
  error instanceof TonneError && error.code === 'PROMO_FOREIGN';

test('every promo code is read back as it was written', () => {
  fc.assert(
    fc.property(promo, (given) => {
      const text = toPromoText(given);
      assert.match(text, /^TTP1-[\w-]+$/);
      assert.deepEqual(fromPromoText(` ${text}\n`), given);
    }),
  );
});

test('what is no promo code is refused as foreign, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      assert.throws(() => fromPromoText(text), isForeign);
      assert.throws(() => fromPromoText(`TTP1-${text.slice(0, 60)}`), isForeign);
    }),
  );
});

test('a text that was cut off is refused, or is another signature that the chain refuses', () => {
  fc.assert(
    fc.property(promo, fc.nat(), (given, at) => {
      const text = toPromoText(given);
      const cut = text.slice(0, at % text.length);
      try {
        assert.notEqual(fromPromoText(cut).signature, given.signature);
      } catch (error) {
        assert.ok(isForeign(error));
      }
    }),
  );
});
