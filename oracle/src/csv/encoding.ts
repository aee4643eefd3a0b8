import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { TonneError } from '@truetonne/protocol';

/** What a file of text is written in. Excel saves "CSV" as Windows-1252, and "CSV UTF-8" beside it. */
export const ENCODINGS = ['utf-8', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const BYTE_ORDER_MARK = Buffer.from('efbbbf', 'hex');

/**
 * Bytes that no text in Windows-1252 has: binary data bytes (WHATWG MIME Sniffing, section 3) and the
 * five to which the code page gives no letter.
 */
const NOT_TEXT: ReadonlySet<number> = new Set([
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 0x0b, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16],
  ...[0x17, 0x18, 0x19, 0x1a, 0x1c, 0x1d, 0x1e, 0x1f, 0x81, 0x8d, 0x8f, 0x90, 0x9d],
]);

/**
 * Reads a file through: only what is UTF-8 to its last byte is taken for it, so that no letter becomes
 * a replacement character.
 *
 * @throws TonneError FILE_MALFORMED with the byte that is of no text
 */
export async function findEncoding(path: string): Promise<Encoding> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let [isUtf8, isMarked, offset] = [true, false, 0];
  let foreign: { readonly byte: number; readonly at: number } | undefined;
  // Proof: a file that is read without an encoding gives bytes.
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (offset === 0) isMarked = chunk.subarray(0, 3).equals(BYTE_ORDER_MARK);
    const zero = chunk.indexOf(0);
    if (zero >= 0) throw noText(0, offset + zero);
    isUtf8 &&= takes(utf8, chunk);
    if (foreign === undefined) {
      const at = chunk.findIndex((byte) => NOT_TEXT.has(byte));
      if (at >= 0) foreign = { byte: chunk[at] ?? 0, at: offset + at };
    }
    offset += chunk.length;
  }
  if (isUtf8 && takes(utf8)) return 'utf-8';
  if (foreign !== undefined) throw noText(foreign.byte, foreign.at);
  if (!isMarked) return 'windows-1252';
  const [value, expected] = ['a byte order mark of UTF-8', 'UTF-8 to the end of the file'];
  throw new TonneError('FILE_MALFORMED', { field: 'file', value, expected });
}

/** Whether the bytes go on as UTF-8; without bytes, whether it may end here. */
function takes(utf8: TextDecoder, chunk?: Buffer): boolean {
  try {
    utf8.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}

function noText(byte: number, at: number): TonneError {
  const value = `byte 0x${byte.toString(16).padStart(2, '0')} at ${at}`;
  const expected = 'text in UTF-8 or Windows-1252';
  return new TonneError('FILE_MALFORMED', { field: 'file', value, expected });
}

/** The text of a file as a stream, in UTF-8 whatever it was written in. */
export function readText(path: string, encoding: Encoding): Readable {
  const source = createReadStream(path);
  return encoding === 'utf-8' ? source : Readable.from(decode(source, encoding));
}

async function* decode(source: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of source) yield decoder.decode(chunk, { stream: true });
}
