import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sumByReason } from './reasons.ts';

describe('reasons why energy does not count', () => {
  it('add up, the dearest first', () => {
    const gap = { code: 'TIME_GAP', title: 'Time passed' };
    const capacity = { code: 'CAPACITY_EXCEEDED', title: 'Too much' };
    const rollback = { code: 'REGISTER_ROLLBACK', title: 'Backwards' };
    const findings = [
      { reason: gap, deductedWh: 5n },
      { reason: capacity, deductedWh: 100n },
      { reason: gap, deductedWh: 7n },
      { reason: rollback, deductedWh: 0n },
    ];
    assert.deepEqual(sumByReason(findings), [
      { reason: capacity, findings: 1, deductedWh: 100n },
      { reason: gap, findings: 2, deductedWh: 12n },
      { reason: rollback, findings: 1, deductedWh: 0n },
    ]);
  });
});
