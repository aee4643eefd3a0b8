import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashTypedData, keccak256, stringToHex, toFunctionSelector, zeroAddress } from 'viem';
import { fromFeatures, toFeatures, toSubscriptionState, toTier } from './names.ts';
import {
  decodePromoCode,
  encodePromoCode,
  PROMO_TYPES,
  subscriptionsDomainOf,
  toPromoMessage,
} from './promo.ts';
import { findReasonOfSelector } from './reasons.ts';
import { TonneError } from '../errors/tonneError.ts';

test('features are bits, and unknown bits are left out', () => {
  assert.equal(fromFeatures(['apiKeys', 'parquet']), 0b1001n);
  assert.deepEqual(toFeatures(0b1001n | (1n << 40n)), ['apiKeys', 'parquet']);
  assert.deepEqual(toFeatures(0n), []);
});

test('numbers of the contract have names, and others are refused', () => {
  assert.equal(toTier(3), 'enterprise');
  assert.equal(toSubscriptionState(3), 'grace');
  assert.throws(
    () => toTier(4),
    (error) => error instanceof TonneError && error.code === 'VALUE_OUT_OF_RANGE',
  );
});

test('a promo code has 1 to 32 bytes and survives the way to the chain', () => {
  assert.equal(encodePromoCode('SPRING'), stringToHex('SPRING', { size: 32 }));
  assert.equal(decodePromoCode(encodePromoCode('Frühling 30')), 'Frühling 30');
  for (const text of ['', 'x'.repeat(33), 'ü'.repeat(17)]) {
    assert.throws(() => encodePromoCode(text), TonneError);
  }
});

test('what is signed for a promo code does not hold the code', () => {
  const code = encodePromoCode('SPRING');
  const terms = { planId: 1, percent: 50, expiresAt: 2, totalLimit: 0, walletLimit: 1 };
  const message = toPromoMessage({ code, wallet: zeroAddress, ...terms });
  assert.deepEqual(message, { codeHash: keccak256(code), wallet: zeroAddress, ...terms });
  const domain = subscriptionsDomainOf(137, zeroAddress);
  const typed = { domain, types: PROMO_TYPES, primaryType: 'Promo', message } as const;
  const other = { ...typed, domain: subscriptionsDomainOf(80_002, zeroAddress) };
  assert.notEqual(hashTypedData(typed), hashTypedData(other));
});

test('the reason of a failed renewal is a code of the catalogue', () => {
  const selector = toFunctionSelector('AllowanceShort(address,address,uint256,uint256)');
  assert.equal(findReasonOfSelector(selector), 'ALLOWANCE_SHORT');
  const stale = toFunctionSelector('FeedStale(address,uint256,uint256)');
  assert.equal(findReasonOfSelector(stale), 'FEED_STALE');
  assert.equal(findReasonOfSelector('0x00000000'), undefined);
});
