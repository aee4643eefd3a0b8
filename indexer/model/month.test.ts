import assert from 'node:assert/strict';
import { test } from 'node:test';
import { monthOf } from './month.ts';

const at = (time: string) => Date.parse(time) / 1_000;

test('A period that ends in the middle of a month belongs to that month', () => {
  assert.equal(monthOf(at('2024-07-15T12:00:00Z'), 0), '2024-07');
});

test('A period that ends at midnight of the first belongs to the month before', () => {
  assert.equal(monthOf(at('2024-08-01T00:00:00Z'), 0), '2024-07');
  assert.equal(monthOf(at('2024-08-01T00:00:01Z'), 0), '2024-08');
  assert.equal(monthOf(at('2024-01-01T00:00:00Z'), 0), '2023-12');
});

test("The project's own clock decides, west and east of Greenwich", () => {
  assert.equal(monthOf(at('2024-08-01T04:59:59Z'), -300), '2024-07');
  assert.equal(monthOf(at('2024-08-01T05:00:01Z'), -300), '2024-08');
  assert.equal(monthOf(at('2024-07-31T18:30:01Z'), 330), '2024-08');
  assert.equal(monthOf(at('2024-07-31T18:30:00Z'), 330), '2024-07');
});

test('The leap day is the last of February', () => {
  assert.equal(monthOf(at('2024-03-01T00:00:00Z'), 0), '2024-02');
});
