import type { ReactNode } from 'react';
import type { Quantity } from '../format.ts';

/** A number with its unit; the two never part at the end of a line. */
export function Amount({ value, unit }: Quantity): ReactNode {
  return (
    <span className="quantity">
      {value} <span className="unit">{unit}</span>
    </span>
  );
}

export interface FigureItem {
  readonly label: string;
  readonly quantity: Quantity;
  readonly note?: ReactNode;
}

/** Headline numbers, each with label, unit and where it comes from. */
export function Figures({ items }: { readonly items: readonly FigureItem[] }): ReactNode {
  return (
    <dl className="figures">
      {items.map(({ label, quantity, note }) => (
        <div className="figure" key={label}>
          <dt>{label}</dt>
          <dd className="figure-value">
            <Amount {...quantity} />
          </dd>
          {note !== undefined && <dd className="figure-note">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
  /** Takes the whole width: a hash in full. */
  readonly wide?: boolean;
}

/** Labelled values in columns. */
export function Facts({ items }: { readonly items: readonly Fact[] }): ReactNode {
  return (
    <dl className="facts">
      {items.map(({ label, value, wide = false }) => (
        <div key={label} className={wide ? 'fact-wide' : undefined}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export interface LedgerLine extends Fact {
  /** A sum of the lines above it. */
  readonly result?: boolean;
}

/** A calculation, line by line. */
export function Ledger({ lines }: { readonly lines: readonly LedgerLine[] }): ReactNode {
  return (
    <dl className="ledger">
      {lines.map(({ label, value, result = false }) => (
        <div key={label} className={result ? 'ledger-result' : undefined}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
