import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDeviceClock } from './clock.ts';

test('the clock runs at its speed from its start', () => {
  let real = 10_000;
  const clock = createDeviceClock(1_000, 60, () => real);
  assert.equal(clock.now(), 1_000);
  real += 5;
  assert.equal(clock.now(), 1_300);
  assert.equal(clock.secondsUntil(1_360), 1);
  assert.equal(clock.secondsUntil(1_299), 0);
});

test('the clock never passes real time and then runs with it', () => {
  let real = 10_000;
  const clock = createDeviceClock(9_990, 60, () => real);
  real += 1;
  assert.equal(clock.now(), 10_001);
  assert.equal(clock.secondsUntil(10_011), 10);
});
