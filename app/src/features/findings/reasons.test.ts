import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reasonText, sumByReason } from './reasons.ts';

describe('reasons why energy does not count', () => {
  it('are told in the words of the catalogue', () => {
    assert.match(reasonText('TIME_GAP'), /Time passed between/);
    assert.equal(reasonText('NEW_REASON'), 'NEW_REASON');
  });

  it('add up, the dearest first', () => {
    const findings = [
      { reason: 'TIME_GAP', deductedWh: 5n },
      { reason: 'CAPACITY_EXCEEDED', deductedWh: 100n },
      { reason: 'TIME_GAP', deductedWh: 7n },
      { reason: 'REGISTER_ROLLBACK', deductedWh: 0n },
    ];
    assert.deepEqual(sumByReason(findings), [
      { reason: 'CAPACITY_EXCEEDED', findings: 1, deductedWh: 100n },
      { reason: 'TIME_GAP', findings: 2, deductedWh: 12n },
      { reason: 'REGISTER_ROLLBACK', findings: 1, deductedWh: 0n },
    ]);
  });
});
