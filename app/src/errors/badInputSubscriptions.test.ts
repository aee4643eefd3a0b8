import { subscriptionsAbi } from '@truetonne/protocol';
import { zeroAddress, zeroHash } from 'viem';
import { contractCall } from '../transactions/transaction.ts';
import { testRefusals } from './testRefusals.ts';

const base = { address: zeroAddress, abi: subscriptionsAbi } as const;
const order = {
  ...{ planId: 1, yearly: false, tokenId: 0, instalments: 0, capCents: 0, referred: false },
  ...{ referrer: zeroAddress, maxAmount: 1n, promos: [], permits: [] },
} as const;
const renewal = { tokenId: 0, maxAmount: 1n, promos: [], permits: [] } as const;

const subscribe = contractCall({ ...base, functionName: 'subscribe', args: [order] });
const renew = contractCall({ ...base, functionName: 'renew', args: [renewal] });
const cancel = contractCall({ ...base, functionName: 'cancel', args: [] });
const cancelAndRefund = contractCall({ ...base, functionName: 'cancelAndRefund', args: [] });
const dispute = contractCall({ ...base, functionName: 'dispute', args: [zeroHash] });

testRefusals('bad input in a subscription', [
  {
    input: 'a plan that is not sold for the period',
    ...{ call: subscribe, by: subscriptionsAbi, says: 'PlanUnknown', args: [9, false] },
    code: 'PLAN_UNKNOWN',
  },
  {
    input: 'a plan that was retired',
    ...{ call: subscribe, by: subscriptionsAbi, says: 'PlanNotForSale', args: [1] },
    code: 'PLAN_NOT_FOR_SALE',
  },
  {
    input: 'a token that is not accepted',
    ...{ call: subscribe, by: subscriptionsAbi, says: 'TokenNotAccepted', args: [1, 1] },
    code: 'TOKEN_NOT_ACCEPTED',
  },
  {
    input: 'an allowance that is short',
    ...{
      call: subscribe,
      by: subscriptionsAbi,
      says: 'AllowanceShort',
      args: [zeroAddress, zeroAddress, 1n, 2n],
    },
    code: 'ALLOWANCE_SHORT',
  },
  {
    input: 'a balance that is short',
    ...{
      call: subscribe,
      by: subscriptionsAbi,
      says: 'BalanceShort',
      args: [zeroAddress, zeroAddress, 1n, 2n],
    },
    code: 'BALANCE_SHORT',
  },
  {
    input: 'a price that moved above the most that was agreed to',
    ...{ call: subscribe, by: subscriptionsAbi, says: 'PriceAboveMaximum', args: [2n, 1n] },
    code: 'PRICE_ABOVE_MAXIMUM',
  },
  {
    input: 'a feed that is stale',
    ...{ call: subscribe, by: subscriptionsAbi, says: 'FeedStale', args: [zeroAddress, 1n, 60n] },
    code: 'FEED_STALE',
  },
  {
    input: 'a feed that answers a negative price',
    ...{ call: subscribe, by: subscriptionsAbi, says: 'FeedNotPositive', args: [zeroAddress, -1n] },
    code: 'FEED_NOT_POSITIVE',
  },
  {
    input: 'a feed whose round is not complete',
    ...{
      call: subscribe,
      by: subscriptionsAbi,
      says: 'FeedIncomplete',
      args: [zeroAddress, 2n, 1n],
    },
    code: 'FEED_INCOMPLETE',
  },
  {
    input: 'a promo code that has expired',
    ...{ call: subscribe, by: subscriptionsAbi, says: 'PromoExpired', args: [zeroHash, 1n] },
    code: 'PROMO_EXPIRED',
  },
  {
    input: 'a promo code that the plan’s signer did not sign, or signed for another chain',
    ...{ call: subscribe, by: subscriptionsAbi, says: 'PromoForeign', args: [zeroHash] },
    code: 'PROMO_FOREIGN',
  },
  {
    input: 'a promo code for another wallet',
    ...{
      call: subscribe,
      by: subscriptionsAbi,
      says: 'PromoForOtherWallet',
      args: [zeroHash, zeroAddress, zeroAddress],
    },
    code: 'PROMO_FOR_OTHER_WALLET',
  },
  {
    input: 'a promo code that is used up',
    ...{ call: subscribe, by: subscriptionsAbi, says: 'PromoUsedUp', args: [zeroHash, 1n] },
    code: 'PROMO_USED_UP',
  },
  {
    input: 'a referral without a referrer',
    ...{ call: subscribe, by: subscriptionsAbi, says: 'ReferrerZero', args: [] },
    code: 'REFERRER_ZERO',
  },
  {
    input: 'a wallet that refers itself',
    ...{ call: subscribe, by: subscriptionsAbi, says: 'ReferrerIsSubscriber', args: [zeroAddress] },
    code: 'REFERRER_IS_SUBSCRIBER',
  },
  {
    input: 'a renewal of what is disputed',
    ...{ call: renew, by: subscriptionsAbi, says: 'SubscriptionDisputed', args: [zeroAddress] },
    code: 'SUBSCRIPTION_DISPUTED',
  },
  {
    input: 'a second cancel',
    ...{ call: cancel, by: subscriptionsAbi, says: 'AlreadyCanceled', args: [zeroAddress, 1n] },
    code: 'ALREADY_CANCELED',
  },
  {
    input: 'a refund when the last second has passed',
    ...{
      call: cancelAndRefund,
      by: subscriptionsAbi,
      says: 'NothingUnused',
      args: [zeroAddress, 1n],
    },
    code: 'NOTHING_UNUSED',
  },
  {
    input: 'a dispute after its days',
    ...{ call: dispute, by: subscriptionsAbi, says: 'DisputeTooLate', args: [zeroAddress, 1n] },
    code: 'DISPUTE_TOO_LATE',
  },
]);
