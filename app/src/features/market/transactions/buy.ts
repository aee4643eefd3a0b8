import { costUp, marketAbi, toListingArgument } from '@truetonne/protocol';
import type { Address } from 'viem';
import type { ListingRow } from '../../../api/indexer/index.ts';
import type { PayableToken } from '../../../chain/index.ts';
import { contractCall } from '../../../transactions/transaction.ts';
import { phrase, tonnes } from '../../../ui/format.ts';
import { coins } from '../../../ui/money.ts';
import type { CheckedDedication } from '../../../dedication/dedication.ts';
import { effectsOf } from '../../../dedication/effects.ts';
import type { Purchase } from '../../payment/index.ts';
import { listingName, toListing } from '../listing.ts';

export interface BuyInput {
  readonly market: Address;
  readonly row: ListingRow;
  readonly grams: bigint;
  readonly token: PayableToken;
}

/** What both ways of buying have in common. */
function baseOf({ market, row, grams, token }: BuyInput) {
  const amount = costUp(grams, row.pricePerTonne);
  return {
    token,
    payee: { address: market, name: 'The market' },
    amount,
    most: amount,
    later: 0n,
    facts: [
      { label: 'You pay', value: coins(amount, token) },
      { label: 'Price of a tonne', value: coins(row.pricePerTonne, token) },
      { label: 'Credit', value: listingName(row) },
    ],
  } as const;
}

/** Buys grams into the own wallet. */
export function buyPurchase(input: BuyInput): Purchase {
  const { market, row, grams, token } = input;
  const { facts, ...base } = baseOf(input);
  const amount = phrase(tonnes(grams));
  return {
    ...base,
    title: 'Buy credits',
    effects: [{ label: 'You get', value: amount }, ...facts],
    action: `Pay ${coins(base.amount, token)}`,
    done: `Bought ${amount}`,
    toCall: ({ permits, value }) =>
      contractCall({
        address: market,
        abi: marketAbi,
        functionName: 'buy',
        args: [toListingArgument(toListing(row)), grams, permits],
        value,
      }),
  };
}

/** Buys grams and retires them in the same transaction. */
export function buyAndRetirePurchase(input: BuyInput, checked: CheckedDedication): Purchase {
  const { market, row, grams, token } = input;
  const { facts, ...base } = baseOf(input);
  const amount = phrase(tonnes(grams));
  return {
    ...base,
    title: 'Buy and retire',
    effects: [
      { label: 'Leaves circulation for ever', value: amount },
      ...facts,
      ...effectsOf(checked),
    ],
    warning: 'Nobody can undo a retirement, and its words stay public for ever.',
    action: `Pay ${coins(base.amount, token)} and retire`,
    done: `Bought and retired ${amount}`,
    toCall: ({ permits, value }) =>
      contractCall({
        address: market,
        abi: marketAbi,
        functionName: 'buyAndRetire',
        args: [
          toListingArgument(toListing(row)),
          grams,
          permits,
          checked.dedication,
          checked.certificate,
        ],
        value,
      }),
  };
}
