import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TonneError } from '@truetonne/protocol';
import fc from 'fast-check';
import {
  allowedDown,
  assertTarget,
  assertThreshold,
  formatPercent,
  parsePercent,
  type Target,
} from './path.ts';
import { toProgress, type Outputs } from './progress.ts';

const percent = (text: string): bigint => parsePercent(text, 'reductionPercent');

const target = (change: Partial<Target> = {}): Target => ({
  ...{ path: 'linear', baseYear: 2020, targetYear: 2030, reductionPpm: percent('42') },
  ...change,
});

const anyTarget = fc
  .record({
    baseYear: fc.integer({ min: 1990, max: 2040 }),
    years: fc.integer({ min: 1, max: 60 }),
    reductionPpm: fc.bigInt({ min: 1n, max: 1_000_000n }),
  })
  .map(({ baseYear, years, reductionPpm }) => {
    return target({ baseYear, targetYear: baseYear + years, reductionPpm });
  });

describe('the path of a goal', () => {
  it('begins at the base, ends at the target and never rises', () => {
    fc.assert(
      fc.property(anyTarget, fc.bigInt({ min: 0n, max: 10n ** 24n }), (goal, base) => {
        assert.equal(allowedDown(base, goal, goal.baseYear), base);
        const end = (base * (1_000_000n - goal.reductionPpm)) / 1_000_000n;
        assert.equal(allowedDown(base, goal, goal.targetYear), end);
        for (let year = goal.baseYear; year < goal.targetYear; year++) {
          assert.ok(allowedDown(base, goal, year + 1) <= allowedDown(base, goal, year));
        }
      }),
    );
  });

  it('asks at least 4.2 % a year of a 1.5 °C target, as SBTi does: 42 % from 2020 to 2030', () => {
    assertTarget(target({ path: 'sbti-1.5' }));
    const weak = target({ path: 'sbti-1.5', reductionPpm: percent('41.9999') });
    assert.throws(() => {
      assertTarget(weak);
    }, /at least 42 \(4\.2 % a year over 10 years\)/);
  });

  it('takes percents above 0 and up to 100, exactly', () => {
    assert.equal(percent('42.5'), 425_000n);
    for (const text of ['0', '100.0001', '-1', '4,2', 'NaN', '1e2', '']) {
      assert.throws(() => percent(text), TonneError, text);
    }
  });
});

describe('the percents of a goal', () => {
  it('are written so that they are read as what they were', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 1_000_000n }), (ppm) => {
        assert.equal(percent(formatPercent(ppm)), ppm);
        assert.equal(formatPercent(-ppm), `-${formatPercent(ppm)}`);
      }),
    );
    assert.deepEqual([50_000n, 123_400n, 1n].map(formatPercent), ['5', '12.34', '0.0001']);
  });

  it('leave a 1.5 °C target no threshold above 5, as SBTi does', () => {
    assertThreshold('sbti-1.5', percent('5'));
    assertThreshold('linear', percent('5.0001'));
    assert.throws(() => {
      assertThreshold('sbti-1.5', percent('5.0001'));
    }, /at most 5, for a 1\.5 °C target/);
  });
});

describe('the progress of a goal', () => {
  const totals = (...pairs: [number, bigint][]) => new Map(pairs);
  const progressOf = (goal: Target, years: ReadonlyMap<number, bigint>, outputs?: Outputs) =>
    toProgress(goal, years.get(goal.baseYear), years, outputs, 2031);

  it('is on track at what the path allows, and behind one nanogram above it', () => {
    // Half-way to 42 % less: 79 %.
    assert.equal(progressOf(target(), totals([2020, 1000n], [2025, 790n])).status, 'on-track');
    const behind = progressOf(target(), totals([2020, 1000n], [2025, 791n]));
    assert.equal(behind.status, 'behind');
    assert.equal(behind.progressPpm, 497_619n);
  });

  it('is reached or missed in the target year', () => {
    assert.equal(progressOf(target(), totals([2020, 100n], [2030, 58n])).status, 'reached');
    assert.equal(progressOf(target(), totals([2020, 100n], [2030, 59n])).status, 'missed');
  });

  it('does not speak of a year that is not over, of which a part of the emissions is there', () => {
    const years = totals([2020, 1000n], [2024, 1200n], [2025, 90n]);
    const at = (thisYear: number) => toProgress(target(), 1000n, years, undefined, thisYear);
    assert.deepEqual([at(2025).status, at(2025).latestYear], ['behind', 2024]);
    assert.deepEqual([at(2026).status, at(2026).latestYear], ['on-track', 2025]);
    assert.equal(at(2024).status, 'unfinished');
    assert.deepEqual([at(2025).years[5]?.over, at(2025).years[5]?.actualNg], [false, 90n]);
  });

  it('says what is missing instead of guessing', () => {
    assert.equal(progressOf(target(), totals([2021, 1n])).status, 'no-base');
    assert.equal(progressOf(target(), totals([2020, 1n])).status, 'unfinished');
    const outputs = new Map([[2020, 1n]]);
    assert.equal(progressOf(target(), totals([2020, 9n], [2021, 1n]), outputs).status, 'no-output');
  });

  it('lets an intensity grow with its output', () => {
    const outputs = new Map([
      [2020, 100n],
      [2025, 200n],
    ]);
    const years = totals([2020, 1000n], [2025, 1580n]);
    const progress = progressOf(target(), years, outputs);
    assert.equal(progress.status, 'on-track');
    assert.equal(progress.years[5]?.allowedNg, 1580n);
    assert.equal(progress.progressPpm, 500_000n);
  });

  it('is measured from the base that was taken, whatever the inventory holds of that year', () => {
    const years = totals([2020, 5_000n], [2030, 580n]);
    const progress = toProgress(target(), 1_000n, years, undefined, 2031);
    assert.equal(progress.status, 'reached');
    assert.deepEqual([progress.years[0]?.actualNg, progress.years[0]?.allowedNg], [5_000n, 1_000n]);
    assert.equal(toProgress(target(), 999n, years, undefined, 2031).status, 'missed');
  });

  it('is negative when emissions rose, rounded against us', () => {
    const progress = progressOf(target(), totals([2020, 1000n], [2021, 1001n]));
    assert.equal(progress.status, 'behind');
    assert.equal(progress.progressPpm, -2_381n);
  });
});
