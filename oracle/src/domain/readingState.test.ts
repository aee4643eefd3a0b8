import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgementOf, type ReadingFacts } from './readingState.ts';

function judge(more: Partial<ReadingFacts>) {
  const facts: ReadingFacts = {
    bound: true,
    judged: false,
    missedPeriod: false,
    waitsFor: undefined,
    revoked: false,
    frozen: false,
    finding: undefined,
    batched: false,
    ...more,
  };
  const { state, reason, deductedWh } = judgementOf(facts);
  return [state, reason, deductedWh];
}

describe('state of a reading', () => {
  it('is received until it is judged, and says when the device still has no project', () => {
    assert.deepEqual(judge({}), ['received', undefined, 0n]);
    assert.deepEqual(judge({ bound: false }), ['received', 'DEVICE_UNBOUND', 0n]);
  });

  it('is counted once judged, then batched', () => {
    assert.deepEqual(judge({ judged: true }), ['counted', undefined, 0n]);
    assert.deepEqual(judge({ judged: true, batched: true }), ['batched', undefined, 0n]);
  });

  it('waits visibly, and no more once it is judged or its device is frozen', () => {
    const waitsFor = 'PREDECESSOR_MISSING';
    assert.deepEqual(judge({ waitsFor }), ['waiting', 'PREDECESSOR_MISSING', 0n]);
    assert.deepEqual(judge({ waitsFor, judged: true }), ['counted', undefined, 0n]);
    assert.deepEqual(judge({ waitsFor, frozen: true }), ['excluded', 'DEVICE_FROZEN', 0n]);
  });

  it('stays batched when its device is frozen later', () => {
    assert.deepEqual(judge({ frozen: true, batched: true }), ['batched', undefined, 0n]);
  });

  it('is excluded with its reason, also in a batch', () => {
    const finding = { reason: 'SENTINEL_VALUE', deductedWh: 12n } as const;
    assert.deepEqual(judge({ judged: true, finding }), ['excluded', 'SENTINEL_VALUE', 12n]);
    assert.deepEqual(judge({ judged: true, finding, batched: true }), [
      'excluded',
      'SENTINEL_VALUE',
      12n,
    ]);
  });

  it('is excluded when it missed its period or the device was revoked before a batch took it', () => {
    assert.deepEqual(judge({ missedPeriod: true, judged: true }), [
      'excluded',
      'PERIOD_CLOSED',
      0n,
    ]);
    assert.deepEqual(judge({ revoked: true, judged: true }), ['excluded', 'DEVICE_REVOKED', 0n]);
    assert.deepEqual(judge({ revoked: true, batched: true, judged: true }), [
      'batched',
      undefined,
      0n,
    ]);
  });
});
