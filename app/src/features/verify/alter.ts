import { decodeBatch, READING_SIZE, WINDOW_PREFIX_SIZE, HEADER_SIZE } from '@truetonne/protocol';
import { gunzip, gzip } from '../../batchFile/index.ts';

/** What a person may change, to see that the verifier finds it. */
export const ALTERATIONS = {
  reading: 'a reading: one watt-hour in its export register',
  header: 'a window’s header: one watt-hour in its closing register',
  signature: 'a signature: one bit',
  deduction: 'the deduction of the whole batch: one watt-hour',
  packing: 'the packed file: a byte that changes no reading',
} as const;

export type Alteration = keyof typeof ALTERATIONS;

export function isAlteration(text: string): text is Alteration {
  return Object.hasOwn(ALTERATIONS, text);
}

export interface AlteredFile {
  readonly file: Uint8Array<ArrayBuffer>;
  /** Which byte was changed, and from what to what. */
  readonly description: string;
}

/** Offsets within the content of a batch file (SPEC section 6). */
const LAST_BYTE_OF_DEDUCTION = 75;
/** Offset within a header of the last byte of exportWh (SPEC section 4). */
const LAST_BYTE_OF_EXPORT = 99;
/** Offset within a reading of the last byte of exportWh (SPEC section 3). */
const LAST_BYTE_OF_READING_EXPORT = 15;
/** Last byte of r: s is left alone, so that the answer is about the signature itself. */
const LAST_BYTE_OF_R = 31;
/** First byte of gzip's modification time (RFC 1952), which no reader of the content sees. */
const GZIP_TIME = 4;

/** Offset in the content of the byte to change; in the window in the middle of the file. */
function offsetIn(content: Uint8Array, what: Exclude<Alteration, 'packing'>): number {
  if (what === 'deduction') return LAST_BYTE_OF_DEDUCTION;
  const { windows } = decodeBatch(content);
  const window = windows[Math.floor(windows.length / 2)];
  if (window === undefined) return LAST_BYTE_OF_DEDUCTION;
  const start = window.byteOffset - content.byteOffset;
  if (what === 'header') return start + LAST_BYTE_OF_EXPORT;
  if (what === 'signature') return start + HEADER_SIZE + LAST_BYTE_OF_R;
  const readings = (window.length - WINDOW_PREFIX_SIZE) / READING_SIZE;
  const middle = Math.floor(readings / 2);
  return start + WINDOW_PREFIX_SIZE + middle * READING_SIZE + LAST_BYTE_OF_READING_EXPORT;
}

function flip(bytes: Uint8Array<ArrayBuffer>, offset: number, where: string): AlteredFile {
  const file = bytes.slice();
  const before = file[offset] ?? 0;
  file[offset] = before ^ 1;
  const [from, to] = [before, before ^ 1].map((byte) => byte.toString(16).padStart(2, '0'));
  return { file, description: `Byte ${offset} of ${where}: ${from} became ${to}` };
}

/** A copy of a batch file in which one bit differs; the copy is packed again like the original. */
export async function alterOneByte(
  file: Uint8Array<ArrayBuffer>,
  what: Alteration,
): Promise<AlteredFile> {
  if (what === 'packing') return flip(file, GZIP_TIME, 'the packed file');
  const content = await gunzip(file);
  const altered = flip(content, offsetIn(content, what), 'the content');
  return { ...altered, file: await gzip(altered.file) };
}
