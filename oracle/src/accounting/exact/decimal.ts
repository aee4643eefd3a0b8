import { TonneError } from '@truetonne/protocol';

/** An exact decimal: `mantissa` / 10^`scale`. Never a float. */
export interface Decimal {
  readonly mantissa: bigint;
  /** Digits after the point, 0 or more. */
  readonly scale: number;
}

const PATTERN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
/** What no quantity on Earth needs; keeps a hostile `1e400` from costing memory. */
const MAX_DIGITS = 40;
const PLAIN = /^\d{1,18}(?:\.\d{1,18})?$/;

/** Parses `12`, `-0.5`, `9e-05`. Throws QUANTITY_INVALID for anything else: blanks, NaN, 1,000, 1e400. */
export function parseDecimal(text: string, field = 'value'): Decimal {
  if (PLAIN.test(text)) return parsePlain(text);
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

function parsePlain(text: string): Decimal {
  const point = text.indexOf('.');
  if (point < 0) return { mantissa: BigInt(text), scale: 0 };
  return {
    mantissa: BigInt(text.slice(0, point) + text.slice(point + 1)),
    scale: text.length - point - 1,
  };
}

const POWERS: bigint[] = [];

export function powerOfTen(exponent: number): bigint {
  return (POWERS[exponent] ??= 10n ** BigInt(exponent));
}
