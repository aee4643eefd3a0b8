import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { InventoryGroup } from '../../api/index.ts';
import { largestFirst, monthsChart, monthsOf } from './groups.ts';

const group = (one: Partial<InventoryGroup>): InventoryGroup => ({
  ...{ by: 'category', key: 'stationary', month: '2025-01', scope: '1', gwpSet: 'AR5' },
  ...{ kg: undefined, lines: 1, kgCo2e: 0n, biogenicKgCo2: 0n, otherGasesKgCo2e: 0n },
  ...{ uncertainty: undefined },
  ...one,
});

describe('the groups of an inventory', () => {
  test('become tonnes a month, and the sides of Scope 2 stay apart', () => {
    const months = monthsOf(
      [
        group({ kgCo2e: 1_500_000_000_000_000n }),
        group({ key: 'mobile', kgCo2e: 500_000_000_000_000n }),
        group({ scope: '2-location', month: '2025-12', kgCo2e: 3_000_000_000_000_000n }),
        group({ scope: '2-market', month: '2025-12', kgCo2e: 9_000_000_000_000_000n }),
      ],
      '2025',
    );
    const { series } = monthsChart(months);
    assert.equal(months[11]?.ngOf('2-market'), 9_000_000_000_000_000n);
    assert.equal(months[11]?.ngOf('1'), undefined);
    assert.deepEqual(
      series.map(({ values }) => [values[0], values[11]]),
      [
        [2, 0],
        [0, 3],
        [0, 0],
      ],
    );
  });

  test('of which nothing came are a zero and no gap', () => {
    const [january, february] = monthsOf([group({ kgCo2e: 0n })], '2025');
    assert.equal(january?.ngOf('1'), 0n);
    assert.equal(february?.ngOf('1'), undefined);
  });

  test('are listed by size, equal ones by name', () => {
    const rows = [
      group({ key: 'b', kgCo2e: 1n }),
      group({ key: 'a', kgCo2e: 1n }),
      group({ key: 'c', kgCo2e: 2n }),
      group({ by: 'gas', key: 'CH4', kgCo2e: 5n }),
    ];
    assert.deepEqual(
      largestFirst(rows, 'category').map(({ key }) => key),
      ['c', 'a', 'b'],
    );
  });
});
