import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { categoryName, emissionsUp, gasMassUp, gasName, scopeName } from './emissions.ts';

describe('emissions as text', () => {
  test('show whole grams, rounded up', () => {
    assert.equal(emissionsUp(0n).value, '0.000000');
    assert.equal(emissionsUp(1n).value, '0.000001');
    assert.equal(emissionsUp(1_000_000_000n).value, '0.000001');
    assert.equal(emissionsUp(1_000_000_001n).value, '0.000002');
    assert.equal(emissionsUp(1_234_567_000_000_000n).value, '1.234567');
  });

  test('below zero lose what is less than a gram, so that nothing looks better than it is', () => {
    assert.equal(emissionsUp(-1_999_999_999n).value, '−0.000001');
  });

  test('of a gas itself are kilograms to the milligram, rounded up', () => {
    assert.equal(gasMassUp(0n).value, '0.000000');
    assert.equal(gasMassUp(1n).value, '0.000001');
    assert.equal(gasMassUp(2_500_000_000_000n).value, '2.500000');
    assert.equal(gasMassUp(2_500_000_000_001n).value, '2.500001');
    assert.equal(gasMassUp(-1_999_999n).value, '−0.000001');
  });

  test('name a scope that they do not know by what it is called', () => {
    assert.equal(scopeName('2-market'), 'Scope 2, market-based');
    assert.equal(scopeName('outside'), 'outside');
  });

  test('say what a category of Scope 3 is, beside its number', () => {
    assert.equal(categoryName('6'), '6 business travel');
    assert.equal(categoryName('market-based'), 'market based');
  });

  test('write gases as people do, and those without another name as they are', () => {
    assert.equal(gasName('N2O'), 'N₂O');
    assert.equal(gasName('HFC134a'), 'HFC134a');
  });
});
