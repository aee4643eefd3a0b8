import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

import { concat, numberToHex, size, slice, type Hex } from 'viem';

import {
  deviceIdOf,
  encodeClaim,
  encodeHeader,
  fromHex,
  toHex,
  toLowS,
  type Claim,
  type WindowHeader,
} from '../../../protocol/src/index.ts';

const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** A meter with a real P-256 key. */
export interface TestDevice {
  readonly id: Hex;
  /** x ‖ y */
  readonly publicKey: Hex;
  /** r ‖ s with low s, over the SHA-256 of the message. */
  sign(message: Hex): Hex;
}

export function createDevice(): TestDevice {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const point = toHex(publicKey.export({ format: 'der', type: 'spki' }).subarray(-64));
  return {
    id: deviceIdOf(fromHex(point)),
    publicKey: point,
    sign: (message) => signLowS(privateKey, message),
  };
}

function signLowS(key: KeyObject, message: Hex): Hex {
  const bytes = sign('sha256', fromHex(message), { key, dsaEncoding: 'ieee-p1363' });
  return toHex(toLowS(new Uint8Array(bytes)));
}

/** The other, forbidden form of a signature: s becomes n - s. */
export function toHighS(signature: Hex): Hex {
  const s = BigInt(slice(signature, 32));
  return concat([slice(signature, 0, 32), numberToHex(P256_ORDER - s, { size: 32 })]);
}

export function sha256Of(bytes: Hex): Hex {
  return toHex(createHash('sha256').update(fromHex(bytes)).digest());
}

/** A header whose every field is valid; the arguments are what the test is about. */
export function headerOf(
  fields: Pick<WindowHeader, 'domain' | 'deviceId'> & Partial<WindowHeader>,
): Hex {
  return toHex(
    encodeHeader({
      sequence: 1,
      openedAt: 0,
      closedAt: 1,
      exportWh: 0n,
      importWh: 0n,
      count: 1,
      flags: 0,
      readingsHash: sha256Of('0x'),
      previousHash: sha256Of('0x00'),
      ...fields,
    }),
  );
}

/** One closing record of `submit`: public key 64, signature 64, header 176. */
export function closingOf(device: TestDevice, header: Hex, signature?: Hex): Hex {
  return concat([device.publicKey, signature ?? device.sign(header), header]);
}

export function claimOf(
  fields: Pick<Claim, 'domain' | 'deviceId' | 'owner'> & Partial<Claim>,
): Hex {
  return toHex(encodeClaim({ claimedAt: 1, exportWh: 0n, importWh: 0n, ...fields }));
}

/** `bytes` with the bytes at `offset` replaced. */
export function patched(bytes: Hex, offset: number, replacement: Hex): Hex {
  const end = offset + size(replacement);
  const head = offset === 0 ? '0x' : slice(bytes, 0, offset);
  const tail = end === size(bytes) ? '0x' : slice(bytes, end);
  return concat([head, replacement, tail]);
}
