import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { cidOf, encodeBatch, type BatchContent, type Hex } from '@truetonne/protocol';

const compress = promisify(gzip);

/** Byte of the gzip header that names the system it was made on; 255 is "unknown" (RFC 1952). */
const OS_BYTE = 9;
const OS_UNKNOWN = 0xff;

/** A batch file and the digest and CID that name it. */
export interface PackedBatch {
  readonly bytes: Uint8Array;
  readonly fileDigest: Hex;
  readonly cid: string;
}

/** Packs a batch: gzip with an empty header (FLG and time 0), so that any system makes the same bytes. */
export async function packBatch(content: BatchContent): Promise<PackedBatch> {
  const bytes = await compress(encodeBatch(content), { level: 6 });
  bytes[OS_BYTE] = OS_UNKNOWN;
  const fileDigest: Hex = `0x${createHash('sha256').update(bytes).digest('hex')}`;
  return { bytes, fileDigest, cid: cidOf(fileDigest) };
}

/** Batch files in a folder, each under its CID. */
export interface BatchFiles {
  /** Stores a file. When it returns, the file survives a power cut. */
  readonly save: (file: PackedBatch) => Promise<void>;
  readonly find: (cid: string) => Promise<Uint8Array | undefined>;
}

export function createBatchFiles(dataFolder: string): BatchFiles {
  const folder = join(dataFolder, 'batches');
  return {
    async save({ bytes, cid }) {
      await mkdir(folder, { recursive: true });
      const path = join(folder, cid);
      const partial = `${path}.part`;
      await writeFlushed(partial, bytes);
      await rename(partial, path);
      await flush(folder);
    },
    async find(cid) {
      if (!/^b[a-z2-7]{1,100}$/.test(cid)) return undefined;
      try {
        return await readFile(join(folder, cid));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}

async function writeFlushed(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A renamed file is durable once its folder is. */
async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
