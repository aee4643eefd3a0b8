import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkPast, checkReceiver, checkWatts } from './checks.ts';

const own = '0x90F79bf6EB2c4f870365E785982E1f101E93b906';
const other = '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65';

describe('a wallet that a person types', () => {
  it('is an address with the right checksum, not the own one and not zero', () => {
    assert.deepEqual(checkReceiver(` ${other} `, own), { ok: true, value: other });
    assert.equal(checkReceiver(other.replace('D7', 'd7'), own).ok, false);
    assert.equal(checkReceiver(own.toLowerCase(), own).ok, false);
    assert.equal(checkReceiver(`0x${'0'.repeat(40)}`, own).ok, false);
    assert.equal(checkReceiver('alice', own).ok, false);
  });
});

describe('a power that a person types', () => {
  it('is whole watts, with or without commas, up to what the contract keeps', () => {
    assert.deepEqual(checkWatts(' 6,000 '), { ok: true, value: 6_000 });
    assert.deepEqual(checkWatts('4294967295'), { ok: true, value: 4_294_967_295 });
  });

  it('is refused when it is nothing, a fraction, negative or too large', () => {
    for (const typed of ['', '0', '1.5', '-3', '6 kW', '4294967296']) {
      assert.equal(checkWatts(typed).ok, false, typed);
    }
  });
});

describe('a moment that a person types', () => {
  const now = Date.UTC(2026, 0, 2) / 1000;

  it('is read as UTC, up to now', () => {
    assert.deepEqual(checkPast('2026-01-02T00:00', now), { ok: true, value: now });
    assert.equal(checkPast('2026-01-02T00:01', now).ok, false);
    assert.equal(checkPast('', now).ok, false);
  });

  it('lies before the time that is given', () => {
    assert.equal(checkPast('2026-01-01T00:00', now, now - 86_400).ok, false);
    assert.equal(checkPast('2025-12-31T23:59', now, now - 86_400).ok, true);
  });
});
