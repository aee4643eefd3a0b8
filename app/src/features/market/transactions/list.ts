import { creditAbi, encodeTerms, type Terms } from '@truetonne/protocol';
import type { Address } from 'viem';
import type { PayableToken } from '../../../chain/index.ts';
import { contractCall, type Transaction } from '../../../transactions/transaction.ts';
import { date, phrase, tonnes } from '../../../ui/format.ts';
import type { Fact } from '../../../ui/index.ts';
import { coins } from '../../../ui/money.ts';
import { NEVER } from '../listing.ts';

export interface ListInput {
  readonly credit: Address;
  readonly market: Address;
  readonly seller: Address;
  readonly creditId: bigint;
  readonly name: string;
  readonly grams: bigint;
  readonly terms: Terms;
  readonly token: PayableToken;
}

/** What terms say, fact by fact. */
export function termFacts(terms: Terms, token: PayableToken): readonly Fact[] {
  const { pricePerTonne, minimumGrams, expiresAt } = terms;
  return [
    { label: 'Price of a tonne', value: coins(pricePerTonne, token) },
    {
      label: 'Smallest sale',
      value: minimumGrams === 0n ? 'one gram' : phrase(tonnes(minimumGrams)),
    },
    {
      label: 'Sold until',
      value:
        expiresAt === NEVER ? 'you end it' : `${date(expiresAt - 1)}, the end of that day, UTC`,
    },
  ];
}

/** Gives credits to the market with the terms of their sale: one transaction, no approval. */
export function listTransaction(input: ListInput): Transaction {
  const { credit, market, seller, creditId, name, grams, terms, token } = input;
  const amount = phrase(tonnes(grams));
  return {
    title: 'Sell credits',
    effects: [
      { label: 'Moves to the market', value: amount },
      { label: 'Credit', value: name },
      ...termFacts(terms, token),
      { label: 'Paid to', value: seller, wide: true },
    ],
    warning:
      'The market holds the credits until they are sold. You can take the rest out, or change the price, at any time.',
    action: `List ${amount}`,
    done: `Listed ${amount}`,
    call: contractCall({
      address: credit,
      abi: creditAbi,
      functionName: 'safeTransferFrom',
      args: [seller, market, creditId, grams, encodeTerms(terms)],
    }),
  };
}
