import { zeroAddress } from 'viem';
import { concatBytes, fromHex, toHex } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';
import type { Promo } from './promo.ts';

const WALLET_AT = 32;
const NUMBERS_AT = WALLET_AT + 20;
const HEAD_SIZE = NUMBERS_AT + 2 + 1 + 5 + 4 + 1;
/** A signature of a contract (ERC-1271) may be longer than the 65 bytes of a key. */
const MAX_SIGNATURE_SIZE = 2_048;
/** Tells such a text from any other, and says its version. */
const PREFIX = 'TTP1-';

/**
 * A promo code as the text that people pass on: what was signed and the signature, in base64url.
 * Nobody needs a server to use it, and nobody knows it but who was given it.
 */
export function toPromoText(promo: Promo): string {
  const head = new Uint8Array(HEAD_SIZE);
  const view = new DataView(head.buffer);
  head.set(fromHex(promo.code));
  head.set(fromHex(promo.wallet), WALLET_AT);
  view.setUint16(52, promo.planId);
  view.setUint8(54, promo.percent);
  view.setUint8(55, Math.floor(promo.expiresAt / 2 ** 32));
  view.setUint32(56, promo.expiresAt % 2 ** 32);
  view.setUint32(60, promo.totalLimit);
  view.setUint8(64, promo.walletLimit);
  return PREFIX + toBase64Url(concatBytes([head, fromHex(promo.signature)]));
}

/**
 * Reads what {@link toPromoText} wrote. Whether it is signed by the right one only the chain says.
 *
 * @throws TonneError PROMO_FOREIGN when the text is no promo code
 */
export function fromPromoText(text: string): Promo {
  const typed = text.trim();
  const bytes = typed.startsWith(PREFIX) ? findBase64Url(typed.slice(PREFIX.length)) : undefined;
  const size = bytes?.length ?? 0;
  if (bytes === undefined || size <= HEAD_SIZE || size > HEAD_SIZE + MAX_SIGNATURE_SIZE) {
    const value = typed.length > 24 ? `${typed.slice(0, 24)}…` : typed;
    throw new TonneError('PROMO_FOREIGN', { field: 'code', value, expected: `${PREFIX}…` });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const wallet = toHex(bytes.subarray(WALLET_AT, NUMBERS_AT));
  return {
    code: toHex(bytes.subarray(0, WALLET_AT)),
    wallet: BigInt(wallet) === 0n ? zeroAddress : wallet,
    planId: view.getUint16(52),
    percent: view.getUint8(54),
    expiresAt: view.getUint8(55) * 2 ** 32 + view.getUint32(56),
    totalLimit: view.getUint32(60),
    walletLimit: view.getUint8(64),
    signature: toHex(bytes.subarray(HEAD_SIZE)),
  };
}

function toBase64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function findBase64Url(text: string): Uint8Array | undefined {
  if (!/^[\w-]+$/.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
