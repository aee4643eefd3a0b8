import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysOf, unstatedOf } from './words.ts';

test('a span of an address becomes its first and last day, in leap years too', () => {
  assert.deepEqual(daysOf('2024'), { from: '2024-01-01', until: '2024-12-31' });
  assert.deepEqual(daysOf('2024-02'), { from: '2024-02-01', until: '2024-02-29' });
  assert.deepEqual(daysOf('2025-02'), { from: '2025-02-01', until: '2025-02-28' });
  assert.deepEqual(daysOf('2025-12'), { from: '2025-12-01', until: '2025-12-31' });
});

test('what is no year and no month is no filter', () => {
  for (const span of ['', '20', '2025-13', '2025-1', 'x2025', '2025-01-01']) {
    assert.deepEqual(daysOf(span), {}, span);
  }
});

test('what keeps a line from having an interval is named once', () => {
  const stated = { label: 'distance', uncertaintyPercent: '0' };
  const fuel = { label: 'fuel', uncertaintyPercent: undefined };
  const diesel = { name: 'Diesel', uncertainty: undefined };
  const petrol = { name: 'Petrol', uncertainty: { percent: '3', source: 'Laboratory' } };
  const items = [
    { inputs: [fuel, stated], factor: diesel },
    { inputs: [fuel], factor: petrol },
  ];
  assert.deepEqual(unstatedOf(items), ['fuel', 'the factor Diesel']);
});
