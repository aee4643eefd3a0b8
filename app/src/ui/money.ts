/** Money as text: every digit is exact, a decimal point is only moved. */
import { fixedPoint } from './format.ts';

/** Drops zeros at the end, but keeps `least` decimals. */
function trimmed(text: string, least: number): string {
  const point = text.indexOf('.');
  if (point === -1) return text;
  const kept = text.replace(/0+$/, '');
  const shown = kept.length < point + 1 + least ? text.slice(0, point + 1 + least) : kept;
  return shown.endsWith('.') ? shown.slice(0, -1) : shown;
}

/** USD x 10^6 as "$1,234.50"; more decimals only where there are any. */
export function usd(usdE6: bigint): string {
  const text = trimmed(fixedPoint(usdE6 < 0n ? -usdE6 : usdE6, 6), 2);
  return `${usdE6 < 0n ? '−' : ''}$${text}`;
}

/** Of what smallest units are shown. */
export interface Denomination {
  readonly decimals: number;
  readonly symbol: string;
}

/** Smallest units of a token as "299.00 USDC", to the last digit that is not zero. */
export function coins(amount: bigint, { decimals, symbol }: Denomination): string {
  return `${trimmed(fixedPoint(amount, decimals), Math.min(2, decimals))}\u00a0${symbol}`;
}

const ROUGH_DECIMALS = 4;

/** As `coins`, rounded down to four decimals: for a balance, of which the last digits say nothing. */
export function coinsDown(amount: bigint, denomination: Denomination): string {
  const dropped = 10n ** BigInt(Math.max(0, denomination.decimals - ROUGH_DECIMALS));
  return coins(amount - (amount % dropped), denomination);
}

/**
 * An amount typed by a person to smallest units, exact.
 * @returns the units, or a sentence that says what is wrong.
 */
export function parseCoins(input: string, decimals: number): bigint | string {
  const match = /^(\d{1,15}|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/.exec(input.trim());
  if (match === null) return 'Enter an amount, such as 49.90.';
  const [, whole = '0', fraction = ''] = match;
  if (fraction.length > decimals) return `At most ${decimals} decimals.`;
  const digits = whole.replaceAll(',', '') + fraction.padEnd(decimals, '0');
  return BigInt(digits);
}

/** How long until then, in two units: "4 d 3 h", "3 h 12 min", "12 min 5 s"; "0 s" when it is over. */
export function countdown(untilSeconds: number, nowSeconds: number): string {
  const seconds = Math.max(0, Math.floor(untilSeconds - nowSeconds));
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const first = parts.findIndex(([size]) => size > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .map(([size, unit]) => `${size}\u00a0${unit}`)
    .join(' ');
}
