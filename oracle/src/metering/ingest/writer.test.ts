import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeWindow } from '@truetonne/protocol';
import { createTestDevice } from '../../../test/support/device.ts';
import type { Database } from '../../store/database/database.ts';
import type { Run } from '../../store/database/engine.ts';
import { createWindowWriter } from './writer.ts';

const device = createTestDevice({ domain: `0x${'d0'.repeat(32)}`, claimedAt: 1 });

function makeWindow() {
  const window = device.seal();
  return { deviceNumber: 1, window, bytes: encodeWindow(window), receivedAt: 1 };
}

/** A database that takes a moment and gives ids, or fails when told to. */
function createSlowDatabase() {
  const commits: number[] = [];
  let fails = false;
  let nextId = 1;
  const run: Run = async (_text, [devices, sequences]) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (fails) throw new RangeError('on purpose');
    const numbers = (list: unknown) => String(list).replace(/[{}]/g, '').split(',').map(Number);
    const places = numbers(sequences);
    commits.push(places.length);
    return places.map((sequence, index) => [nextId++, numbers(devices)[index], sequence]);
  };
  // The month of the windows is there.
  const knownMonths = { has: () => true };
  // Proof: storing windows uses nothing but `run` and `knownMonths`.
  const database = { run, knownMonths } as unknown as Database;
  return { database, commits, fail: (value: boolean) => (fails = value) };
}

describe('storing windows of many requests', () => {
  it('shares commits between requests that come meanwhile, and answers each its own', async () => {
    const { database, commits } = createSlowDatabase();
    const heard: number[] = [];
    const writer = createWindowWriter(database, (accepted) =>
      heard.push(...accepted.map(({ id }) => id)),
    );
    const requests = Array.from({ length: 5 }, () => [makeWindow(), makeWindow()]);
    const answers = await Promise.all(requests.map((windows) => writer.write(windows)));
    assert.deepEqual(commits, [2, 8]);
    assert.deepEqual(
      answers.map((stored) => stored.map((one) => (one.status === 'accepted' ? one.id : 0))),
      [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
        [9, 10],
      ],
    );
    assert.deepEqual(heard, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('keeps commits small', async () => {
    const { database, commits } = createSlowDatabase();
    const writer = createWindowWriter(database, () => undefined);
    const large = Array.from({ length: 1_500 }, makeWindow);
    await Promise.all([
      writer.write([makeWindow()]),
      writer.write(large),
      writer.write(large.map(makeWindow)),
    ]);
    assert.deepEqual(commits, [1, 1_500, 1_500]);
  });

  it('fails the requests of a commit that fails, tells nobody of them, and goes on', async () => {
    const { database, fail } = createSlowDatabase();
    let heard = 0;
    const writer = createWindowWriter(database, () => (heard += 1));
    fail(true);
    await assert.rejects(writer.write([makeWindow()]), RangeError);
    assert.equal(heard, 0);
    fail(false);
    assert.equal((await writer.write([makeWindow()]))[0]?.status, 'accepted');
    await writer.drain();
    assert.equal(heard, 1);
  });
});
