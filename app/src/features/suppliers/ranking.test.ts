import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RankedSupplier } from '../../api/oracle/suppliers.ts';
import { inOrder } from './ranking.ts';

const ranked = (supplierId: string, estimatedPercent: string | undefined): RankedSupplier => ({
  ...{ supplierId, estimatedPercent, gwpSet: 'AR5', lines: 1, kgCo2e: 1n },
});

test('suppliers stand by emissions as they came, or by the share that is estimated', () => {
  const all = [
    ranked('a', '9.5'),
    ranked('b', undefined),
    ranked('c', '100.0'),
    ranked('d', '0.0'),
    ranked('e', '9.5'),
  ];
  const ids = (rows: readonly RankedSupplier[]): string =>
    rows.map(({ supplierId }) => supplierId).join('');
  assert.equal(ids(inOrder(all, 'emissions')), 'abcde');
  assert.equal(ids(inOrder(all, 'estimated')), 'caedb');
});
