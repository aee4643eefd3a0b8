import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { kg, toKgText } from './kg.ts';

describe('kilograms as text', () => {
  it('are read as the nanograms that they were written from', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (ng) => {
        assert.equal(kg(toKgText(ng), 'kg'), ng);
      }),
    );
  });

  it('are written as the oracle writes them', () => {
    const written = [0n, 1n, -1n, 1_049_999_999_000_000n, 50_000_000_000_000n].map(toKgText);
    assert.deepEqual(written, ['0', '0.000000000001', '-0.000000000001', '1049.999999', '50']);
  });
});
