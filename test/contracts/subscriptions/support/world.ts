import {
  getContract,
  parseAbi,
  stringToHex,
  zeroAddress,
  type Account,
  type Address,
  type Chain,
  type Hex,
  type PublicClient,
  type Transport,
  type WalletClient,
} from 'viem';

import { plansAbi } from '../../../../protocol/src/abi/plans.ts';
import { subscriptionsAbi } from '../../../../protocol/src/abi/subscriptions.ts';

export type Wallet = WalletClient<Transport, Chain, Account>;

export const DAY = 86_400;
export const MONTH = 30 * DAY;
export const YEAR = 365 * DAY;
/** 1 April 2028, 00:00 UTC: no season until August. */
export const START = 1_838_160_000;

/** The numbers of `Tier`, `State`, `Discount` and `TokenStatus`. */
export const TIER = { free: 0, starter: 1, professional: 2, enterprise: 3 } as const;
export const STATE = {
  free: 0,
  trial: 1,
  active: 2,
  grace: 3,
  canceled: 4,
  disputed: 5,
  ended: 6,
} as const;
export const DISCOUNT = { none: 0, season: 1, loyalty: 2, welcome: 3, promo: 4 } as const;
export const STATUS = { none: 0, accepted: 1, paused: 2, retired: 3 } as const;

export const USD = 1_000_000;
export const STARTER = 1;
export const PROFESSIONAL = 2;
/** March, August, October. */
export const SEASON_MONTHS = (1 << 2) | (1 << 7) | (1 << 9);

/** Token ids, in the order in which the tests' world accepts them. */
export const USDC = 0;
export const DAI = 1;
export const POL = 2;
export const EURC = 3;
export const HOSTILE = 4;

export const TERMS = {
  tier: TIER.starter,
  seats: 5,
  devices: 10,
  apiCallsPerDay: 1_000,
  features: 3n,
  trialDays: 14,
  maxInstalments: 12,
  monthlyUsd: 100 * USD,
  yearlyUsd: 1_000 * USD,
};
export const FREE_TERMS = {
  ...TERMS,
  tier: TIER.free,
  seats: 1,
  devices: 1,
  apiCallsPerDay: 100,
  features: 0n,
  monthlyUsd: 0,
  yearlyUsd: 0,
};
export const NO_OFFERS = {
  promoSigner: zeroAddress,
  seasonMonths: 0,
  seasonPercent: 0,
  welcomePercent: 0,
};

const TOKEN_ABI = parseAbi([
  'function mint(address to, uint256 amount)',
  'function approve(address spender, uint256 amount) returns (bool)',
  'function transfer(address to, uint256 amount) returns (bool)',
  'function balanceOf(address account) view returns (uint256)',
  'function allowance(address owner, address spender) view returns (uint256)',
  'function nonces(address owner) view returns (uint256)',
  'function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)',
  'function misbehave(uint8 manner)',
  'function prepare(bytes data)',
  'function answer() view returns (bytes)',
  'function forward(address target, bytes data)',
]);
const FEED_ABI = parseAbi([
  'function say(int256 answer, uint256 updatedAt)',
  'function sayRound(uint80 roundId, uint80 answeredInRound)',
  'function beSilent()',
]);

/** EIP-712 type of a promo code. */
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

/** `Order`, with what a test does not mention as plain as can be. */
export interface Order {
  readonly planId: number;
  readonly yearly: boolean;
  readonly tokenId: number;
  readonly instalments: number;
  readonly capCents: number;
  readonly referred: boolean;
  readonly referrer: Address;
  readonly maxAmount: bigint;
  readonly promos: readonly Promo[];
  readonly permits: readonly Permit[];
}
export interface Promo {
  readonly code: Hex;
  readonly wallet: Address;
  readonly planId: number;
  readonly percent: number;
  readonly expiresAt: number;
  readonly totalLimit: number;
  readonly walletLimit: number;
  readonly signature: Hex;
}
export interface Permit {
  readonly value: bigint;
  readonly deadline: bigint;
  readonly v: number;
  readonly r: Hex;
  readonly s: Hex;
}

export function orderOf(fields: Partial<Order> = {}): Order {
  return {
    planId: STARTER,
    yearly: false,
    tokenId: USDC,
    instalments: 0,
    capCents: 0,
    referred: false,
    referrer: zeroAddress,
    maxAmount: 2n ** 256n - 1n,
    promos: [],
    permits: [],
    ...fields,
  };
}

export function renewalOf(fields: Partial<Order> = {}) {
  const { tokenId, maxAmount, promos, permits } = orderOf(fields);
  return { tokenId, maxAmount, promos, permits };
}

/** A token that is pegged to the dollar, unless the fields name a feed. */
export function draftOf(token: Address, fields: Partial<{ feed: Address; maxAge: number }> = {}) {
  const { feed = zeroAddress, maxAge = 3_600 } = fields;
  const bounds = { minPriceE4: 1_000, maxPriceE4: 100_000 };
  return { token, bountyPercentE2: 100, feed, maxAge, ...bounds };
}

/** The `field` of an error: ASCII in 32 bytes. */
export function fieldName(name: string): Hex {
  return stringToHex(name, { size: 32 });
}

export interface Actors {
  readonly operator: Wallet;
  readonly arbiter: Wallet;
  readonly alice: Wallet;
  readonly bob: Wallet;
  readonly carol: Wallet;
  readonly keeper: Wallet;
}

/** Deployed contracts as each wallet calls them. */
export function contractsAt(reader: PublicClient, address: Address, plansAddress: Address) {
  return {
    subscriptionsOf: (wallet: Wallet) =>
      getContract({ address, abi: subscriptionsAbi, client: { public: reader, wallet } }),
    plansOf: (wallet: Wallet) =>
      getContract({ address: plansAddress, abi: plansAbi, client: { public: reader, wallet } }),
    tokenOf: (token: Address, wallet: Wallet) =>
      getContract({ address: token, abi: TOKEN_ABI, client: { public: reader, wallet } }),
    feedOf: (feed: Address, wallet: Wallet) =>
      getContract({ address: feed, abi: FEED_ABI, client: { public: reader, wallet } }),
  };
}
