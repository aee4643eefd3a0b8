import assert from 'node:assert/strict';
import { setImmediate as tick } from 'node:timers/promises';
import { test } from 'node:test';
import { createTurns } from './turns.ts';

test('Works run one after the other, in the order in which they came', async () => {
  const takeTurn = createTurns();
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} begins`);
    await tick();
    seen.push(`${name} ends`);
    return name;
  };
  const results = await Promise.all([takeTurn(work('a')), takeTurn(work('b'))]);
  assert.deepEqual(results, ['a', 'b']);
  assert.deepEqual(seen, ['a begins', 'a ends', 'b begins', 'b ends']);
});

test('A failed work fails for its caller alone', async () => {
  const takeTurn = createTurns();
  const failed = takeTurn(() => Promise.reject(new Error('no')));
  const next = takeTurn(() => Promise.resolve('yes'));
  await assert.rejects(failed, /no/);
  assert.equal(await next, 'yes');
});
