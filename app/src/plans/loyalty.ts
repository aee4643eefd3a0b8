/** Loyalty: percent off by whole terms paid in a row (Rules.sol, loyaltyPercent). */
const STEPS = [
  { from: 2, percent: 15 },
  { from: 4, percent: 20 },
  { from: 8, percent: 25 },
] as const;

/** The contract counts no further. */
const MOST_TERMS = 15;

/** Percent off the `term`th term in a row. */
export function loyaltyPercent(term: number): number {
  return STEPS.findLast(({ from }) => term >= from)?.percent ?? 0;
}

/**
 * Paid terms in a row without those that have not begun, which are no loyalty (Standing.sol, begunTerms).
 * Times in Unix seconds.
 */
export function begunTerms(
  { paidTerms, until, yearly }: { paidTerms: number; until: number; yearly: boolean },
  now: number,
): number {
  if (paidTerms < 2 || now >= until) return paidTerms;
  const ahead = Math.floor((until - now - 1) / ((yearly ? 365 : 30) * 86_400));
  return Math.max(1, paidTerms - ahead);
}

/** What `paidTerms` in a row are worth for the next term, and when it is more. */
export function loyaltyText(paidTerms: number): string {
  const paid = `${paidTerms === MOST_TERMS ? `${MOST_TERMS} or more` : paidTerms} paid in a row`;
  const now = loyaltyPercent(paidTerms + 1);
  const step = STEPS.find(({ percent }) => percent > now);
  if (step === undefined) return `${paid}: ${now} % off every term`;
  const before = step.from - 1 - paidTerms;
  const after = `${step.percent} % after ${before === 1 ? 'one more' : `${before} more`}`;
  return now === 0 ? `${paid}: ${after}` : `${paid}: ${now} % off the next term, ${after}`;
}
