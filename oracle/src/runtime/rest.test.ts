import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRest } from './rest.ts';

describe('a rest', () => {
  const start = () => {
    let now = 0;
    const rest = createRest({ times: 9, mostMs: 60_000 }, () => now);
    const work =
      (tookMs: number, goesOn = false) =>
      () => {
        now += tookMs;
        return Promise.resolve(goesOn);
      };
    return { rest, work, wait: (ms: number) => (now += ms) };
  };

  it('is over before anything was done', () => {
    assert.equal(start().rest.isOver(), true);
  });

  it('lasts nine times as long as the work took', async () => {
    const { rest, work, wait } = start();
    await rest.after(work(2_000));
    wait(17_999);
    assert.equal(rest.isOver(), false);
    wait(1);
    assert.equal(rest.isOver(), true);
  });

  it('lasts a minute at most', async () => {
    const { rest, work, wait } = start();
    await rest.after(work(3_600_000));
    wait(60_000);
    assert.equal(rest.isOver(), true);
  });

  it('is not taken where the work goes on', async () => {
    const { rest, work } = start();
    await rest.after(work(2_000, true));
    assert.equal(rest.isOver(), true);
  });

  it('is taken after work that failed', async () => {
    const { rest, work } = start();
    const failing = () => work(10)().then(() => Promise.reject(new Error('no')));
    await assert.rejects(rest.after(failing), /no/);
    assert.equal(rest.isOver(), false);
  });
});
