import {
  concatBytes,
  domainOf,
  encodeClaim,
  toHex,
  type ErrorCode,
  type Hex,
} from '@truetonne/protocol';
import { createTestKey, withOtherS } from './deterministicKey.ts';
import { patched, u64, type Patch } from './forge.ts';
import { CHAIN_ID, CLAIM, describeFile, KEY, OTHER_KEY, OWNER, REGISTRY } from './place.ts';

/** Offsets of a claim's fields (SPEC section 2). */
const AT = { magic: 0, domain: 4, claimedAt: 88, exportWh: 96, importWh: 104 } as const;

interface ClaimCase {
  readonly name: string;
  /** Wallet that sends the claim. */
  readonly sender: Hex;
  readonly claim: Hex;
  readonly publicKey: Hex;
  readonly signature: Hex;
  readonly expect: 'valid' | ErrorCode;
  readonly contract: 'accepts' | ErrorCode;
}

function makeCase(
  name: string,
  expect: ClaimCase['expect'],
  claim: Uint8Array,
  given: Partial<ClaimCase> = {},
): ClaimCase {
  return {
    name,
    sender: OWNER,
    claim: toHex(claim),
    publicKey: toHex(KEY.publicKey),
    signature: toHex(KEY.sign(claim)),
    expect,
    contract: expect === 'valid' ? 'accepts' : expect,
    ...given,
  };
}

/** SPEC section 2; every claim is signed as it stands, unless its name says otherwise. */
export function makeClaims(): object {
  const whole = CLAIM.claimBytes;
  const spoilt = (patches: readonly Patch[]): Uint8Array => patched(whole, patches);
  const elsewhere = domainOf(CHAIN_ID + 1, REGISTRY);
  const signature = CLAIM.signature;
  const cases: readonly ClaimCase[] = [
    makeCase('a claim', 'valid', whole),
    makeCase(
      'registers at zero',
      'valid',
      encodeClaim({ ...CLAIM.claim, exportWh: 0n, importWh: 0n }),
    ),
    makeCase(
      'the largest numbers',
      'valid',
      spoilt([
        [AT.claimedAt, u64((1n << 40n) - 1n)],
        [AT.exportWh, u64((1n << 56n) - 1n)],
        [AT.importWh, u64((1n << 56n) - 1n)],
      ]),
    ),
    makeCase('a byte too few', 'CLAIM_INVALID', whole.slice(0, 111)),
    makeCase('a byte too many', 'CLAIM_INVALID', concatBytes([whole, new Uint8Array(1)])),
    makeCase('no bytes', 'CLAIM_INVALID', new Uint8Array(0)),
    makeCase('version 2', 'VERSION_UNKNOWN', spoilt([[3, Uint8Array.of(2)]])),
    makeCase('the magic of a window', 'VERSION_UNKNOWN', spoilt([[2, Uint8Array.of(0x57)]])),
    makeCase('time at the limit', 'VALUE_OUT_OF_RANGE', spoilt([[AT.claimedAt, u64(1n << 40n)]])),
    makeCase('export at the limit', 'VALUE_OUT_OF_RANGE', spoilt([[AT.exportWh, u64(1n << 56n)]])),
    makeCase('import at the limit', 'VALUE_OUT_OF_RANGE', spoilt([[AT.importWh, u64(1n << 56n)]])),
    makeCase(
      'signed for another chain',
      'DOMAIN_MISMATCH',
      encodeClaim({ ...CLAIM.claim, domain: elsewhere }),
    ),
    makeCase('sent by another wallet', 'NOT_DEVICE_OWNER', whole, { sender: REGISTRY }),
    makeCase('the key of another device', 'PUBLIC_KEY_MISMATCH', whole, {
      publicKey: toHex(OTHER_KEY.publicKey),
    }),
    makeCase('signed by another device', 'SIGNATURE_INVALID', whole, {
      signature: toHex(OTHER_KEY.sign(whole)),
    }),
    makeCase(
      'changed after it was signed',
      'SIGNATURE_INVALID',
      spoilt([[AT.exportWh, u64(999)]]),
      {
        signature: toHex(signature),
      },
    ),
    makeCase('a high s', 'SIGNATURE_HIGH_S', whole, { signature: toHex(withOtherS(signature)) }),
    makeCase('the claim of another device', 'PUBLIC_KEY_MISMATCH', claimOfThirdDevice()),
  ];
  return { ...describeFile('Claims, SPEC section 2.'), cases };
}

function claimOfThirdDevice(): Uint8Array {
  return encodeClaim({ ...CLAIM.claim, deviceId: createTestKey('device 3').deviceId });
}
