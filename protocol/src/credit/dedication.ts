import { concat, keccak256, stringToHex, zeroHash } from 'viem';
import type { Hex } from '../bytes.ts';

/** Most bytes of UTF-8 that the contract takes. */
export const BENEFICIARY_BYTES = 128;
export const PURPOSE_BYTES = 256;

/** In whose name and what for grams are retired: the contract's `Dedication`. */
export interface Dedication {
  readonly account: Hex;
  readonly commitment: Hex;
  readonly beneficiary: string;
  readonly purpose: string;
  /** Unix seconds; both 0 for no period. */
  readonly periodFrom: number;
  readonly periodUntil: number;
}

/** A dedication in the name of a wallet that says no more than what is given. */
export function dedicationOf(
  account: Hex,
  fields: Partial<Omit<Dedication, 'account'>> = {},
): Dedication {
  return {
    account,
    commitment: zeroHash,
    beneficiary: '',
    purpose: '',
    periodFrom: 0,
    periodUntil: 0,
    ...fields,
  };
}

/** What stands for a beneficiary who is not named: keccak256(salt ++ UTF-8 of the name). */
export function commitmentTo(beneficiary: string, salt: Hex): Hex {
  return keccak256(concat([salt, stringToHex(beneficiary)]));
}
