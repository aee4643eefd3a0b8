import { concatBytes, type Hex } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';
import { assertLowS, SIGNATURE_SIZE } from '../identity/signature.ts';
import { countOf, decodeHeader, encodeHeader, HEADER_SIZE, type WindowHeader } from './header.ts';
import { decodeReading, encodeReading, READING_SIZE, type Reading } from './reading.ts';
import { sha256 } from '../sha256.ts';

/** Bytes before the readings: header and signature. */
export const WINDOW_PREFIX_SIZE = HEADER_SIZE + SIGNATURE_SIZE;

/** A sealed window whose form was checked; its signature was not. */
export interface SealedWindow {
  readonly header: WindowHeader;
  readonly headerBytes: Uint8Array;
  /** SHA-256 of the header: leaf of the batch tree, and `previousHash` of the next window. */
  readonly headerHash: Hex;
  readonly signature: Uint8Array;
  readonly readings: readonly Reading[];
  readonly readingsBytes: Uint8Array;
}

/** Length in bytes of the window that begins with this header. Throws as `decodeHeader`. */
export function windowSize(header: Pick<WindowHeader, 'count'>): number {
  return WINDOW_PREFIX_SIZE + READING_SIZE * header.count;
}

/**
 * Parses `header ‖ signature ‖ readings` and checks everything that SPEC section 4 asks of a window
 * alone, but for the device's registration and the signature itself.
 *
 * @throws TonneError with the first code that applies, in the order of the specification.
 */
export function parseWindow(bytes: Uint8Array, domain: Hex): SealedWindow {
  if (bytes.length < WINDOW_PREFIX_SIZE) {
    const expected = `at least ${String(WINDOW_PREFIX_SIZE)} bytes`;
    throw new TonneError('WINDOW_TRUNCATED', {
      field: 'window',
      value: String(bytes.length),
      expected,
    });
  }
  assertCountFits(bytes);
  const header = decodeHeader(bytes);
  if (header.domain !== domain) {
    throw new TonneError('DOMAIN_MISMATCH', {
      field: 'domain',
      value: header.domain,
      expected: domain,
    });
  }
  const headerBytes = bytes.slice(0, HEADER_SIZE);
  const signature = bytes.slice(HEADER_SIZE, WINDOW_PREFIX_SIZE);
  const readingsBytes = bytes.slice(WINDOW_PREFIX_SIZE);
  const readings = parseReadings(header, readingsBytes);
  assertLowS(signature);
  const headerHash = sha256(headerBytes);
  return { header, headerBytes, headerHash, signature, readings, readingsBytes };
}

/** The length comes before all else: bytes that are missing make any other answer a guess. */
function assertCountFits(bytes: Uint8Array): void {
  const count = countOf(bytes);
  const size = windowSize({ count });
  if (bytes.length === size) return;
  throw new TonneError('COUNT_MISMATCH', {
    field: 'readings',
    value: String(bytes.length),
    expected: `${String(size)} bytes for count ${String(count)}`,
  });
}

/** The bytes of a window on the wire and in a batch file. */
export function encodeWindow(window: SealedWindow): Uint8Array {
  return concatBytes([window.headerBytes, window.signature, window.readingsBytes]);
}

function parseReadings(header: WindowHeader, readingsBytes: Uint8Array): readonly Reading[] {
  if (header.openedAt >= header.closedAt) {
    const expected = `later than openedAt ${String(header.openedAt)}`;
    throw new TonneError('TIME_ORDER', {
      field: 'closedAt',
      value: String(header.closedAt),
      expected,
    });
  }
  const readings: Reading[] = [];
  for (let offset = 0; offset < readingsBytes.length; offset += READING_SIZE) {
    readings.push(decodeReading(readingsBytes.subarray(offset, offset + READING_SIZE)));
  }
  assertReadingsFit(header, readings);
  const readingsHash = sha256(readingsBytes);
  if (readingsHash !== header.readingsHash) {
    const field = 'readingsHash';
    throw new TonneError('READINGS_HASH_MISMATCH', {
      field,
      value: header.readingsHash,
      expected: readingsHash,
    });
  }
  return readings;
}

function assertReadingsFit(header: WindowHeader, readings: readonly Reading[]): void {
  let before = { at: header.openedAt, exportWh: 0n, importWh: 0n };
  readings.forEach((reading, index) => {
    if (reading.at <= before.at) {
      throwAt(
        'READING_TIME_ORDER',
        `readings[${String(index)}].at`,
        reading.at,
        `> ${String(before.at)}`,
      );
    }
    if (reading.exportWh < before.exportWh || reading.importWh < before.importWh) {
      throwAt('READING_REGISTER_ORDER', `readings[${String(index)}].exportWh`, reading.exportWh);
    }
    before = reading;
  });
  if (before.at !== header.closedAt) {
    throwAt('READING_TIME_ORDER', 'closedAt', header.closedAt, String(before.at));
  }
  if (before.exportWh !== header.exportWh) {
    throwAt('READING_REGISTER_ORDER', 'exportWh', header.exportWh, String(before.exportWh));
  }
  if (before.importWh !== header.importWh) {
    throwAt('READING_REGISTER_ORDER', 'importWh', header.importWh, String(before.importWh));
  }
}

function throwAt(
  code: 'READING_TIME_ORDER' | 'READING_REGISTER_ORDER',
  field: string,
  value: number | bigint,
  expected?: string,
): never {
  const details = { field, value: String(value) };
  throw new TonneError(code, expected === undefined ? details : { ...details, expected });
}

/** What a device seals: the header fields that do not follow from the readings. */
export interface WindowDraft {
  readonly domain: Hex;
  readonly deviceId: Hex;
  readonly sequence: number;
  readonly openedAt: number;
  readonly flags: number;
  readonly previousHash: Hex;
  readonly readings: readonly Reading[];
}

/** Header and readings bytes of a window that is ready to be signed. */
export function draftWindow(draft: WindowDraft): {
  readonly headerBytes: Uint8Array;
  readonly readingsBytes: Uint8Array;
} {
  const { readings, ...rest } = draft;
  const last = readings.at(-1);
  if (last === undefined)
    throw new TonneError('COUNT_OUT_OF_RANGE', { field: 'count', value: '0' });
  const readingsBytes = concatBytes(readings.map(encodeReading));
  const headerBytes = encodeHeader({
    ...rest,
    closedAt: last.at,
    exportWh: last.exportWh,
    importWh: last.importWh,
    count: readings.length,
    readingsHash: sha256(readingsBytes),
  });
  return { headerBytes, readingsBytes };
}
