import { fixedPoint } from '../ui/format.ts';

const WEI_PER_MILLIONTH = 10n ** 12n;

/** Wei as whole coins with six decimals, rounded up: a fee is never shown smaller than it is. */
export function coinsUp(wei: bigint): string {
  return fixedPoint((wei + WEI_PER_MILLIONTH - 1n) / WEI_PER_MILLIONTH, 6);
}
