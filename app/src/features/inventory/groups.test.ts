import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { InventoryGroup } from '../../api/index.ts';
import {
  filterOf,
  largestFirst,
  linkText,
  monthsChart,
  monthsOf,
  outsideScopes,
  setsOf,
} from './groups.ts';

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
      'AR5',
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
    const [january, february] = monthsOf([group({ kgCo2e: 0n })], '2025', 'AR5');
    assert.equal(january?.ngOf('1'), 0n);
    assert.equal(february?.ngOf('1'), undefined);
  });

  test('of two sets of potentials are never added', () => {
    const groups = [
      group({ gwpSet: 'AR6', kgCo2e: 1_000n }),
      group({ gwpSet: 'AR5', kgCo2e: 500n }),
      group({ gwpSet: 'AR4', kgCo2e: 50n }),
      group({ gwpSet: 'AR5', key: 'mobile', kgCo2e: 5n }),
    ];
    const january = (set: string) => monthsOf(groups, '2025', set)[0]?.ngOf('1');
    assert.deepEqual(['AR6', 'AR5', 'AR4'].map(january), [1_000n, 505n, 50n]);
    assert.deepEqual(setsOf(groups, 'AR6'), ['AR6', 'AR4', 'AR5']);
    assert.deepEqual(setsOf([], 'AR6'), ['AR6']);
  });

  test('say what their link opens where activities can’t be narrowed as far', () => {
    assert.equal(linkText(group({ by: 'site', key: '' })), 'Activities');
    assert.equal(linkText(group({ by: 'supplier', key: '7' })), 'Activities');
    const unnamed = group({ by: 'supplier', key: '' });
    assert.equal(linkText(unnamed), 'Activities');
    assert.deepEqual(filterOf(unnamed), { scope: '1', supplier: 'none' });
    const methane = group({ by: 'gas', key: 'CH4', scope: '2-market' });
    assert.equal(linkText(methane), 'Activities');
    assert.deepEqual(filterOf(methane), { scope: '2', gas: 'CH4' });
    assert.equal(linkText(group({ by: 'gas', key: 'CO2', scope: 'avoided' })), 'All activities');
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

describe('what stands outside the scopes', () => {
  const total = { ...group({ lines: 3 }), scope: '1', gwpSet: 'AR5' };

  test('is told by scope and set, where there is any', () => {
    const scopes = [
      { ...total, biogenicKgCo2: 7n },
      { ...total, scope: '3', gwpSet: 'AR6', otherGasesKgCo2e: 9n },
      { ...total, scope: '2-location' },
    ];
    assert.deepEqual(outsideScopes(scopes, 'AR5'), [
      { label: 'Biogenic CO₂, Scope 1', ng: 7n, unit: 't CO₂' },
      { label: 'HCFCs, CFCs and other gases, Scope 3 under AR6', ng: 9n, unit: 't CO₂e' },
    ]);
    assert.deepEqual(outsideScopes([total], 'AR5'), []);
  });
});
