import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import { useDeployment } from '../../config/index.ts';
import { useChainNow } from '../../data/index.ts';
import type { Checked } from '../../forms/index.ts';
import { TransactionDialog, type Transaction } from '../../transactions/index.ts';
import { fixedPoint, parseTonnes, phrase, QueryView, TextField, tonnes } from '../../ui/index.ts';
import { checkTerms, EMPTY_TERMS, TermsFields } from './TermsFields.tsx';
import { listTransaction } from './transactions/list.ts';
import { useCurrenciesQuery, type Currencies } from './useCurrencies.ts';

/** What can be sold: credits of one kind in the connected wallet. */
export interface Goods {
  readonly creditId: bigint;
  readonly name: string;
  readonly grams: bigint;
}

interface SellDialogProps {
  readonly goods: Goods;
  readonly account: Address;
  readonly onClose: () => void;
}

function checkOffer(input: string, { grams: held }: Goods): Checked<bigint> {
  const grams = parseTonnes(input);
  if (typeof grams === 'string') return { ok: false, problem: grams };
  if (grams > held) return { ok: false, problem: `You hold ${phrase(tonnes(held))}.` };
  return { ok: true, value: grams };
}

function OfferField(props: {
  readonly goods: Goods;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem: string | undefined;
}): ReactNode {
  const { goods, value, onChange, problem } = props;
  return (
    <TextField
      label="Amount in t CO₂e"
      hint={`You hold ${phrase(tonnes(goods.grams))}. 0.000001 t is one gram.`}
      inputMode="decimal"
      value={value}
      onChange={onChange}
      error={problem}
      required
      action={
        <button
          type="button"
          className="button button-quiet"
          onClick={() => onChange(fixedPoint(goods.grams, 6))}
        >
          All
        </button>
      }
    />
  );
}

function SellForm(props: {
  readonly goods: Goods;
  readonly account: Address;
  readonly currencies: Currencies;
  readonly onReview: (transaction: Transaction) => void;
}): ReactNode {
  const { goods, account, currencies, onReview } = props;
  const { credit, market } = useDeployment();
  const now = useChainNow(30_000);
  const [amount, setAmount] = useState('');
  const [draft, setDraft] = useState(EMPTY_TERMS);
  const [tried, setTried] = useState(false);
  const grams = checkOffer(amount, goods);
  const token = currencies[draft.currency];
  const checked = checkTerms(draft, token, grams.ok ? grams.value : undefined, now);
  const review = (): void => {
    setTried(true);
    const { terms } = checked;
    if (!grams.ok || terms === undefined || token === undefined || market === undefined) return;
    const { creditId, name } = goods;
    const input = { credit, market: market.contract, seller: account, creditId, name };
    onReview(listTransaction({ ...input, grams: grams.value, terms, token }));
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
      <OfferField
        goods={goods}
        value={amount}
        onChange={setAmount}
        problem={tried && !grams.ok ? grams.problem : undefined}
      />
      <TermsFields
        draft={draft}
        onChange={setDraft}
        checked={checked}
        currencies={currencies}
        show={tried}
      />
      <div className="row">
        <button type="submit" className="button">
          Review listing
        </button>
      </div>
    </form>
  );
}

/** Lists credits at a fixed price: first the terms, then what will happen. */
export function SellDialog({ goods, account, onClose }: SellDialogProps): ReactNode {
  // As it was when the dialog opened: a refresh must not restart a simulation.
  const [held] = useState(goods);
  const currencies = useCurrenciesQuery();
  return (
    <TransactionDialog
      title={`Sell ${held.name}`}
      account={account}
      onClose={onClose}
      form={(onReview) => (
        <QueryView query={currencies} what="currencies">
          {(known) => (
            <SellForm goods={held} account={account} currencies={known} onReview={onReview} />
          )}
        </QueryView>
      )}
    />
  );
}
