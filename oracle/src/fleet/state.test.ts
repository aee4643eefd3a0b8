import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FLEET_POLICY, fleetStateOf, type FleetFacts } from './state.ts';

const SEEN = 1_000_000;
const facts = (more: Partial<FleetFacts> = {}): FleetFacts => ({
  ...{ frozen: false, revoked: false },
  presence: { lastSeenAt: SEEN, cadenceSeconds: 60 },
  ...more,
});
const after = (seconds: number, more: Partial<FleetFacts> = {}) =>
  fleetStateOf(facts(more), SEEN + seconds, FLEET_POLICY);

describe('state of a device in the fleet', () => {
  it('follows its own cadence from online over late to silent', () => {
    assert.deepEqual(
      [0, 180, 181, 660, 661].map((seconds) => after(seconds)),
      ['online', 'online', 'late', 'late', 'silent'],
    );
    const hourly = { presence: { lastSeenAt: SEEN, cadenceSeconds: 3_600 } };
    assert.deepEqual(
      [7_260, 7_261, 21_901].map((seconds) => after(seconds, hourly)),
      ['online', 'late', 'silent'],
    );
  });

  it('is what the registry says before anything that it sends', () => {
    assert.equal(after(0, { revoked: true }), 'revoked');
    assert.equal(after(9_999, { frozen: true, revoked: true }), 'frozen');
    assert.equal(after(0, { presence: undefined, revoked: true }), 'revoked');
  });

  it('is never seen until something comes', () => {
    assert.equal(after(0, { presence: undefined }), 'never');
  });
});
