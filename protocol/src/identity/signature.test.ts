import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHex, toHex } from '../bytes.ts';
import { assertLowS, createWebCryptoVerifier, toLowS } from './signature.ts';
import { createSampleKey, hasCode } from '../../test/samples.ts';

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF = ORDER >> 1n;

function signatureWith(s: bigint): Uint8Array {
  return fromHex(`0x${'11'.repeat(32)}${s.toString(16).padStart(64, '0')}`);
}

test('s is low up to half the order and high above it', () => {
  for (const s of [0n, 1n, HALF - 1n, HALF]) assertLowS(signatureWith(s));
  for (const s of [HALF + 1n, ORDER - 1n, ORDER, (1n << 256n) - 1n]) {
    assert.throws(() => {
      assertLowS(signatureWith(s));
    }, hasCode('SIGNATURE_HIGH_S'));
  }
});

test('the low form of a high s is n - s, and a low s stays', () => {
  assert.equal(toHex(toLowS(signatureWith(ORDER - 5n))), toHex(signatureWith(5n)));
  assert.equal(toHex(toLowS(signatureWith(HALF + 1n))), toHex(signatureWith(HALF)));
  assert.equal(toHex(toLowS(signatureWith(HALF))), toHex(signatureWith(HALF)));
});

test('WebCrypto takes a signature of its device and nothing else', async () => {
  const [key, other] = [await createSampleKey(), await createSampleKey()];
  const verify = createWebCryptoVerifier();
  const message = new TextEncoder().encode('a header');
  const signature = await key.sign(message);
  assert.equal(await verify(key.publicKey, message, signature), true);
  assert.equal(await verify(other.publicKey, message, signature), false);
  assert.equal(await verify(key.publicKey, message.slice(1), signature), false);
  assert.equal(await verify(key.publicKey, message, await other.sign(message)), false);
});

test('bytes that are no public key or no signature verify nothing and throw nothing', async () => {
  const verify = createWebCryptoVerifier();
  const { publicKey } = await createSampleKey();
  const message = new Uint8Array(3);
  assert.equal(await verify(new Uint8Array(64).fill(0x11), message, signatureWith(5n)), false);
  assert.equal(await verify(publicKey, message, new Uint8Array(64)), false);
  assert.equal(await verify(publicKey, message, new Uint8Array(0)), false);
});
