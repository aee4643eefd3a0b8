import {
  createWebCryptoVerifier,
  deviceIdOf,
  parseWindow,
  rootOfProof,
  toHex,
  type SealedWindow,
} from '@truetonne/protocol';
import type { Hex } from 'viem';

/** A window as the oracle hands it out; nothing of it is believed before it was checked. */
export interface WindowBytes {
  readonly bytes: Uint8Array;
  readonly domain: Hex;
  readonly publicKey: Uint8Array;
  /** Partners on the way to the root; `undefined` while no batch holds the window. */
  readonly proof: readonly Hex[] | undefined;
}

export interface WindowCheck {
  readonly window: SealedWindow;
  readonly keyIsDevices: boolean;
  readonly signatureValid: boolean;
  /** Where the proof leads; `undefined` while no batch holds the window. */
  readonly root: Hex | undefined;
}

/**
 * Checks a window in the browser: its form, that the readings are those that the header commits to,
 * that the key is the device's and that the signature is the key's; and follows the proof upwards.
 *
 * @throws TonneError when the bytes are not a valid window
 */
export async function checkWindow(input: WindowBytes): Promise<WindowCheck> {
  const { bytes, domain, publicKey, proof } = input;
  const window = parseWindow(bytes, domain);
  const verify = createWebCryptoVerifier();
  return {
    window,
    keyIsDevices: deviceIdOf(publicKey) === window.header.deviceId,
    signatureValid: await verify(publicKey, window.headerBytes, window.signature),
    root: proof && (await rootOfProof(window.headerHash, proof)),
  };
}

/** The 88 bytes of one reading as hex. */
export function readingHex({ readingsBytes, readings }: SealedWindow, index: number): Hex {
  const size = readingsBytes.length / readings.length;
  return toHex(readingsBytes.subarray(index * size, (index + 1) * size));
}
