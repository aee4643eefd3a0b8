/** What sellers do with their own listings. */
import { marketAbi, toListingArgument, toTermsArgument, type Terms } from '@truetonne/protocol';
import type { Address } from 'viem';
import type { ListingRow } from '../../../api/indexer/index.ts';
import type { PayableToken } from '../../../chain/index.ts';
import { contractCall, type Transaction } from '../../../transactions/transaction.ts';
import { phrase, tonnes } from '../../../ui/format.ts';
import { coins } from '../../../ui/money.ts';
import { listingName, toListing } from '../listing.ts';
import { termFacts } from './list.ts';

/** Takes grams out of a listing, to the seller's wallet. */
export function unlistTransaction(market: Address, row: ListingRow, grams: bigint): Transaction {
  const amount = phrase(tonnes(grams));
  const { seller } = toListing(row);
  return {
    title: 'Take credits out of the market',
    effects: [
      { label: 'Comes back to your wallet', value: amount },
      { label: 'Credit', value: listingName(row) },
      { label: 'Stays listed', value: phrase(tonnes(row.leftGrams - grams)) },
    ],
    action: `Take out ${amount}`,
    done: `Took out ${amount}`,
    call: contractCall({
      address: market,
      abi: marketAbi,
      functionName: 'unlist',
      args: [toListingArgument(toListing(row)), grams, seller],
    }),
  };
}

/** Offers all that is left on other terms. */
export function relistTransaction(
  market: Address,
  row: ListingRow,
  terms: Terms,
  token: PayableToken,
): Transaction {
  return {
    title: 'Change the terms',
    effects: [
      { label: 'Stays in the market', value: phrase(tonnes(row.leftGrams)) },
      { label: 'Credit', value: listingName(row) },
      ...termFacts(terms, token),
    ],
    warning: 'The listing gets another address: links to the old one show that it has ended.',
    action: `Ask ${coins(terms.pricePerTonne, token)} a tonne`,
    done: `The price is ${coins(terms.pricePerTonne, token)} a tonne now`,
    call: contractCall({
      address: market,
      abi: marketAbi,
      functionName: 'relist',
      args: [toListingArgument(toListing(row)), toTermsArgument(terms)],
    }),
  };
}

/** Takes coin that waits because the wallet did not take it at the time of the sale. */
export function claimTransaction(
  market: Address,
  seller: Address,
  amount: bigint,
  token: PayableToken,
): Transaction {
  const much = coins(amount, token);
  return {
    title: 'Take your earnings',
    effects: [
      { label: 'Comes to your wallet', value: much },
      { label: 'Why it waits', value: 'Your wallet did not take it when the sale was made' },
    ],
    action: `Take ${much}`,
    done: `Took ${much}`,
    call: contractCall({ address: market, abi: marketAbi, functionName: 'claim', args: [seller] }),
  };
}
