import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkWhole, LAST_SERIAL, sharedSerials } from './serials.ts';

const batch = { firstSerial: 100n, grams: 50n };

describe('serials', () => {
  it('of a batch are cut to the range that is asked for', () => {
    assert.deepEqual(sharedSerials(batch, 0n, LAST_SERIAL), { first: 100n, last: 149n });
    assert.deepEqual(sharedSerials(batch, 120n, 130n), { first: 120n, last: 130n });
    assert.deepEqual(sharedSerials(batch, 149n, 200n), { first: 149n, last: 149n });
    assert.equal(sharedSerials(batch, 150n, 200n), undefined);
    assert.equal(sharedSerials(batch, 0n, 99n), undefined);
    assert.equal(sharedSerials({ firstSerial: undefined, grams: 5n }, 0n, 9n), undefined);
    assert.equal(sharedSerials({ firstSerial: 3n, grams: 0n }, 0n, 9n), undefined);
  });

  it('of batches that follow each other never overlap and leave no gap', () => {
    const next = { firstSerial: 150n, grams: 1n };
    const [first, second] = [batch, next].map((each) => sharedSerials(each, 140n, 160n));
    assert.deepEqual([first?.last, second?.first], [149n, 150n]);
  });

  it('are typed with or without commas', () => {
    assert.deepEqual(checkWhole(' 1,234 ', 'a serial', LAST_SERIAL), { ok: true, value: 1_234n });
    assert.ok(!checkWhole('-1', 'a serial', LAST_SERIAL).ok);
    assert.ok(!checkWhole(String(LAST_SERIAL + 1n), 'a serial', LAST_SERIAL).ok);
  });
});
