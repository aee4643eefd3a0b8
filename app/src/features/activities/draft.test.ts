import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Method } from '../../api/index.ts';
import { EMPTY, missingIn, toBody, withMethod } from './draft.ts';

const input = (name: string, optional: boolean) => ({
  ...{ name, optional, label: `${name} used`, kind: 'quantity' as const, dimension: undefined },
});
const method: Method = {
  ...{ id: 'stationary-combustion', title: 'Fuel', cites: 'GHG Protocol' },
  uses: [{ scope: '1', categories: ['stationary'] }],
  parts: [{ name: 'amount', formula: 'fuel', inputs: [input('fuel', false), input('loss', true)] }],
};
const full = {
  ...withMethod(EMPTY, method),
  ...{ date: '2025-06-30', factorId: 'defra@2024/gas', site: ' Mill ' },
  inputs: { fuel: { value: ' 1250.5 ', unit: 'L' }, loss: { value: '', unit: '' } },
};

describe('an activity that is being entered', () => {
  test('begins with the first category and part of its method', () => {
    assert.equal(withMethod(EMPTY, method).category, 'stationary');
    assert.equal(withMethod(EMPTY, method).part, 'amount');
  });

  test('says what is missing, in the order of the form', () => {
    assert.match(missingIn(EMPTY, undefined) ?? '', /method/);
    assert.match(missingIn(withMethod(EMPTY, method), method) ?? '', /day/);
    assert.match(missingIn({ ...full, inputs: {} }, method) ?? '', /fuel used/);
    assert.match(missingIn({ ...full, factorId: '' }, method) ?? '', /factor/);
    assert.equal(missingIn(full, method), undefined);
  });

  test('is sent without what was left empty', () => {
    const body = toBody(full, '7');
    assert.deepEqual(body.items[0]?.inputs, { fuel: { value: '1250.5', unit: 'L' } });
    assert.equal(body.site, 'Mill');
    assert.equal('region' in body, false);
    assert.equal('market' in body, false);
  });

  test('has both sides of Scope 2 when it is purchased energy', () => {
    const body = toBody({ ...full, method: 'purchased-energy' }, '7');
    assert.deepEqual(body.market, { instruments: [], residual: 'none-published' });
  });
});
