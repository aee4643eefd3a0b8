import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getFactorUgPerWh, readMethodologies } from './methodology.ts';

test('the IFI combined margin for intermittent generation in the United States is 352 g/kWh', () => {
  assert.equal(getFactorUgPerWh('US'), 352_000);
});

test('the combined margin of Uzbekistan is that of the published GCCM001 example, 0.558 tCO2/MWh', () => {
  assert.equal(getFactorUgPerWh('UZ'), 558_000);
});

test('a combined margin of zero is a value and not a gap', () => {
  assert.equal(getFactorUgPerWh('AL'), 0);
});

test('a country that the table lacks is an error that names it', () => {
  assert.throws(() => getFactorUgPerWh('AQ'), /intermittent.*AQ/);
});

test('every version comes from its parameter file, GCCM001 first', () => {
  const versions = readMethodologies();
  assert.equal(`${versions[0]?.code} ${versions[0]?.version}`, 'GCCM001 4.0');
  assert.ok(versions.length >= 4);
  for (const { validFrom, validUntil } of versions) assert.ok(validFrom < validUntil);
});
