import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertLowS, createWebCryptoVerifier, deviceIdOf } from '@truetonne/protocol';
import { createKey, createKeyIn, findKey } from './key.ts';
import { makeTemporaryFolder } from '../test/fakeOracle.ts';
import { hasCode } from '../test/samples.ts';

const MESSAGE = new TextEncoder().encode('a header');

test('signatures of a key verify in WebCrypto and always have a low s', async () => {
  const key = createKey();
  const verify = createWebCryptoVerifier();
  for (let round = 0; round < 32; round++) {
    const signature = key.sign(MESSAGE);
    assertLowS(signature);
    assert.equal(signature.length, 64);
    assert.equal(await verify(key.publicKey, MESSAGE, signature), true);
  }
});

test('the device id is the hash of the 64-byte public key', () => {
  const { publicKey, deviceId } = createKey();
  assert.equal(publicKey.length, 64);
  assert.equal(deviceId, deviceIdOf(publicKey));
});

test('a key in a folder is readable by its account only and is found again', (context) => {
  const folder = makeTemporaryFolder(context);
  const made = createKeyIn(folder);
  assert.equal(statSync(join(folder, 'key.pem')).mode & 0o777, 0o600);
  assert.equal(findKey(folder)?.deviceId, made.deviceId);
});

test('a key is never replaced', (context) => {
  const folder = makeTemporaryFolder(context);
  const made = createKeyIn(folder);
  assert.throws(() => createKeyIn(folder), hasCode('DATA_IN_USE'));
  assert.equal(findKey(folder)?.deviceId, made.deviceId);
});

test('a folder without a key has none, and a spoilt key file says so', (context) => {
  const folder = makeTemporaryFolder(context);
  assert.equal(findKey(folder), undefined);
  writeFileSync(join(folder, 'key.pem'), 'not a key');
  assert.throws(() => findKey(folder), hasCode('CONFIGURATION_INVALID'));
});
