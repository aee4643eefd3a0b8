/** Who referred the person at this browser: kept from the link until a first payment. */
import { getAddress, isAddress, type Address } from 'viem';

const KEY = 'truetonne.referrer';

/** The wallet of a referral link; `undefined` when it is none. */
export function parseReferrer(text: string | null): Address | undefined {
  if (text === null || !isAddress(text, { strict: false }) || BigInt(text) === 0n) return undefined;
  return getAddress(text);
}

/** Whether a link was meant to name a referrer and names none: it was cut off, or is the zero address. */
export function isBrokenReferral(text: string | null): boolean {
  return text !== null && parseReferrer(text) === undefined;
}

/** Keeps the wallet of a link; what is no address is left alone. The first link stays. */
export function rememberReferrer(text: string): void {
  const referrer = parseReferrer(text);
  if (referrer === undefined || findReferrer() !== undefined) return;
  try {
    localStorage.setItem(KEY, referrer);
  } catch {
    // Storage is blocked: the link counts only while its page is open.
  }
}

export function findReferrer(): Address | undefined {
  try {
    return parseReferrer(localStorage.getItem(KEY));
  } catch {
    return undefined;
  }
}

export function forgetReferrer(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}

/** The link that names a wallet as the referrer. */
export function referralLinkOf(origin: string, referrer: Address): string {
  return `${origin}/plans?ref=${referrer}`;
}
