import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { remember } from './remember.ts';

describe('what is remembered', () => {
  it('is read once, and again after it was forgotten', async () => {
    let reads = 0;
    const count = remember(() => Promise.resolve(++reads));
    assert.deepEqual([await count.get(), await count.get()], [1, 1]);
    count.forget();
    assert.deepEqual([await count.get(), await count.get()], [2, 2]);
  });

  it('is read again when it was forgotten while it was being read', async () => {
    let [stored, pass] = ['before', (): void => undefined];
    const gate = new Promise<void>((resolve) => (pass = resolve));
    const state = remember(async () => {
      const read = stored;
      await gate;
      return read;
    });
    const reading = state.get();
    stored = 'after';
    state.forget();
    pass();
    assert.deepEqual([await reading, await state.get()], ['before', 'after']);
  });

  it('is read again after it could not be read', async () => {
    let fails = true;
    const state = remember(() => (fails ? Promise.reject(new Error('no')) : Promise.resolve(1)));
    await assert.rejects(state.get());
    fails = false;
    assert.equal(await state.get(), 1);
  });
});
