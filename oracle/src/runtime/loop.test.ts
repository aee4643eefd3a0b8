import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../../test/support/service.ts';
import { startLoop } from './loop.ts';

const NEVER = 1_000_000;

const fails = (error: unknown): never => assert.fail(String(error));

describe('a loop', () => {
  it('goes on at once while there is more, then waits to be woken', async () => {
    let rounds = 0;
    const loop = startLoop(
      () => Promise.resolve(++rounds < 3),
      { pauseMs: NEVER, leastMs: 0 },
      fails,
    );
    await eventually(
      () => Promise.resolve(rounds),
      (count) => count === 3,
    );
    loop.wake();
    await eventually(
      () => Promise.resolve(rounds),
      (count) => count === 4,
    );
    await loop.stop();
    assert.equal(rounds, 4);
  });

  it('does not miss a wake that comes during a round', async () => {
    let rounds = 0;
    const loop = startLoop(
      async () => {
        rounds++;
        if (rounds === 1) loop.wake();
        return Promise.resolve(false);
      },
      { pauseMs: NEVER, leastMs: 0 },
      fails,
    );
    await eventually(
      () => Promise.resolve(rounds),
      (count) => count === 2,
    );
    await loop.stop();
  });

  it('reports what a round throws and goes on', async () => {
    const errors: unknown[] = [];
    let rounds = 0;
    const loop = startLoop(
      () => (++rounds === 1 ? Promise.reject(new RangeError('first')) : Promise.resolve(false)),
      { pauseMs: 1, leastMs: 0 },
      (error) => errors.push(error),
    );
    await eventually(
      () => Promise.resolve(rounds),
      (count) => count > 2,
    );
    await loop.stop();
    assert.equal(errors.length, 1);
  });

  it('lets the round under way end before it stops', async () => {
    let ended = false;
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const loop = startLoop(
      async () => {
        begin();
        await new Promise((resolve) => setTimeout(resolve, 50));
        ended = true;
        return false;
      },
      { pauseMs: NEVER, leastMs: 0 },
      fails,
    );
    await begun;
    await loop.stop();
    assert.equal(ended, true);
  });
});
