import { TonneError } from '@truetonne/protocol';
import { parseDecimal, powerOfTen } from './decimal.ts';

/** An exact fraction; `d` is positive. Reduced only where the size matters or the text is canonical. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Rational = { n: 0n, d: 1n };
export const ONE: Rational = { n: 1n, d: 1n };

/** From a decimal text, exactly. Throws QUANTITY_INVALID. */
export function toRational(text: string, field?: string): Rational {
  const { mantissa, scale } = parseDecimal(text, field);
  return reduce({ n: mantissa, d: powerOfTen(scale) });
}

export function fromInteger(n: bigint): Rational {
  return { n, d: 1n };
}

export function add(a: Rational, b: Rational): Rational {
  if (a.d === b.d) return { n: a.n + b.n, d: a.d };
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, { n: -b.n, d: b.d });
}

export function multiply(a: Rational, b: Rational): Rational {
  return { n: a.n * b.n, d: a.d * b.d };
}

/** Throws QUANTITY_INVALID when `b` is zero. */
export function divide(a: Rational, b: Rational, field = 'divisor'): Rational {
  if (b.n === 0n) {
    throw new TonneError('QUANTITY_INVALID', { field, value: '0', expected: 'more than zero' });
  }
  return b.n < 0n ? { n: -a.n * b.d, d: a.d * -b.n } : { n: a.n * b.d, d: a.d * b.n };
}

export function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const difference = a.n * b.d - b.n * a.d;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

export function reduce({ n, d }: Rational): Rational {
  const divisor = greatestCommonDivisor(n < 0n ? -n : n, d);
  return divisor === 1n ? { n, d } : { n: n / divisor, d: d / divisor };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** The smallest whole number that is not below n/d. */
export function ceilDivide(n: bigint, d: bigint): bigint {
  // Division of bigints cuts towards zero, which is up where n is negative.
  return n > 0n ? (n + d - 1n) / d : n / d;
}

/** The smallest whole number whose square is not below `value`. */
export function squareRootUp(value: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << BigInt((value.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) break;
    root = next;
  }
  return root * root === value ? root : root + 1n;
}

/** Decimal text, rounded up at `places` digits after the point; trailing zeros are left out. */
export function toDecimalUp(value: Rational, places: number): string {
  const scaled = ceilDivide(value.n * powerOfTen(places), value.d);
  return integerToDecimal(scaled, places);
}

/** `scaled` / 10^`places` as text, exact; trailing zeros are left out. */
export function integerToDecimal(scaled: bigint, places: number): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return `${scaled < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Exact text: a decimal where one exists, else `n/d` in lowest terms. */
export function toExactText(value: Rational): string {
  const { n, d } = reduce(value);
  for (let places = 0, power = 1n; places <= 60; places++, power *= 10n) {
    if (power % d === 0n) return integerToDecimal(n * (power / d), places);
  }
  return `${n.toString()}/${d.toString()}`;
}
