import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chunkCountOf, chunkSizeOf, gasLimitOf, MAX_RECORDS } from './chunks.ts';

/** EIP-7825. */
const GAS_CAP = 16_777_216n;

describe('a registration in several transactions', () => {
  it('stays under the gas that one transaction may take', () => {
    for (const gasEach of [30_000n, 45_000n, 61_234n, 250_000n]) {
      const size = chunkSizeOf(gasEach);
      assert.ok(gasLimitOf(size, gasEach) < GAS_CAP, `${size} records of ${gasEach} gas`);
      assert.ok(BigInt(size + 1) * gasEach > (GAS_CAP * 8n) / 10n || size === MAX_RECORDS);
    }
  });

  it('stays under the size that nodes pass on, however cheap it is', () => {
    assert.equal(chunkSizeOf(1n), MAX_RECORDS);
    assert.ok(MAX_RECORDS * 244 < 131_072);
  });

  it('goes on one by one when each is very dear', () => {
    assert.equal(chunkSizeOf(GAS_CAP), 1);
  });

  it('takes a handful for a thousand devices', () => {
    assert.equal(chunkCountOf(1_000, chunkSizeOf(50_000n)), 4);
    assert.equal(chunkCountOf(0, 300), 0);
    assert.equal(chunkCountOf(301, 300), 2);
  });
});
