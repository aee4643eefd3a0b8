import { toHex, type ErrorCode, type Hex, type Reading } from '@truetonne/protocol';
import { sealWindow } from '../../src/seal.ts';
import { CLAIMED_AT, DOMAIN, HEAD, KEY } from './place.ts';
import { FULL, PLAIN } from './readings.ts';

/** What a contract says of the header as a closing window; its readings are not there. */
export type ContractAnswer = 'accepts' | ErrorCode;

export interface WindowCase {
  readonly name: string;
  readonly publicKey: Hex;
  readonly window: Hex;
  readonly expect: 'valid' | ErrorCode;
  /** Absent where the bytes are too short for a header and a signature. */
  readonly contract?: ContractAnswer;
}

/** The windows that cases are made from, after the claim: with one reading, and with two. */
export const ONE = sealWindow(KEY, DOMAIN, HEAD, [FULL]);
export const PLAIN_ONE = sealWindow(KEY, DOMAIN, HEAD, [PLAIN]);
const TWO_READINGS: readonly Reading[] = [
  PLAIN,
  { ...PLAIN, at: CLAIMED_AT + 1_800, exportWh: 1_500n, importWh: 20n },
];
export const TWO = sealWindow(KEY, DOMAIN, HEAD, TWO_READINGS);

export function makeCase(
  name: string,
  expect: WindowCase['expect'],
  contract: ContractAnswer | undefined,
  window: Uint8Array,
  publicKey: Uint8Array = KEY.publicKey,
): WindowCase {
  const given = { name, publicKey: toHex(publicKey), window: toHex(window), expect };
  return contract === undefined ? given : { ...given, contract };
}
