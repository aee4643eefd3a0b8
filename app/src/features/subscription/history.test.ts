import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HistoryEvent } from '../../api/indexer/index.ts';
import type { PaymentToken } from '../../chain/index.ts';
import { detailsOf, kindName } from './historyWords.ts';

const usdc: PaymentToken = {
  ...{ id: 1, address: `0x${'01'.repeat(20)}`, symbol: 'USDC', decimals: 6, status: 'accepted' },
  ...{ feed: `0x${'00'.repeat(20)}`, bountyPercentE2: 50, earned: 0n },
};
const event: HistoryEvent = {
  ...{ id: '1', kind: 'refunded', planId: undefined, tokenId: undefined, amount: undefined },
  ...{ percent: undefined, number: undefined, until: undefined, counterparty: undefined },
  ...{ reason: undefined, at: 1_800_000_000, transactionHash: `0x${'02'.repeat(32)}` },
};
const told = (fields: Partial<HistoryEvent>): readonly string[] =>
  detailsOf({ ...event, ...fields }, (id) => `Plan ${id}`, [usdc]);

describe('an event of a subscription', () => {
  it('says money in its token, or in smallest units of one that is not known', () => {
    const amount = 49_500_000n;
    assert.match(told({ amount, tokenId: 1 }).join(), /49\.5.*USDC/);
    assert.deepEqual(told({ amount, tokenId: 2 }), ['49500000']);
    assert.deepEqual(told({ amount: 0n, tokenId: 2 }), ['0']);
  });

  it('says which receipt, plan, discount and end', () => {
    const details = told({ kind: 'paymentReceived', number: 3, planId: 2, percent: 15, until: 0 });
    assert.deepEqual(details.slice(0, 3), ['Plan 2', '15 % off', 'receipt 3']);
    assert.match(details[3] ?? '', /^until .*1970/);
    assert.deepEqual(told({ kind: 'instalmentPaid', number: 2 }), ['number 2']);
  });

  it('says the limit of automatic renewal in dollars, and that it is off', () => {
    const set = { kind: 'renewalCapSet' } as const;
    assert.match(told({ ...set, amount: 12_345n }).join(), /^up to \$123\.45 a term$/);
    assert.deepEqual(told({ ...set, amount: 0n }), ['off']);
  });

  it('says why a keeper could not renew, also where the reason has no code', () => {
    const failed = { kind: 'paymentFailed' } as const;
    assert.notDeepEqual(told({ ...failed, reason: 'PRICE_ABOVE_CAP' }), ['PRICE_ABOVE_CAP']);
    assert.deepEqual(told({ ...failed, reason: '0x12345678' }), ['0x12345678']);
    assert.equal(kindName('paymentFailed'), 'Automatic renewal failed');
  });
});
