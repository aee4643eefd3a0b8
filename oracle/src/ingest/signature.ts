import { verify, type KeyObject } from 'node:crypto';

/** Checks a signature r ‖ s on a thread of libuv's pool, so that the event loop goes on. */
export function verifySignature(
  key: KeyObject,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature, (error, valid) => {
      if (error === null) resolve(valid);
      else reject(error);
    });
  });
}
