import type { RankedSupplier } from '../../api/oracle/suppliers.ts';

/** What suppliers are ordered by, the largest first, in words. */
export const ORDERS = [
  { value: 'emissions', label: 'Emissions' },
  { value: 'estimated', label: 'Share that is estimated' },
] as const;
export type Order = (typeof ORDERS)[number]['value'];

/**
 * The list as the oracle ranks it is by emissions; of equal shares the larger emitter stays first. A supplier
 * without emissions has no share and comes last.
 */
export function inOrder(
  byEmissions: readonly RankedSupplier[],
  order: Order,
): readonly RankedSupplier[] {
  if (order === 'emissions') return byEmissions;
  // Tenths of a percent: a number holds them well enough to be compared.
  const share = ({ estimatedPercent }: RankedSupplier): number => Number(estimatedPercent ?? -1);
  return byEmissions.toSorted((a, b) => share(b) - share(a));
}
