import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reminderOf } from './reminder.ts';

const DAY = 86_400;
const until = 1_000 * DAY;
const running = { state: 'active', until, endsAt: until + 5 * DAY } as const;
const levelAt = (daysBefore: number): string | undefined =>
  reminderOf(running, until - daysBefore * DAY)?.level;

describe('the reminder that paid time ends', () => {
  it('is information from 14 days on, a warning from 7, critical from 3', () => {
    assert.equal(levelAt(14.01), undefined);
    assert.equal(levelAt(14), 'info');
    assert.equal(levelAt(7.01), 'info');
    assert.equal(levelAt(7), 'warning');
    assert.equal(levelAt(3.01), 'warning');
    assert.equal(levelAt(3), 'critical');
    assert.equal(levelAt(0), 'critical');
  });

  it('counts the days of grace once the time is over', () => {
    const expired = reminderOf({ ...running, state: 'grace' }, until + DAY);
    assert.deepEqual(expired, { level: 'expired', tone: 'bad', days: 4 });
  });

  it('is silent where the person canceled, or nothing runs', () => {
    for (const state of ['free', 'canceled', 'disputed', 'ended'] as const) {
      assert.equal(reminderOf({ ...running, state }, until - DAY), undefined);
    }
  });
});
