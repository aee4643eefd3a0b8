import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import type { ListingRow } from '../../api/indexer/index.ts';
import { useChainNow } from '../../data/index.ts';
import { TransactionDialog, type Transaction } from '../../transactions/index.ts';
import { fixedPoint, parseTonnes, phrase, QueryView, TextField, tonnes } from '../../ui/index.ts';
import { listingName } from './listing.ts';
import { checkTerms, EMPTY_TERMS, TermsFields } from './TermsFields.tsx';
import { relistTransaction, unlistTransaction } from './transactions/own.ts';
import { useCurrenciesQuery, type Currencies } from './useCurrencies.ts';

interface OwnDialogProps {
  readonly listing: ListingRow;
  readonly market: Address;
  readonly account: Address;
  readonly onClose: () => void;
}

type FormProps = Pick<OwnDialogProps, 'listing' | 'market'> & {
  readonly onReview: (transaction: Transaction) => void;
};

function UnlistForm({ listing, market, onReview }: FormProps): ReactNode {
  const [amount, setAmount] = useState(fixedPoint(listing.leftGrams, 6));
  const [problem, setProblem] = useState<string>();
  const review = (): void => {
    const grams = parseTonnes(amount);
    if (typeof grams === 'string') setProblem(grams);
    else if (grams > listing.leftGrams) {
      setProblem(`${phrase(tonnes(listing.leftGrams))} are left.`);
    } else {
      setProblem(undefined);
      onReview(unlistTransaction(market, listing, grams));
    }
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        review();
      }}
    >
      <TextField
        label="Amount in t CO₂e"
        hint="All that is left, or a part of it"
        inputMode="decimal"
        value={amount}
        onChange={setAmount}
        error={problem}
        required
      />
      <div className="row">
        <button type="submit" className="button">
          Review
        </button>
      </div>
    </form>
  );
}

/** Takes credits out of the market. */
export function UnlistDialog(props: OwnDialogProps): ReactNode {
  const [listing] = useState(props.listing);
  return (
    <TransactionDialog
      title={`Take out ${listingName(listing)}`}
      account={props.account}
      onClose={props.onClose}
      form={(onReview) => (
        <UnlistForm listing={listing} market={props.market} onReview={onReview} />
      )}
    />
  );
}

function RelistForm({
  listing,
  market,
  currencies,
  onReview,
}: FormProps & { readonly currencies: Currencies }): ReactNode {
  const now = useChainNow(30_000);
  const [draft, setDraft] = useState({ ...EMPTY_TERMS, currency: listing.currency });
  const [tried, setTried] = useState(false);
  const token = currencies[draft.currency];
  const checked = checkTerms(draft, token, listing.leftGrams, now);
  const review = (): void => {
    setTried(true);
    if (checked.terms === undefined || token === undefined) return;
    onReview(relistTransaction(market, listing, checked.terms, token));
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        review();
      }}
    >
      <p>{phrase(tonnes(listing.leftGrams))} are left, and get these terms.</p>
      <TermsFields
        draft={draft}
        onChange={setDraft}
        checked={checked}
        currencies={currencies}
        show={tried}
      />
      <div className="row">
        <button type="submit" className="button">
          Review the terms
        </button>
      </div>
    </form>
  );
}

/** Asks another price, or sells for longer. */
export function RelistDialog(props: OwnDialogProps): ReactNode {
  const [listing] = useState(props.listing);
  const currencies = useCurrenciesQuery();
  return (
    <TransactionDialog
      title={`Change ${listingName(listing)}`}
      account={props.account}
      onClose={props.onClose}
      form={(onReview) => (
        <QueryView query={currencies} what="currencies">
          {(known) => (
            <RelistForm
              listing={listing}
              market={props.market}
              currencies={known}
              onReview={onReview}
            />
          )}
        </QueryView>
      )}
    />
  );
}
