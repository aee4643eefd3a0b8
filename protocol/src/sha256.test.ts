import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sha256 as portableSha256 } from '@noble/hashes/sha2.js';
import fc from 'fast-check';
import { toPortableHex } from './bytes.ts';
import { sha256 } from './sha256.ts';

describe('SHA-256', () => {
  it('is the same by the platform and by portable code', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        assert.equal(sha256(bytes), toPortableHex(portableSha256(bytes)));
      }),
    );
  });
});
