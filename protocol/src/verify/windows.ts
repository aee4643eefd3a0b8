import { compareBytes, fromHex, toHex, type Hex } from '../bytes.ts';
import { deviceIdOf } from '../identity/identity.ts';
import type { SignatureVerifier } from '../identity/signature.ts';
import { decodeHeader } from '../window/header.ts';
import { parseWindow, type SealedWindow } from '../window/window.ts';
import type { RawBatch } from '../batch/decode.ts';
import { TonneError } from '../errors/tonneError.ts';
import { at, VerificationError, type Place } from './failure.ts';

/** Signatures in flight at once: enough to keep WebCrypto's threads busy, few enough to report progress. */
const CHUNK = 256;

export type Progress = (done: number, total: number) => void;

export function placeOf(window: SealedWindow, windowIndex: number): Place {
  return { windowIndex, deviceId: window.header.deviceId, sequence: window.header.sequence };
}

/**
 * Parses every window, checks every signature, then the canonical order: an altered device id or sequence
 * is so named by its own window and not by a neighbour.
 */
export async function verifyWindows(
  raw: RawBatch,
  verifySignature: SignatureVerifier,
  onProgress: Progress,
): Promise<readonly SealedWindow[]> {
  const keys = new Map(raw.devices.map(({ publicKey }) => [deviceIdOf(publicKey), publicKey]));
  const windows = raw.windows.map((bytes, index) =>
    at('sameBytes', roughPlace(bytes, index), () => parseWindow(bytes, raw.domain)),
  );
  for (let start = 0; start < windows.length; start += CHUNK) {
    const chunk = windows.slice(start, start + CHUNK);
    await verifyChunk(chunk, start, keys, verifySignature);
    onProgress(start + chunk.length, windows.length);
  }
  windows.forEach((window, index) => {
    assertOrder(windows[index - 1], window, index);
  });
  return windows;
}

async function verifyChunk(
  chunk: readonly SealedWindow[],
  start: number,
  keys: ReadonlyMap<Hex, Uint8Array>,
  verifySignature: SignatureVerifier,
): Promise<void> {
  const valid = await Promise.all(
    chunk.map((window, index) => {
      const place = placeOf(window, start + index);
      const key = keys.get(window.header.deviceId);
      if (key === undefined) {
        const details = { field: 'deviceId', value: window.header.deviceId };
        throw new VerificationError('sameBytes', 'DEVICE_UNKNOWN', details, place);
      }
      return verifySignature(key, window.headerBytes, window.signature);
    }),
  );
  const wrong = valid.indexOf(false);
  const window = chunk[wrong];
  if (window === undefined) return;
  const details = { field: 'signature', value: toHex(window.signature) };
  throw new VerificationError(
    'sameBytes',
    'SIGNATURE_INVALID',
    details,
    placeOf(window, start + wrong),
  );
}

/** Device and sequence as the bytes state them, for a window that may not parse. */
function roughPlace(bytes: Uint8Array, windowIndex: number): Place {
  try {
    const { deviceId, sequence } = decodeHeader(bytes);
    return { windowIndex, deviceId, sequence };
  } catch (error) {
    if (error instanceof TonneError) return { windowIndex };
    throw error;
  }
}

function assertOrder(before: SealedWindow | undefined, window: SealedWindow, index: number): void {
  if (before === undefined) return;
  const byDevice = compareBytes(fromHex(before.header.deviceId), fromHex(window.header.deviceId));
  if (byDevice < 0) return;
  if (byDevice === 0 && before.header.sequence < window.header.sequence) return;
  const details = { field: 'sequence', value: String(window.header.sequence) };
  throw new VerificationError('once', 'WINDOW_ORDER', details, placeOf(window, index));
}
