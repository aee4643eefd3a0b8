import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sumTraces } from './trace.ts';

describe('the power of several devices', () => {
  it('is the sum of what each said last, from when all have spoken', () => {
    const roof = [
      { at: 1, milliwatts: 10n },
      { at: 3, milliwatts: 20n },
    ];
    const shed = [
      { at: 2, milliwatts: 5n },
      { at: 4, milliwatts: 0n },
    ];
    assert.deepEqual(sumTraces([roof, shed]), [
      { at: 2, milliwatts: 15n },
      { at: 3, milliwatts: 25n },
      { at: 4, milliwatts: 20n },
    ]);
  });

  it('does not wait for a device that sends no power', () => {
    assert.deepEqual(sumTraces([[{ at: 1, milliwatts: 7n }], []]), [{ at: 1, milliwatts: 7n }]);
    assert.deepEqual(sumTraces([]), []);
  });

  it('has one sum for a moment at which two speak', () => {
    const both = [[{ at: 1, milliwatts: 1n }], [{ at: 1, milliwatts: 2n }]];
    assert.deepEqual(sumTraces(both), [{ at: 1, milliwatts: 3n }]);
  });
});
