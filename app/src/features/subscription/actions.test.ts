import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Subscription } from '../../chain/index.ts';
import { actionsFor } from './actions.ts';

const DAY = 86_400;
const running: Subscription = {
  state: 'active',
  planId: 2,
  yearly: false,
  tokenId: 0,
  paidTerms: 1,
  since: 1_000 * DAY,
  until: 1_030 * DAY,
  endsAt: 1_035 * DAY,
  funded: 199_000_000n,
  unused: 199_000_000n,
  capCents: 0,
  instalments: 1,
  instalmentsLeft: 0,
  receipts: 1,
  mayRefer: true,
  trialUsed: true,
};
const at = (days: number): number => running.since + days * DAY;

describe('what a wallet can do with its subscription', () => {
  it('is a dispute only within seven days of the payment', () => {
    assert.ok(actionsFor(running, at(7) - 1).includes('dispute'));
    assert.ok(!actionsFor(running, at(7)).includes('dispute'));
    assert.ok(!actionsFor({ ...running, funded: 0n }, at(1)).includes('dispute'));
  });

  it('is to come back, not to cancel again, once it is canceled', () => {
    const actions = actionsFor({ ...running, state: 'canceled' }, at(1));
    assert.ok(actions.includes('resume'));
    assert.ok(actions.includes('refund'));
    assert.ok(!actions.includes('cancel'));
    assert.ok(!actions.includes('change'));
  });

  it('is nothing while a dispute is open, and to end it from its deadline on', () => {
    const disputed = { ...running, state: 'disputed' } as const;
    assert.deepEqual(actionsFor(disputed, at(15), at(16)), []);
    assert.deepEqual(actionsFor(disputed, at(16), at(16)), ['endDispute']);
  });

  it('is to take the rest of what was canceled and has ended', () => {
    const ended = { ...running, state: 'ended' } as const;
    assert.deepEqual(actionsFor(ended, at(40)), ['takeRest']);
    assert.deepEqual(actionsFor({ ...ended, unused: 0n }, at(40)), []);
  });

  it('is to renew in grace, when nothing is left to cancel', () => {
    const actions = actionsFor({ ...running, state: 'grace', unused: 0n }, at(31));
    assert.deepEqual(actions, ['renew', 'change', 'handOver']);
  });

  it('is to dispute an instalment whose days were fewer than those for disputes', () => {
    const short = { ...running, state: 'grace', until: at(3), unused: 0n } as const;
    assert.ok(actionsFor(short, at(7) - 1).includes('dispute'));
    assert.ok(!actionsFor(short, at(7)).includes('dispute'));
  });
});
