import { TonneError } from '@truetonne/protocol';

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: ReadableWritablePair<Uint8Array<ArrayBuffer>, BufferSource>,
): Promise<Uint8Array<ArrayBuffer>> {
  const unpacked = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

/** Unpacks gzip. Throws FILE_MALFORMED when the bytes are not whole gzip. */
export async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await through(bytes, new DecompressionStream('gzip'));
  } catch {
    const value = `${bytes.length} bytes that do not unpack`;
    throw new TonneError('FILE_MALFORMED', { field: 'gzip', value });
  }
}

export function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return through(bytes, new CompressionStream('gzip'));
}
