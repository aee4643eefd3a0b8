import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { TonneError, type Hex } from '@truetonne/protocol';

/** In the data folder; files of imports lie there as well. */
export const UPLOAD_FOLDER = 'uploads';

/** Where an upload's file and its report lie. */
export interface UploadFiles {
  readonly file: string;
  readonly report: string;
}

export function filesOf(dataFolder: string, id: string): UploadFiles {
  const folder = folderOf(dataFolder);
  return { file: join(folder, `${id}.csv`), report: join(folder, `${id}.report.csv`) };
}

/** A body that was written to a file. */
interface Received {
  /** SHA-256 of how it is to be read and of the file's bytes. */
  readonly digest: Hex;
  readonly size: number;
  /** Puts it where the upload with this id has it. */
  readonly keep: (id: string) => Promise<void>;
  readonly drop: () => Promise<void>;
}

/**
 * Writes a body to a file as it comes, so that memory does not grow with it.
 *
 * @throws TonneError BODY_TOO_LARGE, BODY_MALFORMED when the sender breaks off
 */
export async function receiveFile(
  dataFolder: string,
  incoming: IncomingMessage,
  options: string,
  maxBytes: number,
): Promise<Received> {
  const path = join(folderOf(dataFolder), `${randomUUID()}.part`);
  const hash = createHash('sha256').update(options).update('\n');
  let size = 0;
  const drop = (): Promise<void> => rm(path, { force: true });
  async function* watched(): AsyncGenerator<Buffer> {
    // The connection stays, so that the sender hears why.
    const chunks: AsyncIterable<Buffer> = incoming.iterator({ destroyOnReturn: false });
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      hash.update(chunk);
      yield chunk;
    }
  }
  try {
    if (Number(incoming.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
    await pipeline(watched, createWriteStream(path));
  } catch (error) {
    await drop();
    if (error instanceof TonneError) throw error;
    throw new TonneError('BODY_MALFORMED', {
      field: 'body',
      value: String(error),
      expected: 'a whole file',
    });
  }
  return {
    digest: `0x${hash.digest('hex')}`,
    size,
    keep: (id) => rename(path, filesOf(dataFolder, id).file),
    drop,
  };
}

function folderOf(dataFolder: string): string {
  const folder = join(dataFolder, UPLOAD_FOLDER);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function tooLarge(maxBytes: number): TonneError {
  return new TonneError('BODY_TOO_LARGE', { field: 'body', expected: `at most ${maxBytes} bytes` });
}
