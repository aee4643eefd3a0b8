/** What a peer sent that is no MQTT, or more than it may send. */
export class FrameError extends Error {}

/** Bytes of a remaining length: MQTT 3.1.1, section 2.2.3. */
const MAX_LENGTH_BYTES = 4;

/** Most bytes of a packet's body: of the first one, which nobody vouches for yet, and of all others. */
export interface FrameLimits {
  readonly first: number;
  readonly others: number;
}

/**
 * Follows the packets in a stream of bytes without keeping them, and throws as soon as one states more
 * than its limit: a parser would wait for its bytes and fill the memory.
 */
export function createFrameGuard({ first, others }: FrameLimits): (chunk: Uint8Array) => void {
  let limit = first;
  /** Bytes of the packet's body that are still to come; `undefined` while its length is being read. */
  let left: number | undefined;
  let lengthBytes = -1;
  let length = 0;

  function readHead(byte: number): void {
    // The first byte is the type of the packet.
    if (lengthBytes < 0) {
      [lengthBytes, length] = [0, 0];
      return;
    }
    length += (byte & 127) * 128 ** lengthBytes;
    lengthBytes++;
    if (length > limit) throw new FrameError(`a packet of ${length} bytes`);
    if (byte >= 128) {
      if (lengthBytes === MAX_LENGTH_BYTES) throw new FrameError('a length of five bytes');
      return;
    }
    limit = others;
    left = length === 0 ? undefined : length;
    lengthBytes = -1;
  }

  return (chunk) => {
    let offset = 0;
    while (offset < chunk.length) {
      if (left === undefined) {
        readHead(chunk[offset] ?? 0);
        offset++;
      } else {
        const step = Math.min(left, chunk.length - offset);
        offset += step;
        left = step === left ? undefined : left - step;
      }
    }
  };
}

/** The protocol level that a CONNECT states, or `undefined` while more bytes are needed. */
export function findLevel(start: Uint8Array): number | undefined {
  if (start.length > 0 && (start[0] ?? 0) >> 4 !== 1) throw new FrameError('no CONNECT');
  let offset = 1;
  while ((start[offset] ?? 0) >= 128) offset++;
  offset++;
  const [high, low] = [start[offset], start[offset + 1]];
  if (high === undefined || low === undefined) return undefined;
  const name = high * 256 + low;
  if (name > 6 || offset > 5) throw new FrameError('no CONNECT');
  return start[offset + 2 + name];
}
