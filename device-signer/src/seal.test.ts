import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  assertSucceeds,
  claimHashOf,
  createWebCryptoVerifier,
  decodeClaim,
  encodeWindow,
  parseWindow,
} from '@truetonne/protocol';
import { createKey } from './key.ts';
import { headOfClaim, headOfWindow, sealWindow, signClaim } from './seal.ts';
import { CLAIMED_AT, DOMAIN, hasCode, OWNER, readingAfter } from '../test/samples.ts';

const key = createKey();
const claim = signClaim(key, {
  domain: DOMAIN,
  owner: OWNER,
  claimedAt: CLAIMED_AT,
  exportWh: 5n,
  importWh: 0n,
});
const verify = createWebCryptoVerifier();

test('a claim is signed by its device and says what it was made for', async () => {
  assert.deepEqual(decodeClaim(claim.claimBytes), { ...claim.claim, deviceId: key.deviceId });
  assert.equal(await verify(key.publicKey, claim.claimBytes, claim.signature), true);
});

test('the first window follows the claim, the next one the first', async () => {
  const first = sealWindow(key, DOMAIN, headOfClaim(claim), [readingAfter(1, 6n)]);
  const second = sealWindow(key, DOMAIN, headOfWindow(first), [readingAfter(2, 7n)]);
  assert.equal(first.header.sequence, 1);
  assert.equal(first.header.openedAt, CLAIMED_AT);
  assert.equal(first.header.previousHash, claimHashOf(claim.claimBytes));
  assertSucceeds(first, second);
  for (const window of [first, second]) {
    assert.deepEqual(parseWindow(encodeWindow(window), DOMAIN), window);
    assert.equal(await verify(key.publicKey, window.headerBytes, window.signature), true);
  }
});

test('a register below the last one is not signed', () => {
  const seal = () => sealWindow(key, DOMAIN, headOfClaim(claim), [readingAfter(1, 4n)]);
  assert.throws(seal, hasCode('REGISTER_ROLLBACK'));
});

test('an interval that began before the last window closed is not signed', () => {
  const openedAt = CLAIMED_AT - 1;
  const seal = () =>
    sealWindow(key, DOMAIN, headOfClaim(claim), [readingAfter(1, 6n)], { openedAt });
  assert.throws(seal, hasCode('TIME_OVERLAP'));
});

test('readings that a receiver would refuse are not signed', () => {
  const head = headOfClaim(claim);
  assert.throws(() => sealWindow(key, DOMAIN, head, []), hasCode('COUNT_OUT_OF_RANGE'));
  const disordered = [readingAfter(2, 6n), readingAfter(1, 7n)];
  assert.throws(() => sealWindow(key, DOMAIN, head, disordered), hasCode('READING_TIME_ORDER'));
  const falling = [readingAfter(1, 7n), readingAfter(2, 6n)];
  assert.throws(() => sealWindow(key, DOMAIN, head, falling), hasCode('READING_REGISTER_ORDER'));
});
