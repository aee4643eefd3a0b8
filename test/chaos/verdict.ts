import type { Audit } from './audit.ts';

/** Nothing acknowledged was lost, nothing was done twice, and what is on the chain is right. */
export function isWhole(audit: Audit): boolean {
  const { losses, doubles, brokenChains, wrongSums, unverified } = audit;
  return losses + doubles + brokenChains + wrongSums + unverified === 0 && audit.batched > 0;
}
