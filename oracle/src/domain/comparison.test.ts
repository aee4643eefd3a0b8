import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compareDevice, medianDown, type LitReading } from './comparison.ts';

const NOON = Date.UTC(2026, 5, 21, 12) / 1000;
const hour = (
  index: number,
  exportedWh: bigint,
  irradianceMwM2: bigint | undefined,
): LitReading => ({
  from: NOON + index * 3_600,
  at: NOON + (index + 1) * 3_600,
  exportedWh,
  irradianceMwM2,
});

describe('a device against its irradiance', () => {
  it('has the performance ratio of IEC 61724-1: 6 kW, 5 h at 800 W/m2, 19.2 kWh are 80 %', () => {
    const readings = [0, 1, 2, 3, 4].map((index) => hour(index, 3_840n, 800_000n));
    const found = compareDevice(readings, 6_000n, 0);
    assert.equal(found.days[0]?.referenceWh, 24_000n);
    assert.equal(found.performanceRatioE4, 8_000n);
    assert.equal(found.yieldWhPerKw, 3_200n);
  });

  it('leaves readings without irradiance out of the ratio, not out of the export', () => {
    const found = compareDevice([hour(0, 600n, 100_000n), hour(1, 600n, undefined)], 6_000n, 0);
    assert.deepEqual([found.exportedWh, found.performanceRatioE4], [1_200n, 10_000n]);
    const dark = compareDevice([hour(0, 600n, undefined)], 6_000n, 0);
    assert.deepEqual([dark.performanceRatioE4, dark.days[0]?.referenceWh], [undefined, undefined]);
  });

  it('takes what a sensor shows below zero for darkness', () => {
    assert.equal(compareDevice([hour(0, 0n, -3_000n)], 6_000n, 0).performanceRatioE4, undefined);
  });

  it('counts by days of the plant, and the days add up to the whole', () => {
    const wh = fc.bigInt({ min: 0n, max: 10_000n });
    fc.assert(
      fc.property(
        fc.array(wh, { maxLength: 60 }),
        fc.integer({ min: -720, max: 840 }),
        (all, offset) => {
          const readings = all.map((exportedWh, index) => hour(index, exportedWh, 500_000n));
          const { days, exportedWh } = compareDevice(readings, 6_000n, offset);
          assert.equal(
            days.reduce((total, day) => total + day.exportedWh, 0n),
            exportedWh,
          );
          assert.equal(
            exportedWh,
            all.reduce((total, one) => total + one, 0n),
          );
        },
      ),
    );
  });
});

describe('a device against the others of the plant', () => {
  it('is measured by the median, which one wrong device does not move', () => {
    assert.equal(medianDown([3_000n, 3_100n, 9_000n]), 3_100n);
    assert.equal(medianDown([3_000n, 3_101n]), 3_050n);
    assert.equal(medianDown([]), undefined);
  });
});
