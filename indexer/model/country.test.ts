import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countryOf } from './country.ts';

test('The two bytes of a country are its two letters', () => {
  assert.equal(countryOf('0x5553'), 'US');
  assert.equal(countryOf('0x494e'), 'IN');
});
