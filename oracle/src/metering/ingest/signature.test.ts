import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { importKey, isSignature, toDer } from './signature.ts';

describe('signatures', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  it('verify when they are r and s of the message, and not otherwise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 300 }), fc.nat(63), (message, place) => {
        const signature = new Uint8Array(
          sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
        );
        assert.equal(isSignature(publicKey, message, signature), true);
        const altered = Uint8Array.from(signature);
        altered[place] = (altered[place] ?? 0) ^ 1;
        assert.equal(isSignature(publicKey, message, altered), false);
      }),
      { numRuns: 50 },
    );
  });

  it('have the shortest DER form: no leading zeros, and one where the highest bit is set', () => {
    const small = new Uint8Array(64);
    small[31] = 1;
    small[63] = 0x80;
    assert.deepEqual([...toDer(small)], [0x30, 7, 2, 1, 1, 2, 2, 0, 0x80]);
    const zero = new Uint8Array(64);
    assert.deepEqual([...toDer(zero)], [0x30, 6, 2, 1, 0, 2, 1, 0]);
    const large = new Uint8Array(64).fill(0xff);
    assert.equal(toDer(large).length, 72);
  });

  it('of zeros are no signature', () => {
    assert.equal(isSignature(publicKey, new Uint8Array(1), new Uint8Array(64)), false);
  });

  it('need a key that is a point of the curve', () => {
    const spki = publicKey.export({ format: 'der', type: 'spki' });
    const key = importKey(spki.subarray(27));
    assert.equal(key?.equals(publicKey), true);
    assert.equal(importKey(new Uint8Array(64)), undefined);
    assert.equal(importKey(new Uint8Array(10)), undefined);
  });
});
