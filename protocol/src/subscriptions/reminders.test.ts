import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findReminder } from './reminders.ts';

const DAY = 86_400;
const until = 1_000 * DAY;
const running = { state: 'active', until, endsAt: until + 5 * DAY } as const;
const stageAt = (daysBefore: number): string | undefined =>
  findReminder(running, until - daysBefore * DAY)?.stage;

describe('the reminder that paid time ends', () => {
  it('is information from 14 days on, a warning from 7, critical from 3', () => {
    assert.equal(stageAt(14.01), undefined);
    assert.equal(stageAt(14), 'info');
    assert.equal(stageAt(7.01), 'info');
    assert.equal(stageAt(7), 'warning');
    assert.equal(stageAt(3.01), 'warning');
    assert.equal(stageAt(3), 'critical');
    assert.equal(stageAt(0), 'critical');
    assert.equal(stageAt(-0.001), 'expired');
  });

  it('counts the days of grace once the time is over', () => {
    const expired = findReminder({ ...running, state: 'grace' }, until + DAY);
    assert.deepEqual(expired, { stage: 'expired', days: 4 });
  });

  it('is silent where the person canceled, or nothing runs', () => {
    for (const state of ['free', 'canceled', 'disputed', 'ended'] as const) {
      assert.equal(findReminder({ ...running, state }, until - DAY), undefined);
    }
  });
});
