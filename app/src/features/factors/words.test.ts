import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Factor } from '../../api/index.ts';
import {
  activityHref,
  factorHref,
  shortDecimal,
  uncertaintyText,
  unitName,
  usesText,
} from './words.ts';

describe('words of a factor', () => {
  test('an activity leads to all factors of it', () => {
    assert.equal(
      activityHref('electricity/grid average'),
      '/factors?activity=electricity%2Fgrid+average',
    );
  });

  test('units read as people say them', () => {
    assert.equal(unitName('kWh_gross'), 'kWh (gross)');
    assert.equal(unitName('t*km'), 't·km');
    assert.equal(unitName('USD:2022'), 'USD of 2022');
    assert.equal(unitName('gal_us'), 'US gallon');
  });

  test('a long decimal is cut after six digits and says so; whole numbers and short ones are not', () => {
    assert.equal(shortDecimal('225.63634930991'), '225.636…');
    assert.equal(shortDecimal('0.0000123456789'), '0.0000123456…');
    assert.equal(shortDecimal('0.558'), '0.558');
    assert.equal(shortDecimal('23500000'), '23500000');
    assert.equal(shortDecimal('0'), '0');
    assert.equal(shortDecimal('1/3'), '1/3');
  });

  test('categories of one scope stand together', () => {
    const uses = [
      { scope: '1', category: undefined },
      { scope: '3', category: '5' },
      { scope: '3', category: '12' },
    ];
    assert.equal(usesText(uses), 'Scope 1; Scope 3: 5, 12');
  });

  test('an uncertainty that is not stated is said to be none, and zero is one', () => {
    const factor: Factor = {
      ...{
        id: 'a',
        set: 's',
        name: 'A',
        activity: 'a',
        region: 'GBR',
        unit: 'kWh',
        basis: 'waste',
      },
      ...{ uses: [], gases: [], year: 2024, validFrom: 2024, validTo: 2024, published: '1' },
      ...{ uncertaintyPercent: undefined, notes: undefined },
    };
    assert.equal(uncertaintyText(factor), 'none stated');
    assert.equal(uncertaintyText({ ...factor, uncertaintyPercent: '0' }), '± 0 %');
  });

  test('an id with slashes survives in the address', () => {
    const url = new URL(factorHref('epa-hub@2024/waste/glass'), 'http://x');
    assert.equal(url.searchParams.get('id'), 'epa-hub@2024/waste/glass');
  });
});
