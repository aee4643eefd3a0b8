/** What a person reviews and sends to buy a plan. */
import { subscriptionsAbi } from '@truetonne/protocol';
import type { Address } from 'viem';
import {
  toOrderArgument,
  type Order,
  type PaymentToken,
  type Plan,
  type Quote,
} from '../../chain/index.ts';
import { discountName, nameOf, periodName, termSeconds } from '../../plans/index.ts';
import { contractCall, type Transaction } from '../../transactions/index.ts';
import { coins, date, usd, type Fact } from '../../ui/index.ts';
import { laterUp, mostOf, subscriptionPayee, type Purchase } from '../payment/index.ts';

export interface PurchaseInput {
  readonly contract: Address;
  readonly plan: Plan;
  readonly order: Order;
  readonly quote: Quote;
  readonly token: PaymentToken;
  /** Renewals to allow for, where keepers may renew. */
  readonly terms: number;
  /** Where the unused value of the running term is nothing, and now; Unix seconds. */
  readonly runsUntil: number;
  readonly now: number;
}

function effectsOf({ plan, order, quote, token }: PurchaseInput, most: bigint): readonly Fact[] {
  const { amount, percent, discount } = quote;
  return [
    { label: 'You pay', value: coins(amount, token) },
    ...(most > amount ? [{ label: 'At most', value: coins(most, token) }] : []),
    { label: 'Plan', value: `${nameOf(plan)}, ${periodName(order.yearly)}` },
    {
      label: 'Price',
      value: `${usd(quote.priceUsd)}${percent === 0 ? '' : ` (${discountName(discount)}, ${percent} % off)`}`,
    },
    ...(order.instalments > 1 ? [{ label: 'Instalment', value: `1 of ${order.instalments}` }] : []),
    ...(quote.carried > 0n ? [{ label: 'Carried over', value: coins(quote.carried, token) }] : []),
    { label: 'Paid until', value: date(quote.until) },
    {
      label: 'Automatic renewal',
      value: order.capCents === 0 ? 'off' : `up to ${usd(BigInt(order.capCents) * 10_000n)}`,
    },
  ];
}

/** A first term, or another one after an earlier subscription ended. */
export function subscribePurchase(input: PurchaseInput): Purchase {
  const { contract, plan, order, quote, token, terms, runsUntil, now } = input;
  const timing = { termSeconds: termSeconds(order.yearly), runsUntil, now };
  const most = mostOf(quote, timing);
  const name = nameOf(plan);
  return {
    title: `Subscribe to ${name}`,
    effects: effectsOf(input, most),
    action: `Pay ${coins(quote.amount, token)}`,
    done: `You have ${name} until ${date(quote.until)}`,
    token,
    payee: subscriptionPayee(contract),
    amount: quote.amount,
    most,
    later: laterUp(quote, timing, order.capCents, terms),
    toCall: ({ maxAmount, permits, value }) =>
      contractCall({
        address: contract,
        abi: subscriptionsAbi,
        functionName: 'subscribe',
        args: [toOrderArgument(order, maxAmount, permits)],
        value,
      }),
  };
}

/** Another plan or period at once; unused value pays first. */
export function changePurchase(input: PurchaseInput): Purchase {
  const { contract, plan, order, quote, token } = input;
  const name = nameOf(plan);
  const base = subscribePurchase(input);
  return {
    ...base,
    title: `Change to ${name}`,
    action: quote.amount === 0n ? `Change to ${name}` : `Pay ${coins(quote.amount, token)}`,
    toCall: ({ maxAmount, permits, value }) =>
      contractCall({
        address: contract,
        abi: subscriptionsAbi,
        functionName: 'changePlan',
        args: [toOrderArgument(order, maxAmount, permits)],
        value,
      }),
  };
}

/** A trial: rights without money. Promo codes and permits are for payments, and stay unused. */
export function trialTransaction(contract: Address, plan: Plan, order: Order): Transaction {
  const name = nameOf(plan);
  return {
    title: `Try ${name}`,
    effects: [
      { label: 'You pay', value: 'nothing' },
      { label: 'Plan', value: name },
      { label: 'For', value: `${plan.trialDays} days, then five days of grace` },
      { label: 'After that', value: 'Free, unless you subscribe: nothing is collected' },
    ],
    warning: 'A wallet has one trial.',
    action: `Start the trial`,
    done: `You have ${name} for ${plan.trialDays} days`,
    call: contractCall({
      address: contract,
      abi: subscriptionsAbi,
      functionName: 'startTrial',
      args: [toOrderArgument({ ...order, capCents: 0, promo: undefined }, 0n, [])],
    }),
  };
}
