import { TonneError } from '@truetonne/protocol';

/** An exact decimal: `mantissa` / 10^`scale`. Never a float. */
export interface Decimal {
  readonly mantissa: bigint;
  /** Digits after the point, 0 or more. */
  readonly scale: number;
}

const PATTERN = /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
/** What no quantity on Earth needs; keeps a hostile `1e400` from costing memory. */
const MAX_DIGITS = 40;

/** Parses `12`, `-0.5`, `9e-05`. Throws QUANTITY_INVALID for anything else: blanks, NaN, 1,000, 1e400. */
export function parseDecimal(text: string, field = 'value'): Decimal {
  const plain = findPlain(text);
  if (plain !== undefined) return plain;
  const match = PATTERN.exec(text);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? [];
  const digits = whole + fraction;
  const shift = Number(exponent) - fraction.length;
  const isTooLong = digits.length > MAX_DIGITS || Math.abs(shift) > MAX_DIGITS;
  if (match === null || digits === '' || isTooLong) {
    throw new TonneError('QUANTITY_INVALID', {
      field,
      value: text === '' ? 'nothing' : text.slice(0, 60),
      expected: 'a decimal number such as 1234.5, of at most 40 digits',
    });
  }
  const mantissa = BigInt(sign === '-' ? `-${digits}` : digits);
  return shift >= 0
    ? { mantissa: mantissa * powerOfTen(shift), scale: 0 }
    : { mantissa, scale: -shift };
}

const ZERO_CODE = 48;
const POINT_CODE = 46;
/** 15 digits are below 2^53, so that the sum of digits is an exact integer even as a number. */
const MAX_PLAIN_DIGITS = 15;

/** The usual case, digits with at most one point between them, in a fifth of the time. */
function findPlain(text: string): Decimal | undefined {
  const { length } = text;
  if (length === 0 || length > MAX_PLAIN_DIGITS) return undefined;
  let digits = 0;
  let pointAt = -1;
  for (let index = 0; index < length; index++) {
    const digit = text.charCodeAt(index) - ZERO_CODE;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (digit === POINT_CODE - ZERO_CODE && pointAt < 0 && index > 0) pointAt = index;
    else return undefined;
  }
  if (pointAt < 0) return { mantissa: BigInt(digits), scale: 0 };
  const scale = length - pointAt - 1;
  return scale === 0 ? undefined : { mantissa: BigInt(digits), scale };
}

const POWERS: bigint[] = [];

export function powerOfTen(exponent: number): bigint {
  return (POWERS[exponent] ??= 10n ** BigInt(exponent));
}
