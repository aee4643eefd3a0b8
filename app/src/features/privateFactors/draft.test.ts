import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EMPTY, missingIn, toBody } from './draft.ts';

const heat = {
  ...EMPTY,
  ...{ name: 'Heat', source: ' label ', activity: 'heat', region: 'DEU', unit: 'kWh' },
  ...{
    gases: [{ gas: 'CO2e', value: ' 0.2', massUnit: 'kg' }],
    validFrom: '2024',
    validTo: '2025',
    gwpSet: 'AR6',
  },
};

const methane = { gas: 'CH4_fossil', value: '0.01', massUnit: 'g' };

describe('a factor that is being uploaded', () => {
  test('needs a source, a unit, years, and the potentials of its CO2e', () => {
    assert.equal(missingIn(heat), undefined);
    assert.match(missingIn({ ...heat, source: ' ' }) ?? '', /from/);
    assert.match(missingIn({ ...heat, unit: '' }) ?? '', /unit/);
    assert.match(missingIn({ ...heat, validTo: '25' }) ?? '', /year/);
    const empty = { ...methane, value: ' ' };
    assert.match(missingIn({ ...heat, gases: [...heat.gases, empty] }) ?? '', /each gas/);
    assert.match(missingIn({ ...heat, gwpSet: '' }) ?? '', /potentials/);
  });

  test('is sent with the set of its CO2e, and without one for a gas', () => {
    assert.equal(toBody(heat).gwpSet, 'AR6');
    assert.equal(toBody(heat).source, 'label');
    assert.equal('gwpSet' in toBody({ ...heat, gases: [methane] }), false);
    assert.equal(toBody({ ...heat, gases: [methane, ...heat.gases] }).gwpSet, 'AR6');
  });

  test('says how uncertain it is where that is known', () => {
    assert.equal('uncertaintyPercent' in toBody(heat), false);
    assert.equal(toBody({ ...heat, uncertaintyPercent: ' 7.5 ' }).uncertaintyPercent, '7.5');
  });
});
