import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GRACE_SECONDS } from '@truetonne/protocol';
import { changed, disputed, NO_STREAM, type Stream } from './subscription.ts';

const MONTH = 30 * 86_400;
const active: Stream = { ...NO_STREAM, state: 'active', since: 1_000, until: 1_000 + MONTH };

test('Rights end five days after the paid time, or at the deadline of a dispute before that', () => {
  assert.equal(changed(active, {}).endsAt, active.until + GRACE_SECONDS);
  assert.equal(disputed(active, 5_000).endsAt, 5_000);
  const late = active.until + GRACE_SECONDS + 1;
  assert.equal(disputed(active, late).endsAt, active.until + GRACE_SECONDS);
});

test('What happens during a dispute does not move its end, and a dismissal gives it back', () => {
  const open = disputed(active, 5_000);
  assert.equal(changed(open, { capCents: 7 }).endsAt, 5_000);
  assert.equal(changed(open, { state: 'active' }).endsAt, active.until + GRACE_SECONDS);
});
