import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  initialState,
  reduceTransaction,
  type TransactionEvent,
  type TransactionState,
} from './state.ts';

const reason = { code: 'NOT_PROJECT_OWNER', title: 'Only the owner may', todo: 'Use that wallet' };
const hash = '0xab';

function after(...events: readonly TransactionEvent[]): TransactionState {
  return events.reduce(reduceTransaction, initialState);
}

const fee = { feeWei: 21n, accessList: [] };
const simulated: TransactionEvent = { type: 'simulated', fee };
const asked: TransactionEvent = { type: 'signatureAsked' };
const sent: TransactionEvent = { type: 'sent', hash };

describe('the life of a transaction', () => {
  it('goes from simulation over signing and pending to confirmed', () => {
    assert.deepEqual(after(simulated), { step: 'ready', fee });
    assert.deepEqual(after(simulated, asked), { step: 'signing', fee });
    assert.deepEqual(after(simulated, asked, sent), { step: 'pending', hash });
    assert.deepEqual(
      after(simulated, asked, sent, { type: 'confirmed', blockNumber: 9n, logs: [] }),
      {
        step: 'confirmed',
        hash,
        blockNumber: 9n,
        logs: [],
      },
    );
  });

  it('stops with the reason when the simulation is refused', () => {
    assert.deepEqual(after({ type: 'refused', reason }), { step: 'refused', reason });
    assert.equal(after({ type: 'refused', reason }, asked).step, 'refused');
  });

  it('can be tried again after a rejection in the wallet', () => {
    const rejected = after(simulated, asked, { type: 'notSent', reason });
    assert.deepEqual(rejected, { step: 'ready', fee, rejected: reason });
    assert.equal(reduceTransaction(rejected, asked).step, 'signing');
  });

  it('keeps the hash of what failed on the chain', () => {
    const failed = after(simulated, asked, sent, { type: 'reverted', reason });
    assert.deepEqual(failed, { step: 'failed', hash, reason });
  });

  it('is not simulated or sent a second time once it is out', () => {
    const pending = after(simulated, asked, sent);
    assert.equal(reduceTransaction(pending, { type: 'simulationStarted' }), pending);
    assert.equal(reduceTransaction(pending, asked), pending);
    assert.equal(reduceTransaction(pending, { type: 'sent', hash: '0xcd' }), pending);
  });
});
