import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isReported, type FactorRef, type OwnFactor } from '../../api/index.ts';
import { missingFactor, newOwn, newReported, toFactorRef, UNCHOSEN } from './factorRef.ts';

const gas = { gas: 'CO2e', value: ' 0.12 ', massUnit: 'kg' };
const own = (change: Partial<OwnFactor>): FactorRef => ({
  kind: 'own',
  factor: {
    ...{ name: ' Tariff ', source: ' Bill ', unit: ' kWh ', gases: [gas], gwpSet: 'AR5' },
    ...{ uncertaintyPercent: ' ', ...change },
  },
});

describe('a factor as it is named', () => {
  test('by id is chosen or not, and one that is reported says by whom', () => {
    assert.match(missingFactor(UNCHOSEN) ?? '', /Choose/);
    assert.equal(missingFactor({ kind: 'id', id: 'a' }), undefined);
    assert.equal(missingFactor({ kind: 'gas', gas: 'SF6' }), undefined);
    assert.match(missingFactor(newReported('AR6')) ?? '', /who reports/);
    assert.equal(missingFactor({ kind: 'reported', gwpSet: 'AR6', source: 'R' }), undefined);
    assert.deepEqual([{ id: 'asset-share' }, { id: 'waste' }].map(isReported), [true, false]);
    assert.equal(isReported(undefined), false);
  });

  test('by id takes an uncertainty with where it is from, and none that was left empty', () => {
    const cited = (percent: string, source: string): FactorRef => ({
      ...{ kind: 'id', id: 'a', uncertainty: { percent, source } },
    });
    assert.match(missingFactor(cited('5', ' ')) ?? '', /uncertainty/);
    assert.equal(missingFactor(cited('5', 'Report 12')), undefined);
    assert.deepEqual(toFactorRef(cited(' 5 ', ' Report 12 ')), cited('5', 'Report 12'));
    assert.deepEqual(toFactorRef(cited(' ', 'Report 12')), { kind: 'id', id: 'a' });
  });

  test('that is stated here needs a name, a source, a value and a unit', () => {
    assert.match(missingFactor(newOwn('AR6')) ?? '', /Name/);
    assert.match(missingFactor(own({ source: ' ' })) ?? '', /from/);
    assert.match(missingFactor(own({ gases: [{ ...gas, value: '' }] })) ?? '', /value/);
    assert.match(missingFactor(own({ unit: '' })) ?? '', /unit/);
    assert.equal(missingFactor(own({})), undefined);
  });

  test('that is stated here is sent with its set of potentials only where it is CO2e', () => {
    const stated = { name: 'Tariff', source: 'Bill', unit: 'kWh', uncertaintyPercent: undefined };
    const [value, massUnit] = ['0.12', 'kg'];
    assert.deepEqual(toFactorRef(own({})), {
      kind: 'own',
      factor: { ...stated, gwpSet: 'AR5', gases: [{ gas: 'CO2e', value, massUnit }] },
    });
    const co2 = own({ gases: [{ ...gas, gas: 'CO2' }], uncertaintyPercent: ' 4 ' });
    assert.deepEqual(toFactorRef(co2), {
      kind: 'own',
      factor: {
        ...{ ...stated, uncertaintyPercent: '4', gwpSet: undefined },
        gases: [{ gas: 'CO2', value, massUnit }],
      },
    });
  });
});
