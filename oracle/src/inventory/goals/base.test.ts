import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isOfGoal, moveOf, sumOf } from './base.ts';
import { formatPercent, parsePercent } from './path.ts';

const anyTaken = fc.bigInt({ min: 1n, max: 10n ** 24n });
const anyNow = fc.bigInt({ min: 0n, max: 10n ** 24n });
const anyThreshold = fc.bigInt({ min: 1n, max: 1_000_000n });
const FIVE = parsePercent('5', 'thresholdPercent');

describe('the movement of a base year', () => {
  it('reaches the threshold at it, up or down, and not one nanogram before', () => {
    assert.equal(moveOf(1_000n, 1_050n, FIVE).state, 'to-recalculate');
    assert.equal(moveOf(1_000n, 950n, FIVE).state, 'to-recalculate');
    assert.equal(moveOf(1_000n, 1_049n, FIVE).state, 'below-threshold');
    assert.equal(moveOf(1_000n, 951n, FIVE).state, 'below-threshold');
    fc.assert(
      fc.property(anyTaken, anyThreshold, fc.boolean(), (taken, threshold, up) => {
        const step = (taken * threshold + 999_999n) / 1_000_000n;
        const to = (size: bigint): bigint => (up ? taken + size : taken - size);
        assert.equal(moveOf(taken, to(step), threshold).state, 'to-recalculate');
        assert.notEqual(moveOf(taken, to(step - 1n), threshold).state, 'to-recalculate');
      }),
    );
  });

  it('is none when the total is the same, and only then', () => {
    fc.assert(
      fc.property(anyTaken, anyNow, anyThreshold, (taken, now, threshold) => {
        assert.equal(moveOf(taken, taken, threshold).state, 'unchanged');
        assert.equal(moveOf(taken, now, threshold).state === 'unchanged', now === taken);
      }),
    );
  });

  it('shows a percent that reaches the threshold when, and only when, the movement does', () => {
    fc.assert(
      fc.property(anyTaken, anyNow, anyThreshold, (taken, now, threshold) => {
        const { state, differencePpm, differenceNg } = moveOf(taken, now, threshold);
        const shown = differencePpm < 0n ? -differencePpm : differencePpm;
        assert.equal(shown >= threshold && differenceNg !== 0n, state === 'to-recalculate');
      }),
    );
    // 4.99999 % is not shown as 5.
    assert.equal(formatPercent(moveOf(10_000_000n, 10_499_999n, FIVE).differencePpm), '4.9999');
  });

  it('is said by a lower threshold whenever a higher one says it', () => {
    fc.assert(
      fc.property(anyTaken, anyNow, anyThreshold, anyThreshold, (taken, now, one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        if (moveOf(taken, now, high).state !== 'to-recalculate') return;
        assert.equal(moveOf(taken, now, low).state, 'to-recalculate');
      }),
    );
  });

  it('is all of it when nothing is left of the year', () => {
    const gone = moveOf(7n, 0n, 1_000_000n);
    assert.deepEqual([gone.state, gone.differencePpm], ['to-recalculate', -1_000_000n]);
  });
});

describe('a base', () => {
  it('is of a goal while year and scopes are the same', () => {
    const goal = { baseYear: 2020, scopes: '1 3' };
    assert.ok(isOfGoal({ ...goal }, goal));
    assert.ok(!isOfGoal({ ...goal, baseYear: 2021 }, goal));
    assert.ok(!isOfGoal({ ...goal, scopes: '1' }, goal));
  });

  it('is the sum of its scopes', () => {
    assert.equal(sumOf(new Map(Object.entries({ 1: 5n, 3: 7n }))), 12n);
    assert.equal(sumOf(new Map()), 0n);
  });
});
