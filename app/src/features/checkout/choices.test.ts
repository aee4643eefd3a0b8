import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { zeroAddress } from 'viem';
import type { PaymentToken } from '../../chain/index.ts';
import { termsOf, type Choices } from './choices.ts';

const choices: Choices = {
  ...{ yearly: false, tokenId: 0, instalments: 1, promo: undefined, referrer: undefined },
  ...{ automatic: true, cap: '49.00', terms: '12' },
};
const dollar: PaymentToken = {
  id: 0,
  address: '0x00000000000000000000000000000000000000c0',
  symbol: 'USDC',
  decimals: 6,
  status: 'accepted',
  feed: zeroAddress,
  bountyPercentE2: 50,
  earned: 0n,
};

describe('the renewals to allow for', () => {
  it('are as many as are typed, where the cap is a price', () => {
    assert.equal(termsOf(choices, dollar), 12);
  });

  it('are none to pay with while the cap or their number is wrong', () => {
    for (const wrong of [{ cap: '0' }, { cap: 'much' }, { terms: '0' }, { terms: '1.5' }]) {
      assert.equal(termsOf({ ...choices, ...wrong }, dollar), undefined);
    }
  });

  it('do not matter where nobody may renew, or the coin can not be collected', () => {
    const wrong = { ...choices, cap: '0' };
    assert.equal(termsOf({ ...wrong, automatic: false }, dollar), 1);
    assert.equal(termsOf(wrong, { ...dollar, address: zeroAddress }), 1);
  });
});
