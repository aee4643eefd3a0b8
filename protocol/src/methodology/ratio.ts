import { TonneError } from '../errors/tonneError.ts';

/** An exact number: numerator over a denominator above zero. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export function toRatio(whole: bigint): Ratio {
  return { numerator: whole, denominator: 1n };
}

/**
 * A plain decimal text as it is written, such as `0.98`.
 *
 * @throws TonneError PARAMETER_INVALID with the field
 */
export function parseRatio(value: unknown, field: string): Ratio {
  const match = typeof value === 'string' ? /^(\d{1,30})(?:\.(\d{1,30}))?$/.exec(value) : null;
  if (match === null) {
    const expected = 'a decimal in quotes, zero or above, such as "0.98"';
    throw new TonneError('PARAMETER_INVALID', { field, value: String(value), expected });
  }
  const [, whole = '', fraction = ''] = match;
  return { numerator: BigInt(whole + fraction), denominator: 10n ** BigInt(fraction.length) };
}

export function multiply(a: Ratio, b: Ratio): Ratio {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

export function add(a: Ratio, b: Ratio): Ratio {
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

export function subtract(a: Ratio, b: Ratio): Ratio {
  return add(a, { numerator: -b.numerator, denominator: b.denominator });
}

/** The whole number at or below. */
export function toWholeDown({ numerator, denominator }: Ratio): bigint {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}

/** The whole number at or above. */
export function toWholeUp({ numerator, denominator }: Ratio): bigint {
  return -toWholeDown({ numerator: -numerator, denominator });
}

/** The nearest whole number, halves up: for estimates, never for credits. */
export function toWholeNearest({ numerator, denominator }: Ratio): bigint {
  return toWholeDown({ numerator: 2n * numerator + denominator, denominator: 2n * denominator });
}
