/** What is sold, for what, and by whom, as the plans contract says it. */
import {
  plansAbi,
  toFeatures,
  toTier,
  toTokenStatus,
  type Feature,
  type Tier,
  type TokenStatus,
} from '@truetonne/protocol';
import { zeroAddress, type Address } from 'viem';
import type { SubscriptionSource } from './source.ts';
import { symbolOf } from './symbol.ts';

/** A plan: its rights never change; prices (USD x 10^6) and offers hold for terms bought now. */
export interface Plan {
  readonly id: number;
  /** What its operator called it; none where only the contract was asked, which keeps no names. */
  readonly name?: string | undefined;
  readonly tier: Tier;
  readonly seats: number;
  readonly devices: number;
  readonly apiCallsPerDay: number;
  readonly features: readonly Feature[];
  readonly trialDays: number;
  readonly maxInstalments: number;
  /** 0 is not sold for this period. */
  readonly monthlyUsd: bigint;
  readonly yearlyUsd: bigint;
  readonly promoSigner: Address;
  /** Bit 0 is January (UTC). */
  readonly seasonMonths: number;
  readonly seasonPercent: number;
  readonly welcomePercent: number;
  readonly retired: boolean;
}

/** What something can be paid in. */
export interface PayableToken {
  /** The zero address is the chain's own coin. */
  readonly address: Address;
  readonly symbol: string;
  readonly decimals: number;
}

/** What is taken as payment. Amounts in smallest units. */
export interface PaymentToken extends PayableToken {
  readonly id: number;
  readonly status: TokenStatus;
  /** The feed that prices it; the zero address: one token is one dollar. */
  readonly feed: Address;
  /** Hundredths of a percent of a payment that a keeper gets for collecting it. */
  readonly bountyPercentE2: number;
  /** What the operator may withdraw now. */
  readonly earned: bigint;
}

/** Who runs the sale. */
export interface Office {
  readonly operator: Address;
  readonly treasury: Address;
  readonly arbiter: Address;
}

export function isCoin({ address }: Pick<PayableToken, 'address'>): boolean {
  return address === zeroAddress;
}

function ids(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

async function fetchPlan({ client, plans }: SubscriptionSource, id: number): Promise<Plan> {
  const contract = { address: plans, abi: plansAbi } as const;
  const found = await client.readContract({ ...contract, functionName: 'plan', args: [id] });
  const { terms, offers, retired } = found;
  return {
    id,
    ...terms,
    ...offers,
    retired,
    tier: toTier(terms.tier),
    features: toFeatures(terms.features),
    monthlyUsd: BigInt(terms.monthlyUsd),
    yearlyUsd: BigInt(terms.yearlyUsd),
  };
}

/** Every plan that ever was, Free first. */
export async function fetchPlans(source: SubscriptionSource): Promise<readonly Plan[]> {
  const contract = { address: source.plans, abi: plansAbi } as const;
  const last = await source.client.readContract({ ...contract, functionName: 'planCount' });
  return Promise.all(ids(0, last + 1).map((id) => fetchPlan(source, id)));
}

async function fetchToken(
  { client, plans }: SubscriptionSource,
  id: number,
): Promise<PaymentToken> {
  const contract = { address: plans, abi: plansAbi } as const;
  const found = await client.readContract({ ...contract, functionName: 'token', args: [id] });
  const { draft, decimals, status, earned } = found;
  const address = draft.token;
  const symbol =
    address === zeroAddress
      ? (client.chain?.nativeCurrency.symbol ?? 'coin')
      : await symbolOf(client, address);
  return {
    id,
    address,
    symbol,
    decimals,
    status: toTokenStatus(status),
    feed: draft.feed,
    bountyPercentE2: draft.bountyPercentE2,
    earned,
  };
}

/** Every token that was ever accepted. */
export async function fetchTokens(source: SubscriptionSource): Promise<readonly PaymentToken[]> {
  const contract = { address: source.plans, abi: plansAbi } as const;
  const count = await source.client.readContract({ ...contract, functionName: 'tokenCount' });
  return Promise.all(ids(0, count).map((id) => fetchToken(source, id)));
}

export async function fetchOffice({ client, plans }: SubscriptionSource): Promise<Office> {
  const contract = { address: plans, abi: plansAbi } as const;
  const [operator, treasury, arbiter] = await Promise.all([
    client.readContract({ ...contract, functionName: 'owner' }),
    client.readContract({ ...contract, functionName: 'treasury' }),
    client.readContract({ ...contract, functionName: 'arbiter' }),
  ]);
  return { operator, treasury, arbiter };
}
