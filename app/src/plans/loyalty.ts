/** Loyalty: percent off by whole terms paid in a row (Rules.sol, loyaltyPercent). */
const STEPS = [
  { from: 2, percent: 15 },
  { from: 4, percent: 20 },
  { from: 8, percent: 25 },
] as const;

/** Percent off the `term`th term in a row. */
export function loyaltyPercent(term: number): number {
  return STEPS.findLast(({ from }) => term >= from)?.percent ?? 0;
}

export interface LoyaltyStep {
  readonly percent: number;
  /** Terms still to pay before the one that has it. */
  readonly termsBefore: number;
}

/** The next higher discount, seen from `paidTerms` in a row; `undefined` at the top. */
export function nextLoyalty(paidTerms: number): LoyaltyStep | undefined {
  const now = loyaltyPercent(paidTerms + 1);
  const step = STEPS.find(({ percent }) => percent > now);
  return step && { percent: step.percent, termsBefore: step.from - 1 - paidTerms };
}
