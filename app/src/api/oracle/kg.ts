import { ShapeError, type Parser } from '../parse.ts';

/** Exact kilograms as decimal text, as whole nanograms. */
export const kg: Parser<bigint> = (value, path) => {
  const match = typeof value === 'string' ? /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(value) : null;
  if (match === null) throw new ShapeError(path, 'kilograms as decimal text', value);
  const [, sign = '', whole = '', fraction = ''] = match;
  return BigInt(`${sign}${whole}${fraction.padEnd(12, '0')}`);
};

/** Whole nanograms as kilograms, the way `kg` reads them. */
export function toKgText(ng: bigint): string {
  const digits = String(ng < 0n ? -ng : ng).padStart(13, '0');
  const fraction = digits.slice(-12).replace(/0+$/, '');
  return `${ng < 0n ? '-' : ''}${digits.slice(0, -12)}${fraction === '' ? '' : `.${fraction}`}`;
}
