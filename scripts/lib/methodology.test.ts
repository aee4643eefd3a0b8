import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getIntermittentFactorUgPerWh, readMethodology } from './methodology.ts';

test('the IFI combined margin for intermittent generation in the United States is 352 g/kWh', () => {
  assert.equal(getIntermittentFactorUgPerWh('United States'), 352_000);
});

test('the combined margin of Uzbekistan is that of the published GCCM001 example, 0.558 tCO2/MWh', () => {
  assert.equal(getIntermittentFactorUgPerWh('Uzbekistan'), 558_000);
});

test('a combined margin of zero is a value and not a gap', () => {
  assert.equal(getIntermittentFactorUgPerWh('Albania'), 0);
});

test('a country that the table lacks is an error that names it', () => {
  assert.throws(
    () => getIntermittentFactorUgPerWh('Atlantis'),
    /no intermittent factor for "Atlantis"/,
  );
});

test('the methodology version is that of its parameter file', () => {
  const { code, version, validFrom, validUntil } = readMethodology();
  assert.deepEqual([code, version], ['GCCM001', '4.0']);
  assert.ok(validFrom < validUntil);
});
