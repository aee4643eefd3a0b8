import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FLEET_STATES } from '../../api/oracle/fleet.ts';
import { signalWords, STATE_WORDS, volts } from './states.ts';

describe('a device of the fleet', () => {
  it('has words for each state, none twice', () => {
    const labels = FLEET_STATES.map((state) => STATE_WORDS[state].label);
    assert.equal(new Set(labels).size, FLEET_STATES.length);
  });

  it('shows its battery in volts and its signal in words', () => {
    assert.equal(volts(3_708), '3.71\u00a0V');
    assert.deepEqual([-50, -67, -68, -80, -81].map(signalWords), [
      'good',
      'good',
      'fair',
      'fair',
      'weak',
    ]);
  });
});
