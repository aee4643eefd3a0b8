import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reduceSending, type SendingEvent, type SendingState } from './sending.ts';

const reason = { code: 'USER_REJECTED', title: 'Rejected in the wallet', todo: 'Try again' };
const started: SendingEvent = { type: 'started', total: 500 };
const first: SendingEvent = { type: 'preparing', transaction: 1, transactions: 2 };
const second: SendingEvent = { type: 'preparing', transaction: 2, transactions: 2 };

function after(...events: readonly SendingEvent[]): SendingState {
  return events.reduce(reduceSending, { step: 'idle' });
}

describe('sending a registration', () => {
  it('counts the devices of each confirmed transaction until all are there', () => {
    const half = after(started, first, { type: 'confirmed', devices: 300 }, second);
    assert.deepEqual(half, {
      step: 'sending',
      done: 300,
      total: 500,
      transaction: 2,
      transactions: 2,
      phase: 'preparing',
    });
    const confirmed: SendingEvent = { type: 'confirmed', devices: 200 };
    assert.deepEqual(reduceSending(half, confirmed), { step: 'finished', done: 500 });
  });

  it('stops with the reason and what was done, and begins anew on demand', () => {
    const stopped = after(started, first, { type: 'signing' }, { type: 'stopped', reason });
    assert.deepEqual(stopped, { step: 'stopped', done: 0, total: 500, reason });
    assert.equal(reduceSending(stopped, { type: 'pending' }), stopped);
    assert.equal(reduceSending(stopped, started).step, 'sending');
  });

  it('is not started a second time while it runs', () => {
    const running = after(started, first, { type: 'pending' });
    assert.equal(reduceSending(running, started), running);
  });
});
