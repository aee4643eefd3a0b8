import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeWindow, MAX_READINGS } from '@truetonne/protocol';
import { createTestDevice } from '../../test/support/device.ts';
import { createDatabase } from '../store/database/database.ts';
import { createTail } from './tail.ts';

const DOMAIN = `0x${'d0'.repeat(32)}` as const;
const WINDOWS = 400;

/** What this process stored itself is told, so the tail asks no store for it. */
const NOT_ASKED = createDatabase({
  ...{ kind: 'pglite', queueStore: {} },
  run: () => Promise.reject(new Error('the store was asked')),
  transaction: () => Promise.reject(new Error('the store was asked')),
  close: () => Promise.resolve(),
});

describe('the newest windows in memory', () => {
  /** A tail that was told of windows with ids from 1 on, each with so many readings. */
  function publishAll(count: number) {
    const device = createTestDevice({ domain: DOMAIN, claimedAt: 1_000 });
    const window = device.seal({ seconds: count, count });
    const sent = { deviceNumber: 1, window, bytes: encodeWindow(window), receivedAt: 1 };
    const tail = createTail(NOT_ASKED, () => undefined);
    for (let id = 1; id <= WINDOWS; id++) tail.publish([{ ...sent, id }]);
    return tail;
  }

  it('are all there while they are small', () => {
    const tail = publishAll(1);
    assert.equal(tail.findAfter(0)?.length, WINDOWS);
  });

  it('are fewer when each has many readings, and say from where on', () => {
    const tail = publishAll(MAX_READINGS);
    assert.equal(tail.newestId(), WINDOWS);
    assert.ok(tail.findAfter(0) === undefined, 'all are kept');
    let first = 1;
    while (tail.findAfter(first) === undefined) first++;
    const kept = tail.findAfter(first) ?? [];
    assert.deepEqual([kept[0]?.id, kept.at(-1)?.id, kept.length], [first + 1, 400, 400 - first]);
    const readings = kept.length * MAX_READINGS;
    assert.ok(readings >= 20_000 - MAX_READINGS && readings <= 40_000, `${readings} readings`);
  });
});
