import { decodePromoCode, type Promo } from '@truetonne/protocol';
import { useState, type ReactNode } from 'react';
import { dateTime, Notice, TextField } from '../../ui/index.ts';
import { checkPromo } from './choices.ts';

interface PromoFieldProps {
  readonly promo: Promo | undefined;
  /** What is wrong with the code of the link that led here. */
  readonly linkProblem?: string | undefined;
  readonly onChange: (promo: Promo | undefined) => void;
}

/** Takes a promo code as it was passed on; the chain learns of it only when it is paid with. */
export function PromoField({ promo, linkProblem, onChange }: PromoFieldProps): ReactNode {
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState(linkProblem);
  if (promo !== undefined) {
    return (
      <Notice tone="plain" title={`Promo code ${decodePromoCode(promo.code)}: ${promo.percent} %`}>
        <p className="small">Valid until {dateTime(promo.expiresAt)}.</p>
        <p>
          <button
            type="button"
            className="button button-quiet button-small"
            onClick={() => onChange(undefined)}
          >
            Remove the code
          </button>
        </p>
      </Notice>
    );
  }
  const apply = (): void => {
    const checked = checkPromo(typed);
    setProblem(checked.ok ? undefined : checked.problem);
    if (!checked.ok) return;
    setTyped('');
    onChange(checked.value);
  };
  return (
    <TextField
      label="Promo code"
      placeholder="TTP1-…"
      value={typed}
      onChange={setTyped}
      error={problem}
      action={
        <button type="button" className="button button-quiet" onClick={apply}>
          Apply
        </button>
      }
    />
  );
}
