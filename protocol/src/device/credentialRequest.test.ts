import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createPublicKey, generateKeyPairSync, sign, verify as verifySignature } from 'node:crypto';
import type { Hex } from '../bytes.ts';
import { deviceIdOf } from '../identity/identity.ts';
import { toLowS } from '../identity/signature.ts';
import {
  decodeCredentialRequest,
  encodeCredentialRequest,
  verifyCredentialRequest,
} from './credentialRequest.ts';

const DOMAIN: Hex = `0x${'d0'.repeat(32)}`;
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const point = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(27));
const deviceId = deviceIdOf(point);
const bytes = encodeCredentialRequest({ domain: DOMAIN, deviceId, requestedAt: 1_800_000_000 });
const signature = toLowS(sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }));

const verify = (key: Uint8Array, message: Uint8Array, signed: Uint8Array): Promise<boolean> => {
  const spki = Buffer.concat([
    Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex'),
    key,
  ]);
  const object = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return Promise.resolve(
    verifySignature('sha256', message, { key: object, dsaEncoding: 'ieee-p1363' }, signed),
  );
};

const codeOf = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

it('a request for a broker password keeps its fields in 76 bytes', async () => {
  assert.equal(bytes.length, 76);
  assert.equal(Buffer.from(bytes.subarray(0, 4)).toString('hex'), '54545101');
  assert.equal(Buffer.from(bytes.subarray(68)).toString('hex'), '000000006b49d200');
  const request = await verifyCredentialRequest(
    { bytes, publicKey: point, signature },
    DOMAIN,
    verify,
  );
  assert.deepEqual(request, { domain: DOMAIN, deviceId, requestedAt: 1_800_000_000 });
});

it('a request that is cut, of another version, registry or key is refused by its code', async () => {
  const changed = (offset: number): Uint8Array => {
    const copy = bytes.slice();
    copy[offset] = 0xff;
    return copy;
  };
  const ask = (some: Uint8Array, domain = DOMAIN) =>
    codeOf(() =>
      verifyCredentialRequest({ bytes: some, publicKey: point, signature }, domain, verify),
    );
  assert.equal(await ask(bytes.slice(1)), 'STATEMENT_INVALID');
  assert.equal(await ask(changed(3)), 'VERSION_UNKNOWN');
  assert.equal(await ask(changed(69)), 'VALUE_OUT_OF_RANGE');
  assert.equal(await ask(bytes, `0x${'00'.repeat(32)}`), 'DOMAIN_MISMATCH');
  assert.equal(await ask(changed(40)), 'PUBLIC_KEY_MISMATCH');
  assert.equal(await ask(changed(75)), 'SIGNATURE_INVALID');
  assert.equal(await codeOf(() => decodeCredentialRequest(new Uint8Array(76))), 'VERSION_UNKNOWN');
});
