import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spaced } from './spaced.ts';

test('a burst of wishes is one piece of work at once and one afterwards', ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  let done = 0;
  const { run } = spaced(() => done++, 3_000);
  for (let wishes = 0; wishes < 50; wishes++) run();
  assert.equal(done, 1);
  mock.timers.tick(2_999);
  assert.equal(done, 1);
  mock.timers.tick(1);
  assert.equal(done, 2);
  mock.timers.tick(10_000);
  assert.equal(done, 2);
  run();
  assert.equal(done, 3);
});

test('what was stopped does nothing more', ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  let done = 0;
  const { run, stop } = spaced(() => done++, 3_000);
  run();
  run();
  stop();
  mock.timers.tick(10_000);
  assert.equal(done, 1);
});
