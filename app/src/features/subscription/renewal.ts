/** The next term, or instalment, as a person reviews and pays it. */
import { subscriptionsAbi } from '@truetonne/protocol';
import { toRenewalArgument, type Quote, type Renewal } from '../../chain/index.ts';
import { discountName } from '../../plans/index.ts';
import { contractCall } from '../../transactions/index.ts';
import { coins, date, usd } from '../../ui/index.ts';
import { subscriptionPayee, type Purchase } from '../payment/index.ts';
import type { Held } from './transactions.ts';

/** "instalment 2 of 3", or "the next term". */
export function partName({ subscription }: Pick<Held, 'subscription'>): string {
  const { instalments, instalmentsLeft } = subscription;
  if (instalmentsLeft === 0) return instalments > 1 ? `instalment 1 of ${instalments}` : 'a term';
  return `instalment ${instalments - instalmentsLeft + 1} of ${instalments}`;
}

export function renewPurchase(held: Held, renewal: Renewal, quote: Quote): Purchase {
  const { contract, token } = held;
  const { amount, sendAmount: most, percent, discount } = quote;
  const paid = coins(amount, token);
  return {
    title: 'Renew',
    effects: [
      { label: 'You pay', value: paid },
      ...(most > amount ? [{ label: 'At most', value: coins(most, token) }] : []),
      { label: 'For', value: partName(held) },
      {
        label: 'Price of the term',
        value: `${usd(quote.priceUsd)}${percent === 0 ? '' : ` (${discountName(discount)}, ${percent} % off)`}`,
      },
      { label: 'Paid until', value: date(quote.until) },
      { label: 'Days lost', value: 'none: it is added to the end' },
    ],
    action: `Pay ${paid}`,
    done: `Paid until ${date(quote.until)}`,
    token,
    payee: subscriptionPayee(contract),
    amount,
    most,
    later: 0n,
    toCall: ({ maxAmount, permits, value }) =>
      contractCall({
        address: contract,
        abi: subscriptionsAbi,
        functionName: 'renew',
        args: [toRenewalArgument(renewal, maxAmount, permits)],
        value,
      }),
  };
}
