import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { domainOf } from '@truetonne/protocol';
import { createTestDevice } from '../../../test/support/device.ts';
import type { AcceptedWindow } from '../ingest/writer.ts';
import { createRecentWindows } from './recent.ts';

const DOMAIN = domainOf(31_337, '0x00000000000000000000000000000000000000aa');

/** So many windows of one device, in order. */
function windowsOf(total: number, count: number): readonly AcceptedWindow[] {
  const device = createTestDevice({ domain: DOMAIN, claimedAt: 1_700_000_000 });
  return Array.from({ length: total }, (_, index) => {
    const window = device.seal({ seconds: 60 * count, count });
    return { id: index + 1, deviceNumber: 1, window, bytes: new Uint8Array(), receivedAt: 0 };
  });
}

describe('windows kept for their judgement', () => {
  test('are handed out as a row once, up to the mark', () => {
    const recent = createRecentWindows();
    recent.add(windowsOf(5, 1));
    assert.deepEqual(
      recent.takeRow(1, 1, 4).map(({ window }) => window.header.sequence),
      [2, 3, 4],
    );
    assert.deepEqual(recent.takeRow(1, 1, 4), []);
    assert.equal(recent.find(1, 5)?.window.header.sequence, 5);
  });

  test('are few when they are large: their readings are counted, and the oldest go first', () => {
    const recent = createRecentWindows();
    const windows = windowsOf(800, 256);
    recent.add(windows);
    assert.equal(recent.find(1, 19), undefined, 'over 781 x 256 readings are not kept');
    assert.equal(recent.takeRow(1, 19, 800).length, 781);
  });

  test('count once, however often they come, and not after they were taken', () => {
    const recent = createRecentWindows();
    const windows = windowsOf(781, 256);
    for (let round = 0; round < 3; round++) recent.add(windows);
    assert.equal(recent.takeRow(1, 0, 781).length, 781);
    recent.add(windows);
    assert.equal(recent.takeRow(1, 0, 781).length, 781);
  });
});
