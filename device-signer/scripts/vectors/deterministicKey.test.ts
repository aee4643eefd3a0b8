import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertLowS, createWebCryptoVerifier, toHex } from '@truetonne/protocol';
import { createTestKey, signDeterministically, withOtherS } from './deterministicKey.ts';

/** RFC 6979, A.2.5: P-256, SHA-256. */
const SECRET = 0xc9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721n;
const SIGNATURES = [
  [
    'sample',
    '0xefd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716' +
      'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
  ],
  [
    'test',
    '0xf1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367' +
      '019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083',
  ],
] as const;

for (const [message, expected] of SIGNATURES) {
  test(`the signature of "${message}" is that of RFC 6979`, () => {
    const signature = signDeterministically(SECRET, new TextEncoder().encode(message));
    assert.equal(toHex(signature), expected);
  });
}

test('a test key signs with a low s, and the other s verifies too but is high', async () => {
  const { publicKey, sign } = createTestKey('of this test');
  const verify = createWebCryptoVerifier();
  const message = new TextEncoder().encode('a header');
  const signature = sign(message);
  assertLowS(signature);
  assert.equal(await verify(publicKey, message, signature), true);
  assert.equal(await verify(publicKey, message, withOtherS(signature)), true);
  assert.throws(() => {
    assertLowS(withOtherS(signature));
  }, /high s/);
});
