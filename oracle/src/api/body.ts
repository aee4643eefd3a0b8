import type { IncomingMessage } from 'node:http';
import { TonneError } from '@truetonne/protocol';

/** Largest body of a request, bytes. */
export const MAX_BODY = 10_000_000;

/**
 * Reads a body into memory. One that says or turns out to be too large is not read to its end.
 *
 * @throws TonneError BODY_TOO_LARGE, BODY_MALFORMED when the sender breaks off
 */
export async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  assertSize(Number(incoming.headers['content-length'] ?? 0));
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const finish = (error: TonneError | undefined): void => {
      incoming.off('data', take).off('end', end).off('error', broken).off('close', broken);
      if (error === undefined) resolve(Buffer.concat(chunks));
      else reject(error);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > MAX_BODY) {
        incoming.pause();
        finish(tooLarge(size));
      }
    };
    const end = (): void => finish(undefined);
    const broken = (): void =>
      finish(new TonneError('BODY_MALFORMED', { field: 'body', expected: 'a whole body' }));
    incoming.on('data', take).on('end', end).on('error', broken).on('close', broken);
  });
}

/**
 * Reads a body of text.
 *
 * @throws TonneError BODY_TOO_LARGE, BODY_MALFORMED when it is not UTF-8
 */
export async function readText(incoming: IncomingMessage): Promise<string> {
  const bytes = await readBody(incoming);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new TonneError('BODY_MALFORMED', { field: 'body', expected: 'UTF-8' });
  }
}

/** True when a request states a body that would be refused. */
export function isTooLarge(incoming: IncomingMessage): boolean {
  return Number(incoming.headers['content-length'] ?? 0) > MAX_BODY;
}

function assertSize(size: number): void {
  if (size > MAX_BODY) throw tooLarge(size);
}

function tooLarge(size: number): TonneError {
  return new TonneError('BODY_TOO_LARGE', {
    field: 'body',
    value: `${size} bytes or more`,
    expected: `at most ${MAX_BODY} bytes`,
  });
}
