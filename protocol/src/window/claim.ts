import { fromHex, toHex, viewOf, type Hex } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';
import { readRegister, readTime, setUnsigned } from './reading.ts';
import { sha256 } from '../sha256.ts';

export const CLAIM_SIZE = 112;

/** "TTC", version 1. */
const MAGIC = 0x54544301;

/** A device's word that `owner` may register it, and its registers (Wh) at that time (SPEC section 2). */
export interface Claim {
  readonly domain: Hex;
  readonly deviceId: Hex;
  readonly owner: Hex;
  readonly claimedAt: number;
  readonly exportWh: bigint;
  readonly importWh: bigint;
}

/** Packs a claim into its 112 bytes. Throws VALUE_OUT_OF_RANGE with the field. */
export function encodeClaim(claim: Claim): Uint8Array {
  const bytes = new Uint8Array(CLAIM_SIZE);
  const view = viewOf(bytes);
  view.setUint32(0, MAGIC);
  bytes.set(fromHex(claim.domain), 4);
  bytes.set(fromHex(claim.deviceId), 36);
  bytes.set(fromHex(claim.owner), 68);
  setUnsigned(view, 88, BigInt(claim.claimedAt), 'claimedAt', 40);
  setUnsigned(view, 96, claim.exportWh, 'exportWh', 56);
  setUnsigned(view, 104, claim.importWh, 'importWh', 56);
  return bytes;
}

/** Unpacks a claim. Throws CLAIM_INVALID, VERSION_UNKNOWN or VALUE_OUT_OF_RANGE. */
export function decodeClaim(bytes: Uint8Array): Claim {
  if (bytes.length !== CLAIM_SIZE) {
    const expected = `${String(CLAIM_SIZE)} bytes`;
    throw new TonneError('CLAIM_INVALID', {
      field: 'claim',
      value: String(bytes.length),
      expected,
    });
  }
  const view = viewOf(bytes);
  const magic = view.getUint32(0);
  if (magic !== MAGIC) {
    const expected = MAGIC.toString(16);
    throw new TonneError('VERSION_UNKNOWN', {
      field: 'magic',
      value: magic.toString(16),
      expected,
    });
  }
  return {
    domain: toHex(bytes.subarray(4, 36)),
    deviceId: toHex(bytes.subarray(36, 68)),
    owner: toHex(bytes.subarray(68, 88)),
    claimedAt: readTime(view, 88, 'claimedAt'),
    exportWh: readRegister(view, 96, 'exportWh'),
    importWh: readRegister(view, 104, 'importWh'),
  };
}

/** `previousHash` of a device's first window. */
export function claimHashOf(claimBytes: Uint8Array): Hex {
  return sha256(claimBytes);
}
