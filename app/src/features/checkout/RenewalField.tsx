import type { ReactNode } from 'react';
import { isCoin, type PaymentToken } from '../../chain/index.ts';
import { CheckField, TextField } from '../../ui/index.ts';
import { checkCap, checkTerms, type Choices } from './choices.ts';

interface RenewalFieldProps {
  readonly token: PaymentToken;
  readonly choices: Choices;
  readonly onChange: (part: Partial<Choices>) => void;
}

/** Whether it renews by itself, up to which price, and for how many terms that is allowed. */
export function RenewalField({ token, choices, onChange }: RenewalFieldProps): ReactNode {
  const { automatic, cap, terms } = choices;
  if (isCoin(token)) {
    return (
      <p className="small muted">
        {token.symbol} can’t be collected: you will renew from your wallet. Pay in a token to have
        it renewed automatically.
      </p>
    );
  }
  const checkedCap = checkCap(cap);
  const checkedTerms = checkTerms(terms);
  return (
    <div className="stack-small">
      <CheckField
        label="Renew automatically"
        checked={automatic}
        onChange={(chosen) => onChange({ automatic: chosen })}
        hint="From a day before the end anyone may have the contract collect the next term from your allowance, for a small share that comes out of the price. Never above your cap; stop it at any time."
      />
      {automatic && (
        <div className="form form-wide">
          <TextField
            label="Cap in US dollars"
            hint="A dearer term is not paid"
            inputMode="decimal"
            value={cap}
            onChange={(value) => onChange({ cap: value })}
            error={checkedCap.ok ? undefined : checkedCap.problem}
          />
          <TextField
            label="Terms to allow"
            hint={`Your ${token.symbol} allowance covers so many renewals`}
            inputMode="decimal"
            value={terms}
            onChange={(value) => onChange({ terms: value })}
            error={checkedTerms.ok ? undefined : checkedTerms.problem}
          />
        </div>
      )}
    </div>
  );
}
