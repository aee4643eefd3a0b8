import {
  concatBytes,
  domainOf,
  fromHex,
  toHex,
  type ErrorCode,
  type Hex,
} from '@truetonne/protocol';
import { withOtherS } from './deterministicKey.ts';
import { patched, type Patch } from './forge.ts';
import { CHAIN_ID, KEY, OTHER_KEY, REGISTRY } from './place.ts';

/** A statement with what should prove it, and what receiver and contract say. */
export interface StatementCase {
  readonly name: string;
  readonly statement: Hex;
  readonly publicKey: Hex;
  readonly signature: Hex;
  readonly expect: 'valid' | ErrorCode;
  readonly contract: 'accepts' | ErrorCode;
}

/** A case of the device of `KEY`, signed as it stands unless `given` says otherwise. */
export function makeCase(
  name: string,
  expect: StatementCase['expect'],
  statement: Uint8Array,
  given: Partial<StatementCase> = {},
): StatementCase {
  return {
    name,
    statement: toHex(statement),
    publicKey: toHex(KEY.publicKey),
    signature: toHex(KEY.sign(statement)),
    expect,
    contract: expect === 'valid' ? 'accepts' : expect,
    ...given,
  };
}

/** What can be wrong with any statement, whatever it says, in the order of SPEC section 9. */
export function makeFaults(whole: Uint8Array, changed: Patch): readonly StatementCase[] {
  const signature = KEY.sign(whole);
  const key = toHex(KEY.publicKey);
  const elsewhere = patched(whole, [[4, fromHex(domainOf(CHAIN_ID + 1, REGISTRY))]]);
  const foreign = patched(whole, [[36, fromHex(OTHER_KEY.deviceId)]]);
  return [
    makeCase('a byte too few', 'STATEMENT_INVALID', whole.slice(0, -1)),
    makeCase('a byte too many', 'STATEMENT_INVALID', concatBytes([whole, new Uint8Array(1)])),
    makeCase('no bytes', 'STATEMENT_INVALID', new Uint8Array(0)),
    makeCase('a public key of 65 bytes', 'STATEMENT_INVALID', whole, {
      publicKey: `0x04${key.slice(2)}`,
    }),
    makeCase('a signature of 63 bytes', 'STATEMENT_INVALID', whole, {
      signature: toHex(signature.slice(0, 63)),
    }),
    makeCase('version 2', 'VERSION_UNKNOWN', patched(whole, [[3, Uint8Array.of(2)]])),
    makeCase('the magic of a claim', 'VERSION_UNKNOWN', patched(whole, [[2, Uint8Array.of(0x43)]])),
    makeCase('signed for another chain', 'DOMAIN_MISMATCH', elsewhere),
    makeCase('the statement of another device', 'PUBLIC_KEY_MISMATCH', foreign),
    makeCase('the key of another device', 'PUBLIC_KEY_MISMATCH', whole, {
      publicKey: toHex(OTHER_KEY.publicKey),
    }),
    makeCase('a high s', 'SIGNATURE_HIGH_S', whole, { signature: toHex(withOtherS(signature)) }),
    makeCase('signed by another device', 'SIGNATURE_INVALID', whole, {
      signature: toHex(OTHER_KEY.sign(whole)),
    }),
    makeCase('changed after it was signed', 'SIGNATURE_INVALID', patched(whole, [changed]), {
      signature: toHex(signature),
    }),
    makeCase('a signature of zeros', 'SIGNATURE_INVALID', whole, {
      signature: `0x${'00'.repeat(64)}`,
    }),
  ];
}
