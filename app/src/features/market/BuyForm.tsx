import { costUp } from '@truetonne/protocol';
import { useState, type ReactNode } from 'react';
import type { Address } from 'viem';
import type { ListingRow } from '../../api/indexer/index.ts';
import type { PayableToken } from '../../chain/index.ts';
import { ChoiceField, coins, fixedPoint, phrase, TextField, tonnes } from '../../ui/index.ts';
import {
  checkDedication,
  createSalt,
  DedicationFields,
  EMPTY_DRAFT,
  SecretNote,
  type CheckedDedication,
} from '../../dedication/index.ts';
import { checkPurchase } from './listing.ts';

/** What a person wants of a listing. */
export interface Wish {
  readonly grams: bigint;
  /** There when the grams are to be retired at once. */
  readonly dedication: CheckedDedication | undefined;
}

interface BuyFormProps {
  readonly listing: ListingRow;
  readonly token: PayableToken;
  readonly account: Address;
  readonly disabled: boolean;
  readonly onReview: (wish: Wish) => void;
}

type Use = 'keep' | 'retire';

function AmountField(props: {
  readonly listing: ListingRow;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly show: boolean;
}): ReactNode {
  const { listing, value, onChange, show } = props;
  const checked = checkPurchase(value, listing);
  return (
    <TextField
      label="Amount in t CO₂e"
      hint={`${phrase(tonnes(listing.leftGrams))} are left. 0.000001 t is one gram.`}
      inputMode="decimal"
      value={value}
      onChange={onChange}
      error={show && !checked.ok ? checked.problem : undefined}
      required
      action={
        <button
          type="button"
          className="button button-quiet"
          onClick={() => onChange(fixedPoint(listing.leftGrams, 6))}
        >
          All
        </button>
      }
    />
  );
}

/** How much, and whether to keep it or to retire it in the same transaction. */
export function BuyForm(props: BuyFormProps): ReactNode {
  const { listing, token, account, disabled, onReview } = props;
  const [amount, setAmount] = useState('');
  const [use, setUse] = useState<Use>('keep');
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [salt] = useState(createSalt);
  const [tried, setTried] = useState(false);
  const grams = checkPurchase(amount, listing);
  const dedication = checkDedication(draft, account, salt);
  const review = (): void => {
    setTried(true);
    if (!grams.ok) return;
    if (use === 'keep') onReview({ grams: grams.value, dedication: undefined });
    else if (dedication.ok) onReview({ grams: grams.value, dedication: dedication.value });
  };
  const secret = dedication.ok && use === 'retire' ? dedication.value.secret : undefined;
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        review();
      }}
    >
      <AmountField listing={listing} value={amount} onChange={setAmount} show={tried} />
      <ChoiceField
        legend="What to do with them"
        value={use}
        onChange={setUse}
        options={[
          { value: 'keep', label: 'Buy', note: 'into your wallet' },
          { value: 'retire', label: 'Buy and retire', note: 'in one transaction, for good' },
        ]}
      />
      {use === 'retire' && (
        <DedicationFields draft={draft} onChange={setDraft} show={tried} certifies />
      )}
      {secret !== undefined && <SecretNote secret={secret} />}
      <div className="row">
        <button type="submit" className="button" disabled={disabled}>
          {use === 'keep' ? 'Review purchase' : 'Review purchase and retirement'}
        </button>
        {grams.ok && (
          <span className="small muted">
            {coins(costUp(grams.value, listing.pricePerTonne), token)}
          </span>
        )}
      </div>
    </form>
  );
}
