import { CURRENCIES, type Currency, type Terms } from '@truetonne/protocol';
import type { ReactNode } from 'react';
import type { PayableToken } from '../../chain/index.ts';
import type { Checked } from '../../forms/index.ts';
import { DateField, parseCoins, SelectField, TextField } from '../../ui/index.ts';
import { checkLastDay, checkMinimum } from './listing.ts';
import type { Currencies } from './useCurrencies.ts';

/** Terms as a person types them. */
export interface TermsDraft {
  readonly currency: Currency;
  readonly price: string;
  readonly minimum: string;
  readonly lastDay: string;
}

export const EMPTY_TERMS: TermsDraft = { currency: 'usdc', price: '', minimum: '', lastDay: '' };

export interface CheckedTerms {
  readonly price: Checked<bigint>;
  readonly minimum: Checked<bigint>;
  readonly lastDay: Checked<number>;
  /** There when nothing is wrong. */
  readonly terms: Terms | undefined;
}

function checkPrice(input: string, token: PayableToken | undefined): Checked<bigint> {
  if (token === undefined) return { ok: false, problem: 'Choose a currency.' };
  const units = parseCoins(input, token.decimals);
  if (typeof units === 'string') return { ok: false, problem: units };
  if (units === 0n) return { ok: false, problem: 'Nothing is sold for nothing.' };
  return units >= 2n ** 128n
    ? { ok: false, problem: 'No price is that high.' }
    : { ok: true, value: units };
}

/** @param offered grams, where they are known already */
export function checkTerms(
  draft: TermsDraft,
  token: PayableToken | undefined,
  offered: bigint | undefined,
  now: number,
): CheckedTerms {
  const price = checkPrice(draft.price, token);
  const minimum = checkMinimum(draft.minimum, offered);
  const lastDay = checkLastDay(draft.lastDay, now);
  const { currency } = draft;
  const terms =
    price.ok && minimum.ok && lastDay.ok
      ? {
          pricePerTonne: price.value,
          currency,
          minimumGrams: minimum.value,
          expiresAt: lastDay.value,
        }
      : undefined;
  return { price, minimum, lastDay, terms };
}

interface TermsFieldsProps {
  readonly draft: TermsDraft;
  readonly onChange: (draft: TermsDraft) => void;
  readonly checked: CheckedTerms;
  readonly currencies: Currencies;
  readonly show: boolean;
}

const problemOf = (checked: Checked<unknown>, show: boolean): string | undefined =>
  show && !checked.ok ? checked.problem : undefined;

/** At what price, how, and how long something is sold. */
export function TermsFields(props: TermsFieldsProps): ReactNode {
  const { draft, onChange, checked, currencies, show } = props;
  const lastDay = problemOf(checked.lastDay, show);
  return (
    <>
      <SelectField
        label="Paid in"
        value={draft.currency}
        onChange={(value) => {
          const currency = CURRENCIES.find((each) => each === value);
          if (currency !== undefined) onChange({ ...draft, currency });
        }}
        options={CURRENCIES.flatMap((value) => {
          const label = currencies[value]?.symbol;
          return label === undefined ? [] : [{ value, label }];
        })}
      />
      <TextField
        label={`Price of a tonne in ${currencies[draft.currency]?.symbol ?? '…'}`}
        hint="Exact; what a part of a tonne costs is rounded up."
        inputMode="decimal"
        placeholder="20.00"
        value={draft.price}
        onChange={(price) => onChange({ ...draft, price })}
        error={problemOf(checked.price, show)}
        required
      />
      <TextField
        label="Smallest sale in t CO₂e (optional)"
        hint="What is left at last may be less. Empty: one gram."
        inputMode="decimal"
        value={draft.minimum}
        onChange={(minimum) => onChange({ ...draft, minimum })}
        error={problemOf(checked.minimum, show)}
      />
      <DateField
        label="Last day of the sale, UTC (optional)"
        value={draft.lastDay}
        onChange={(value) => onChange({ ...draft, lastDay: value })}
      />
      {lastDay !== undefined && <p className="field-error">{lastDay}</p>}
    </>
  );
}
