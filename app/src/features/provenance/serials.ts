import type { Batch } from '../../api/indexer/index.ts';
import type { Checked } from '../../forms/index.ts';

/** Serials have 64 bits. */
export const LAST_SERIAL = 2n ** 64n - 1n;

export interface Serials {
  readonly first: bigint;
  readonly last: bigint;
}

/** The serials of a minted batch that lie in a range; undefined when none do. */
export function sharedSerials(
  { firstSerial, grams }: Pick<Batch, 'firstSerial' | 'grams'>,
  first: bigint,
  last: bigint,
): Serials | undefined {
  if (firstSerial === undefined || grams === 0n) return undefined;
  const end = firstSerial + grams - 1n;
  const shared = {
    first: firstSerial > first ? firstSerial : first,
    last: end < last ? end : last,
  };
  return shared.first > shared.last ? undefined : shared;
}

/** A whole number as typed, with or without commas. */
export function checkWhole(input: string, what: string, most: bigint): Checked<bigint> {
  const digits = input.trim().replaceAll(',', '');
  if (!/^\d{1,20}$/.test(digits)) return { ok: false, problem: `Enter ${what} in digits.` };
  const value = BigInt(digits);
  return value > most ? { ok: false, problem: 'No number is that large.' } : { ok: true, value };
}
