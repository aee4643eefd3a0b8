import { TonneError } from '@truetonne/protocol';
import { openPromise, type Entry, type ZipFile } from 'yauzl';

/** A part that inflates to more, or to more times its size, is no workbook. */
const MAX_PART = 1_073_741_824;
const MAX_RATIO = 500;
/** Below this no ratio hurts. */
const SMALL_PART = 10_000_000;
const MAX_ENTRIES = 5_000;

/** Parts of a workbook by name, each read as it inflates. */
export interface Parts {
  readonly has: (name: string) => boolean;
  readonly read: (name: string) => AsyncGenerator<Uint8Array>;
  readonly close: () => void;
}

/**
 * Opens a ZIP file of parts. What it inflates to is counted as it comes, whatever its head says.
 *
 * @throws TonneError FILE_MALFORMED when it is none, FILE_INFLATES when it would fill the memory or the disk
 */
export async function openParts(path: string): Promise<Parts> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(refuse);
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of entriesOf(zip)) {
      entries.set(entry.fileName, entry);
      if (entries.size > MAX_ENTRIES) throw tooLarge(`${entries.size} parts`);
    }
  } catch (error) {
    zip.close();
    if (error instanceof TonneError) throw error;
    refuse(error);
  }
  return {
    has: (name) => entries.has(name),
    read: (name) => inflate(zip, entries.get(name)),
    close: () => {
      zip.close();
    },
  };
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  yield* zip.eachEntry();
}

async function* inflate(zip: ZipFile, entry: Entry | undefined): AsyncGenerator<Uint8Array> {
  if (entry === undefined) refuse(new Error('a part is missing'));
  assertSize(entry, entry.uncompressedSize);
  const stream = await zip.openReadStreamPromise(entry).catch(refuse);
  let size = 0;
  try {
    // Proof: a stream of a ZIP file gives bytes.
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      assertSize(entry, size);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof TonneError) throw error;
    refuse(error);
  } finally {
    stream.destroy();
  }
}

function assertSize({ fileName, compressedSize }: Entry, size: number): void {
  const bomb = size > SMALL_PART && size > compressedSize * MAX_RATIO;
  if (size > MAX_PART || bomb) throw tooLarge(`${fileName}: ${compressedSize} to ${size} bytes`);
}

function tooLarge(value: string): TonneError {
  return new TonneError('FILE_INFLATES', { field: 'file', value });
}

function refuse(error: unknown): never {
  const value = error instanceof Error ? error.message : String(error);
  throw new TonneError('FILE_MALFORMED', { field: 'file', value, expected: 'an XLSX workbook' });
}
