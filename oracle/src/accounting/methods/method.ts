import type { FactorBasis, Scope } from '../factors/factor.ts';
import type { Dimension } from '../units/unit.ts';

/** What a figure of a method is: a share lies from 0 to 1, a count has no unit. */
export interface InputDef {
  readonly label: string;
  readonly kind: 'quantity' | 'number' | 'share';
  /** What the unit has to measure; absent: whatever the factor is per. */
  readonly dimension?: Dimension;
  /** Left out of the product when absent; `label` says what that means. */
  readonly optional?: true;
  /** Published by others: entered with its source and its date. */
  readonly sourced?: true;
}

export interface PartDef {
  readonly formula: string;
  readonly inputs: Readonly<Record<string, InputDef>>;
}

export interface MethodUse {
  readonly scope: Scope;
  readonly categories: readonly string[];
}

/**
 * Where a method's figures are from: `primary` from the very activities, metered or stated by whoever runs them;
 * `estimate` from averages, money, distances or defaults (Scope 3 Standard, chapter 7: secondary data is data
 * "not from specific activities within a company's value chain").
 */
export type DataQuality = 'primary' | 'estimate';

/** A way to compute emissions: each item gives its formula's value times its factor. */
export interface MethodDef {
  readonly id: string;
  readonly title: string;
  readonly uses: readonly MethodUse[];
  readonly parts: Readonly<Record<string, PartDef>>;
  readonly quality: DataQuality;
  /** What factors may cover here; absent: anything but margins. */
  readonly bases?: readonly FactorBasis[];
  /** Standard and section that the formula is from. */
  readonly cites: string;
}

/** Part of a method that has only one. */
const ONLY_PART = 'amount';

export const quantity = (label: string, dimension?: Dimension): InputDef =>
  dimension === undefined ? { label, kind: 'quantity' } : { label, kind: 'quantity', dimension };
export const count = (label: string): InputDef => ({ label, kind: 'number' });
export const share = (label: string): InputDef => ({ label, kind: 'share' });
export const optional = (input: InputDef): InputDef => ({ ...input, optional: true });

/** An exchange rate between moneys, each of a year; `absent` says what it means to leave it out. */
export const exchange = (label: string): InputDef => ({
  ...optional(quantity(label)),
  sourced: true,
});

export const onePart = (formula: string, inputs: PartDef['inputs']): MethodDef['parts'] => ({
  [ONLY_PART]: { formula, inputs },
});

export const scope3 = (...categories: string[]): MethodUse => ({ scope: '3', categories });
