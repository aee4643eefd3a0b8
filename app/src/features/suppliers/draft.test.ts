import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NewFigure } from '../../api/oracle/suppliers.ts';
import { problemOfFigure, problemOfSpend, problemOfSupplier, toSpendActivity } from './draft.ts';

const figure: NewFigure = {
  ...{ firstDay: '2024-01-01', lastDay: '2024-12-31', category: '1', kgCo2e: '0' },
  ...{ gwpSet: 'AR5', source: 'Report 2024' },
};
const spend = { dollars: '1250.50', naics: '111110', category: '1', date: '2024-06-30' };

describe('a figure of a supplier', () => {
  it('may be zero, and is never a guess of what was meant', () => {
    assert.equal(problemOfFigure(figure), undefined);
    for (const kgCo2e of ['', '-1', '1e3', '1,250.5', 'NaN', '12 kg']) {
      assert.match(problemOfFigure({ ...figure, kgCo2e }) ?? '', /kilograms/, kgCo2e);
    }
  });

  it('names where it is from, and days in their order', () => {
    assert.match(problemOfFigure({ ...figure, source: ' ' }) ?? '', /where/);
    assert.match(problemOfFigure({ ...figure, firstDay: '2025-01-01' }) ?? '', /after/);
  });
});

describe('a supplier', () => {
  it('has a name, a country of two letters, and an industry of six digits or none', () => {
    const known = { name: 'Farm', country: 'GB', naics: null, contact: '' };
    assert.equal(problemOfSupplier(known), undefined);
    assert.match(problemOfSupplier({ ...known, country: 'gb' }) ?? '', /country/);
    assert.match(problemOfSupplier({ ...known, naics: '11111' }) ?? '', /six digits/);
  });
});

describe('an estimate by spend', () => {
  it('is in dollars of 2022, by the factor of the industry', () => {
    const sent = { ...spend, evidence: ' Ledger ' };
    assert.equal(problemOfSpend(sent), undefined);
    const { items, supplierId, evidence } = toSpendActivity(sent, '3', '9');
    assert.deepEqual([supplierId, evidence], ['9', 'Ledger']);
    assert.deepEqual(items, [
      {
        inputs: { spend: { value: '1250.50', unit: 'USD:2022' } },
        factor: { kind: 'id', id: 'epa-supply-chain@1.3/111110' },
      },
    ]);
  });
});
