import { hexToString, keccak256, stringToHex } from 'viem';
import type { Hex } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';

/** EIP-712 type of a promo code, as `Promos.sol` hashes it. */
export const PROMO_TYPES = {
  Promo: [
    { name: 'codeHash', type: 'bytes32' },
    { name: 'wallet', type: 'address' },
    { name: 'planId', type: 'uint16' },
    { name: 'percent', type: 'uint8' },
    { name: 'expiresAt', type: 'uint40' },
    { name: 'totalLimit', type: 'uint32' },
    { name: 'walletLimit', type: 'uint8' },
  ],
} as const;

/** A promo code as the operator signed it; `Promo` of the contract. */
export interface Promo {
  /** Text of 1 to 32 bytes, padded with zeros. */
  readonly code: Hex;
  /** Who may use it; the zero address is anyone. */
  readonly wallet: Hex;
  /** The plan that it is for; 0 is any. */
  readonly planId: number;
  /** 1 to 90. */
  readonly percent: number;
  /** First second in which it is void, Unix seconds. */
  readonly expiresAt: number;
  /** How many times it may be used in all; 0 has no limit. */
  readonly totalLimit: number;
  /** How many times one wallet may use it, 1 to 15. */
  readonly walletLimit: number;
  readonly signature: Hex;
}

const CODE_BYTES = 32;

/** EIP-712 domain of everything that is signed for a subscription contract. */
export function subscriptionsDomainOf(chainId: number, contract: Hex) {
  const names = { name: 'TrueTonne Subscriptions', version: '1' } as const;
  return { ...names, chainId, verifyingContract: contract } as const;
}

/**
 * A code as the contract takes it.
 *
 * @throws TonneError VALUE_OUT_OF_RANGE when it has no byte or more than 32
 */
export function encodePromoCode(text: string): Hex {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes >= 1 && bytes <= CODE_BYTES) return stringToHex(text, { size: CODE_BYTES });
  throw new TonneError('VALUE_OUT_OF_RANGE', {
    field: 'code',
    value: text,
    expected: `1 to ${CODE_BYTES} bytes of text`,
  });
}

/** The text of a code. */
export const decodePromoCode = (code: Hex): string => hexToString(code, { size: CODE_BYTES });

/** What the wallet of the operator signs: the code itself is not in it. */
export function toPromoMessage(promo: Omit<Promo, 'signature'>) {
  const { code, wallet, planId, percent, expiresAt, totalLimit, walletLimit } = promo;
  const codeHash = keccak256(code);
  return { codeHash, wallet, planId, percent, expiresAt, totalLimit, walletLimit };
}
