import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { monthChart, sumMonths } from './months.ts';

function month(projectId: number, name: string, creditableWh: bigint) {
  return {
    projectId,
    month: name,
    batchCount: 1,
    exportedWh: creditableWh + 500n,
    importedWh: 0n,
    deductedWh: 500n,
    creditableWh,
    grams: creditableWh / 3n,
  };
}

describe('months of all projects', () => {
  const months = [
    month(1, '2024-02', 3_000n),
    month(2, '2024-01', 2_000n),
    month(2, '2024-02', 6_000n),
  ];

  it('are summed by month and stand in order', () => {
    assert.deepEqual(sumMonths(months), [
      { month: '2024-01', creditableWh: 2_000n, deductedWh: 500n, grams: 666n },
      { month: '2024-02', creditableWh: 9_000n, deductedWh: 1_000n, grams: 3_000n },
    ]);
  });

  it('are drawn in kWh', () => {
    const { labels, series } = monthChart(sumMonths(months));
    assert.deepEqual(labels, ['2024-01', '2024-02']);
    assert.deepEqual(
      series.map(({ values }) => values),
      [
        [2, 9],
        [0.5, 1],
      ],
    );
  });

  it('of nothing are nothing', () => {
    assert.deepEqual(sumMonths([]), []);
  });
});
