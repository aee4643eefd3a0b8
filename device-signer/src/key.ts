import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import { join } from 'node:path';
import { concatBytes, deviceIdOf, TonneError, toLowS, type Hex } from '@truetonne/protocol';
import { findFile, makeFolder, writeDurably } from './durable.ts';

/** What the rest of the device sees of its key: it signs, and it never hands the private part out. */
export interface DeviceKey {
  /** x ‖ y, 64 bytes (SPEC section 1). */
  readonly publicKey: Uint8Array;
  readonly deviceId: Hex;
  /** r ‖ s with low s, 64 bytes, over the SHA-256 of the message. */
  readonly sign: (message: Uint8Array) => Uint8Array;
}

const KEY_FILE = 'key.pem';

/** A P-256 key that lives in memory only. */
export function createKey(): DeviceKey {
  return toDeviceKey(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey);
}

/**
 * Makes a P-256 key in a folder, readable by this account only (0600).
 *
 * @throws TonneError DATA_IN_USE when the folder has a key: it is never replaced
 */
export function createKeyIn(folder: string): DeviceKey {
  const path = join(folder, KEY_FILE);
  if (findFile(path) !== undefined) {
    throw new TonneError('DATA_IN_USE', { field: 'folder', value: folder, expected: 'no key yet' });
  }
  makeFolder(folder);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  writeDurably(path, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
  return toDeviceKey(privateKey);
}

/** The key of a folder, or `undefined` when it has none. Throws CONFIGURATION_INVALID on a spoilt file. */
export function findKey(folder: string): DeviceKey | undefined {
  const path = join(folder, KEY_FILE);
  const pem = findFile(path);
  if (pem === undefined) return undefined;
  try {
    const privateKey = createPrivateKey(Buffer.from(pem));
    if (privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('not P-256');
    return toDeviceKey(privateKey);
  } catch (error) {
    const value = error instanceof Error ? error.message : String(error);
    throw new TonneError('CONFIGURATION_INVALID', {
      field: path,
      value,
      expected: 'a P-256 key, PKCS#8 in PEM',
    });
  }
}

function toDeviceKey(privateKey: KeyObject): DeviceKey {
  const publicKey = publicKeyOf(privateKey);
  return {
    publicKey,
    deviceId: deviceIdOf(publicKey),
    sign: (message) =>
      toLowS(
        new Uint8Array(sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' })),
      ),
  };
}

function publicKeyOf(privateKey: KeyObject): Uint8Array {
  const { x, y } = createPublicKey(privateKey).export({ format: 'jwk' });
  return concatBytes([x, y].map((part) => new Uint8Array(Buffer.from(part ?? '', 'base64url'))));
}
