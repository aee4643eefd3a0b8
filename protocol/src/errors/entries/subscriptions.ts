import type { CatalogueEntry } from './entry.ts';

/** Refusals of the subscription contract and of the plans contract. */
export const subscriptions = {
  ADDRESS_MISSING: {
    status: 422,
    title: 'An address is missing',
    todo: 'Give an address that is not zero.',
  },
  ALLOWANCE_SHORT: {
    status: 422,
    title: 'The wallet has not allowed that much',
    todo: 'Allow the contract at least the price in the token, or sign a permit, and try again.',
  },
  ALREADY_CANCELED: {
    status: 409,
    title: 'The subscription is canceled already',
    todo: 'Resume it within five days of that, or take the unused money back.',
  },
  ALREADY_SUBSCRIBED: {
    status: 409,
    title: 'The wallet has a subscription',
    todo: 'Renew it or change its plan.',
  },
  AMOUNT_TOO_LARGE: {
    status: 422,
    title: 'The amount is larger than a payment can be',
    todo: 'Pay in a token of fewer decimals or of a higher price.',
  },
  BALANCE_SHORT: {
    status: 422,
    title: 'The wallet holds less than the price',
    todo: 'Top the wallet up, or pay in another token.',
  },
  DISPUTE_DEADLINE_AHEAD: {
    status: 409,
    title: 'The arbiter still has time',
    todo: 'Wait until the deadline.',
  },
  DISPUTE_DEADLINE_PASSED: {
    status: 409,
    title: "The arbiter's time is over",
    todo: 'Anyone may end the dispute by its deadline now.',
  },
  DISPUTE_TOO_LATE: {
    status: 409,
    title: 'The term can not be disputed any more',
    todo: 'Cancel at once to take the unused money back.',
  },
  EARNED_SHORT: {
    status: 422,
    title: 'Less than that is earned',
    todo: 'Collect what subscriptions have earned first, or withdraw less.',
  },
  FEED_INCOMPLETE: {
    status: 503,
    title: "The price feed's round is not complete",
    todo: 'Try again in a minute, or pay in another token.',
  },
  FEED_NOT_POSITIVE: {
    status: 503,
    title: 'The price feed shows no price',
    todo: 'Try again later, or pay in another token.',
  },
  FEED_OUT_OF_BOUNDS: {
    status: 503,
    title: 'The price of the token is beyond what is believed',
    todo: 'Pay in another token until the feed has recovered.',
  },
  FEED_STALE: {
    status: 503,
    title: 'The price of the token is too old',
    todo: 'Try again when the feed was updated, or pay in another token.',
  },
  FEED_UNAVAILABLE: {
    status: 503,
    title: 'The price feed does not answer',
    todo: 'Try again later, or pay in another token.',
  },
  HAND_OVER_NOT_OFFERED: {
    status: 403,
    title: 'The subscription was not offered to this wallet',
    todo: 'Have its owner offer it to this wallet first.',
  },
  INSTALMENTS_INVALID: {
    status: 422,
    title: 'The term can not be paid in so many parts',
    todo: 'Choose at most as many instalments as the plan allows; one when changing plans.',
  },
  NOTHING_OWED: {
    status: 409,
    title: 'Nothing is kept for this wallet',
    todo: 'Check wallet and token.',
  },
  NOTHING_TO_DISPUTE: {
    status: 409,
    title: 'No money is at stake',
    todo: 'Only what was paid can be disputed.',
  },
  NOTHING_UNUSED: {
    status: 409,
    title: 'The paid time is over, nothing of it is unused',
    todo: 'Renew to go on; otherwise nothing is to be done.',
  },
  NOT_ARBITER: {
    status: 403,
    title: 'Only the arbiter decides disputes',
    todo: 'Use the wallet of the arbiter.',
  },
  NOT_CANCELED: {
    status: 409,
    title: 'The subscription is not canceled',
    todo: 'Nothing is to be done: it runs.',
  },
  NOT_DISPUTED: {
    status: 409,
    title: 'There is no dispute',
    todo: 'Check the wallet of the subscriber.',
  },
  NOT_PLANS: {
    status: 403,
    title: 'Only the plans contract may do this',
    todo: 'Use the function of the plans contract.',
  },
  NOT_SUBSCRIBED: {
    status: 404,
    title: 'The wallet has no subscription that runs',
    todo: 'Subscribe to a plan first.',
  },
  ONLY_SELF: {
    status: 403,
    title: 'Only the contract itself may do this',
    todo: 'Renew with one of the functions for keepers.',
  },
  PAID_TOO_FAR_AHEAD: {
    status: 422,
    title: 'The subscription would be paid more than ten years ahead',
    todo: 'Renew later.',
  },
  PLAN_LIMIT_REACHED: {
    status: 409,
    title: 'There can be no more plans',
    todo: 'Change the price of a plan instead.',
  },
  PLAN_NOT_FOR_SALE: {
    status: 409,
    title: 'The plan is not sold any more',
    todo: 'Choose another plan; a running term goes on to its end.',
  },
  PLAN_UNKNOWN: {
    status: 404,
    title: 'There is no such plan',
    todo: 'Choose a plan and a period from the list.',
  },
  PRICE_ABOVE_CAP: {
    status: 409,
    title: "The price is above the subscriber's cap",
    todo: 'Raise the cap, or renew from the wallet.',
  },
  PRICE_ABOVE_MAXIMUM: {
    status: 409,
    title: 'The price has risen above what you agreed to',
    todo: 'Look at the new price and confirm it.',
  },
  PROMO_EXPIRED: {
    status: 410,
    title: 'The promo code has expired',
    todo: 'Go on without it, or use another code.',
  },
  PROMO_FOREIGN: {
    status: 422,
    title: 'The promo code is not valid here',
    todo: 'Check the code; codes of another network do not count.',
  },
  PROMO_FOR_OTHER_PLAN: {
    status: 422,
    title: 'The promo code is for another plan',
    todo: 'Choose that plan, or go on without the code.',
  },
  PROMO_FOR_OTHER_WALLET: {
    status: 403,
    title: 'The promo code is for another wallet',
    todo: 'Use the wallet that it was given to.',
  },
  PROMO_USED_BY_WALLET: {
    status: 409,
    title: 'The wallet has used the promo code up',
    todo: 'Go on without it, or use another code.',
  },
  PROMO_USED_UP: {
    status: 410,
    title: 'The promo code is used up',
    todo: 'Go on without it, or use another code.',
  },
  RECEIPT_LIMIT_REACHED: {
    status: 409,
    title: 'The wallet has had as many receipts as can be counted',
    todo: 'Hand the subscription over to another wallet.',
  },
  REENTRANCY_GUARD_REENTRANT_CALL: {
    status: 409,
    title: 'The contract was called during its own call',
    todo: 'Call it in a transaction of its own.',
  },
  REFERRAL_NOT_NEW: {
    status: 409,
    title: 'Only a new wallet can be referred',
    todo: 'Go on without a referrer.',
  },
  REFERRER_IS_SUBSCRIBER: {
    status: 422,
    title: 'A wallet can not refer itself',
    todo: 'Go on without a referrer, or use the link of somebody else.',
  },
  REFERRER_UNKNOWN: {
    status: 404,
    title: 'The referrer is not known',
    todo: 'Have the referrer subscribe or register first, or go on without.',
  },
  REFERRER_ZERO: {
    status: 422,
    title: 'A referrer is meant but none is given',
    todo: 'Use the whole referral link, or go on without a referrer.',
  },
  RENEWAL_NEEDS_WALLET: {
    status: 409,
    title: "The chain's own coin can not be collected",
    todo: 'Renew from the wallet, or change to a token.',
  },
  RENEWAL_NOT_AGREED: {
    status: 403,
    title: 'The subscriber has not agreed to automatic renewal',
    todo: 'Renew from the wallet, or set a cap for automatic renewal.',
  },
  RENEWAL_NOT_DUE: {
    status: 409,
    title: 'The renewal is not due yet',
    todo: 'Try again a day before the end.',
  },
  SPLIT_ABOVE_STAKE: {
    status: 422,
    title: 'More is given than is at stake',
    todo: 'Give the subscriber at most the stake.',
  },
  SUBSCRIPTION_DISPUTED: {
    status: 409,
    title: 'The subscription is disputed',
    todo: 'Wait until the dispute is resolved.',
  },
  TOKEN_DECIMALS_INVALID: {
    status: 422,
    title: 'The token has no decimals or too many',
    todo: 'Use an ERC-20 with at most 18 decimals.',
  },
  TOKEN_DIFFERS: {
    status: 409,
    title: 'The running term is paid in another token',
    todo: 'Pay in that token, or change it when the term has run out.',
  },
  TOKEN_LIMIT_REACHED: {
    status: 409,
    title: 'There can be no more tokens',
    todo: 'Use one that is accepted.',
  },
  TOKEN_NOT_ACCEPTED: {
    status: 409,
    title: 'The token is not taken now',
    todo: 'Pay in another token.',
  },
  TOKEN_UNKNOWN: {
    status: 404,
    title: 'There is no such token',
    todo: 'Choose a token from the list.',
  },
  TOO_MANY_EXTRAS: {
    status: 422,
    title: 'One promo code and one permit at most',
    todo: 'Leave the others out.',
  },
  TRANSFER_FAILED: {
    status: 502,
    title: 'The token or wallet refused the transfer',
    todo: 'Check that the token is not paused and that the wallet may hold and receive it.',
  },
  TRANSFER_NOT_EXACT: {
    status: 502,
    title: 'The token took a fee',
    todo: 'Pay in another token.',
  },
  TRIAL_NOT_OFFERED: {
    status: 409,
    title: 'The plan has no trial',
    todo: 'Choose a plan with a trial, or subscribe.',
  },
  TRIAL_RUNNING: {
    status: 409,
    title: 'A trial runs',
    todo: 'Subscribe to the plan you want: the trial ends with that.',
  },
  TRIAL_USED: {
    status: 409,
    title: 'The wallet had a trial or paid before',
    todo: 'Subscribe to the plan.',
  },
  VALUE_SHORT: {
    status: 422,
    title: 'Less was sent than the price',
    todo: 'Send the quoted amount with 1 % on top; what is not needed comes back.',
  },
  VALUE_UNEXPECTED: {
    status: 422,
    title: "The chain's own coin was sent with a payment in a token",
    todo: 'Send none of it.',
  },
} as const satisfies Record<string, CatalogueEntry>;
