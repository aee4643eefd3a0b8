import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Hex } from '@truetonne/protocol';

/** 256 bits that nobody can guess, as 43 letters. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token: who reads the database can't use it. */
export function hashToken(token: string): Hex {
  return `0x${createHash('sha256').update(token).digest('hex')}`;
}

/**
 * The token that requests of a session must carry beside its cookie. Another site can make a browser
 * send the cookie, but can't read this.
 */
export function csrfTokenOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('truetonne-csrf-v1').digest('base64url');
}

/** Compares in a time that tells nothing of where they differ. */
export function isSameToken(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
