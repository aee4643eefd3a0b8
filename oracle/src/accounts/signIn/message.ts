import { ParsedMessage } from '@spruceid/siwe-parser';
import { TonneError, type Hex } from '@truetonne/protocol';

/** What a wallet signs to sign in: EIP-4361. */
export interface SignInMessage {
  /** Lower case. */
  readonly address: Hex;
  readonly nonce: string;
}

/** For whom a message must be meant. */
export interface SignInPlace {
  /** Origins of the app's pages, such as `https://app.example.org`. */
  readonly origins: readonly string[];
  readonly chainId: number;
  /** Unix seconds. */
  readonly now: number;
}

/** A message is good for so long after it was made, and clocks may differ by so much, seconds. */
const MAX_AGE = 600;
const MAX_SKEW = 120;

/**
 * Reads a message of EIP-4361 and checks that it was made now, for this site and this chain. Its nonce
 * and signature are still to be checked.
 *
 * @throws TonneError SIGN_IN_MESSAGE_INVALID, SIGN_IN_DOMAIN_WRONG, SIGN_IN_CHAIN_WRONG, SIGN_IN_TIME_WRONG
 */
export function parseSignInMessage(text: string, place: SignInPlace): SignInMessage {
  const message = parse(text);
  assertSite(message, place.origins);
  if (message.chainId !== place.chainId) {
    throw new TonneError('SIGN_IN_CHAIN_WRONG', {
      field: 'chainId',
      value: String(message.chainId),
      expected: String(place.chainId),
    });
  }
  assertTime(message, place.now);
  // Proof: the grammar of EIP-4361 takes nothing but 0x and 40 hex digits, with their checksum.
  return { address: message.address.toLowerCase() as Hex, nonce: message.nonce };
}

function parse(text: string): ParsedMessage {
  try {
    return new ParsedMessage(text);
  } catch (error) {
    const value = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new TonneError('SIGN_IN_MESSAGE_INVALID', { field: 'message', value });
  }
}

/** Domain and URI are both of one of our pages, and of the same one. */
function assertSite({ scheme, domain, uri }: ParsedMessage, origins: readonly string[]): void {
  const origin = URL.canParse(uri) ? new URL(uri).origin : '';
  const place = URL.canParse(origin) ? new URL(origin) : undefined;
  const sameHost = place?.host === domain;
  const sameScheme = scheme === undefined || place?.protocol === `${scheme}:`;
  if (sameHost && sameScheme && origins.includes(origin)) return;
  throw new TonneError('SIGN_IN_DOMAIN_WRONG', {
    field: 'domain',
    value: `${domain}, URI ${uri}`,
    expected: origins.join(' or '),
  });
}

function assertTime({ issuedAt, expirationTime, notBefore }: ParsedMessage, now: number): void {
  const issued = toSeconds(issuedAt);
  if (issued > now + MAX_SKEW || issued < now - MAX_AGE) {
    const expected = `within ${MAX_AGE} s before ${toIso(now)}`;
    throw new TonneError('SIGN_IN_TIME_WRONG', { field: 'issuedAt', value: issuedAt, expected });
  }
  if (expirationTime !== undefined && toSeconds(expirationTime) <= now) {
    const expected = `after ${toIso(now)}`;
    const details = { field: 'expirationTime', value: expirationTime, expected };
    throw new TonneError('SIGN_IN_TIME_WRONG', details);
  }
  if (notBefore !== undefined && toSeconds(notBefore) > now + MAX_SKEW) {
    const expected = `at or before ${toIso(now)}`;
    throw new TonneError('SIGN_IN_TIME_WRONG', { field: 'notBefore', value: notBefore, expected });
  }
}

function toSeconds(iso: string): number {
  return Math.floor(Date.parse(iso) / 1000);
}

function toIso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
