import {
  encodePromoCode,
  PROMO_TYPES,
  subscriptionsDomainOf,
  toPromoMessage,
  toPromoText,
  type AddressBook,
  type Hex,
} from '@truetonne/protocol';
import { getAddress, zeroAddress, type LocalAccount } from 'viem';

/** What a promo code gives. */
export interface PromoWish {
  readonly code: string;
  /** 1 to 90. */
  readonly percent: number;
  /** From now, 1 to 3,650. */
  readonly days: number;
  /** 0 is any plan. */
  readonly planId: number;
  /** `undefined` is anyone. */
  readonly wallet: string | undefined;
  /** 0 has no limit. */
  readonly total: number;
  /** 1 to 15. */
  readonly perWallet: number;
}

const SECONDS_PER_DAY = 86_400;

/** Signs a promo code off-chain and answers the text to pass on. Throws with what is out of range. */
export async function signPromo(
  { chainId, subscriptions }: AddressBook,
  wish: PromoWish,
  signer: LocalAccount,
  now: number,
): Promise<string> {
  if (subscriptions === undefined) throw new Error('nothing is sold on this network');
  assertWithin('--percent', wish.percent, 1, 90);
  assertWithin('--days', wish.days, 1, 3_650);
  assertWithin('--plan', wish.planId, 0, 511);
  assertWithin('--total', wish.total, 0, 2 ** 32 - 1);
  assertWithin('--per-wallet', wish.perWallet, 1, 15);
  const wallet: Hex = wish.wallet === undefined ? zeroAddress : getAddress(wish.wallet);
  const terms = {
    code: encodePromoCode(wish.code),
    wallet,
    planId: wish.planId,
    percent: wish.percent,
    expiresAt: now + wish.days * SECONDS_PER_DAY,
    totalLimit: wish.total,
    walletLimit: wish.perWallet,
  };
  const signature = await signer.signTypedData({
    domain: subscriptionsDomainOf(chainId, subscriptions.contract),
    types: PROMO_TYPES,
    primaryType: 'Promo',
    message: toPromoMessage(terms),
  });
  return toPromoText({ ...terms, signature });
}

function assertWithin(option: string, value: number, least: number, most: number): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new Error(`${option} ${value} is not a whole number from ${least} to ${most}`);
}
