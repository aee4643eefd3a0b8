import { toHex, viewOf } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';
import { PUBLIC_KEY_SIZE } from '../identity/signature.ts';
import { decodeHeader } from '../window/header.ts';
import { readRegister, readTime } from '../window/reading.ts';
import { WINDOW_PREFIX_SIZE, windowSize } from '../window/window.ts';
import {
  BATCH_MAGIC,
  BATCH_PREFIX_SIZE,
  DEVICE_ENTRY_SIZE,
  FINDING_SIZE,
  type BatchDevice,
  type BatchHead,
} from './file.ts';
import { findReasonCode, type Finding } from './findings.ts';

/** A batch file taken apart; the windows are still bytes, so that each can be judged on its own. */
export interface RawBatch extends BatchHead {
  readonly devices: readonly BatchDevice[];
  readonly windows: readonly Uint8Array[];
  readonly findings: readonly Finding[];
}

/** Takes the content of a batch file apart (SPEC section 6). Throws FILE_MALFORMED with the place. */
export function decodeBatch(content: Uint8Array): RawBatch {
  const cursor = createCursor(content);
  const head = viewOf(cursor.take(BATCH_PREFIX_SIZE, 'head'));
  if (head.getUint32(0) !== BATCH_MAGIC) malformed('magic', toHex(content.subarray(0, 4)));
  const deviceCount = head.getUint32(76);
  const windowCount = head.getUint32(80);
  const findingCount = head.getUint32(84);
  const devices = repeat(deviceCount, (index) =>
    decodeDevice(cursor.take(DEVICE_ENTRY_SIZE, `devices[${String(index)}]`)),
  );
  const windows = repeat(windowCount, (index) => takeWindow(cursor, index));
  const findings = repeat(findingCount, (index) =>
    decodeFinding(cursor.take(FINDING_SIZE, `findings[${String(index)}]`), index),
  );
  if (cursor.left() !== 0) malformed('length', `${String(cursor.left())} bytes too many`);
  return {
    domain: toHex(content.subarray(4, 36)),
    projectId: Number(head.getBigUint64(36)),
    number: Number(head.getBigUint64(44)),
    periodStart: readTime(head, 52, 'periodStart'),
    periodEnd: readTime(head, 60, 'periodEnd'),
    deductedWh: head.getBigUint64(68),
    devices,
    windows,
    findings,
  };
}

interface Cursor {
  /** The next bytes without moving on, as many as there are. */
  readonly peek: (size: number) => Uint8Array;
  readonly take: (size: number, field: string) => Uint8Array;
  readonly left: () => number;
}

function createCursor(content: Uint8Array): Cursor {
  let offset = 0;
  return {
    peek: (size) => content.subarray(offset, offset + size),
    take(size, field) {
      const bytes = content.subarray(offset, offset + size);
      if (bytes.length < size)
        malformed(field, `ends after ${String(bytes.length)} of ${String(size)} bytes`);
      offset += size;
      return bytes;
    },
    left: () => content.length - offset,
  };
}

/** Counts in the head are hostile until the bytes are there, so nothing is allocated for them ahead. */
function repeat<T>(count: number, make: (index: number) => T): readonly T[] {
  const items: T[] = [];
  for (let index = 0; index < count; index++) items.push(make(index));
  return items;
}

function takeWindow(cursor: Cursor, index: number): Uint8Array {
  const field = `windows[${String(index)}]`;
  const prefix = cursor.peek(WINDOW_PREFIX_SIZE);
  if (prefix.length < WINDOW_PREFIX_SIZE)
    malformed(field, `ends after ${String(prefix.length)} bytes`);
  try {
    return cursor.take(windowSize(decodeHeader(prefix)), field);
  } catch (error) {
    if (error instanceof TonneError && error.code !== 'FILE_MALFORMED') {
      malformed(field, error.message);
    }
    throw error;
  }
}

function decodeDevice(bytes: Uint8Array): BatchDevice {
  const view = viewOf(bytes);
  return {
    publicKey: bytes.slice(0, PUBLIC_KEY_SIZE),
    opening: {
      sequence: readTime(view, 64, 'opening.sequence'),
      closedAt: readTime(view, 72, 'opening.closedAt'),
      exportWh: readRegister(view, 80, 'opening.exportWh'),
      importWh: readRegister(view, 88, 'opening.importWh'),
    },
    closingIndex: view.getUint32(96),
  };
}

function decodeFinding(bytes: Uint8Array, index: number): Finding {
  const view = viewOf(bytes);
  const reason = findReasonCode(view.getUint16(6));
  if (reason === undefined)
    malformed(`findings[${String(index)}].reason`, String(view.getUint16(6)));
  return {
    windowIndex: view.getUint32(0),
    readingIndex: view.getUint16(4),
    reason,
    deductedWh: view.getBigUint64(8),
  };
}

function malformed(field: string, value: string): never {
  throw new TonneError('FILE_MALFORMED', { field, value });
}
