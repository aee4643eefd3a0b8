/** Plans, discounts and states in the words of the page. */
import type { Discount, Feature, SubscriptionState, Tier } from '@truetonne/protocol';
import type { Plan, Quote } from '../chain/index.ts';
import { count, usd, type Tone } from '../ui/index.ts';

const tiers: Readonly<Record<Tier, string>> = {
  free: 'Free',
  starter: 'Starter',
  professional: 'Professional',
  enterprise: 'Enterprise',
};

/** For whom a tier is: one line. */
export const tierLeads: Readonly<Record<Tier, string>> = {
  free: 'Look around and verify',
  starter: 'A few plants, programs that join in',
  professional: 'Many plants and a supply chain',
  enterprise: 'A fleet and a group of companies',
};

/** Each is asked for by the oracle before it is given. */
const features: Readonly<Record<Feature, string>> = {
  apiKeys: 'API keys for programs',
  webhooks: 'Webhooks',
  suppliers: 'Supplier directory and portal',
  parquet: 'Exports as Parquet, for a warehouse',
};

export const featureName = (feature: Feature): string => features[feature];

/** "Professional". */
export const tierName = (tier: Tier): string => tiers[tier];

/** What its operator called the plan; until that is known, its tier. */
export const nameOf = ({ name, tier }: Pick<Plan, 'name' | 'tier'>): string => name ?? tiers[tier];

/** The name of the plan with this id. */
export function planName(id: number, plans: readonly Plan[] | undefined): string {
  const plan = plans?.find((each) => each.id === id);
  return plan === undefined ? `Plan ${id}` : nameOf(plan);
}

/** What a plan entitles to, one line each. */
export function rightsOf(plan: Pick<Plan, 'seats' | 'devices' | 'apiCallsPerDay'>): string[] {
  const { seats, devices, apiCallsPerDay } = plan;
  return [
    `${count(seats)} ${seats === 1 ? 'seat' : 'seats'}`,
    `${count(devices)} ${devices === 1 ? 'device' : 'devices'}`,
    `${count(apiCallsPerDay)} API calls a day`,
  ];
}

const discounts: Readonly<Record<Discount, string>> = {
  none: 'no discount',
  season: 'season',
  loyalty: 'loyalty',
  welcome: 'welcome, as you were referred',
  promo: 'promo code',
};

export const discountName = (discount: Discount): string => discounts[discount];

/** What a quote says that comes after what is paid now. */
export function nextTermText(
  { renewalUsd, renewalDiscount, renewalPercent }: Quote,
  which: 'The next term' | 'The term after that',
): string {
  if (renewalUsd === 0n) return 'The plan is not sold after that.';
  const why =
    renewalPercent === 0 ? '' : ` (${discounts[renewalDiscount]}, ${renewalPercent} % off)`;
  return `${which} costs ${usd(renewalUsd)}${why}, as things stand.`;
}

export const termSeconds = (yearly: boolean): number => (yearly ? 365 : 30) * 86_400;

export const periodName = (yearly: boolean): string => (yearly ? '365 days' : '30 days');

const states: Readonly<Record<SubscriptionState, { readonly label: string; readonly tone: Tone }>> =
  {
    free: { label: 'Free', tone: 'plain' },
    trial: { label: 'Trial', tone: 'good' },
    active: { label: 'Active', tone: 'good' },
    grace: { label: 'Grace', tone: 'warn' },
    canceled: { label: 'Canceled', tone: 'warn' },
    disputed: { label: 'Disputed', tone: 'warn' },
    ended: { label: 'Ended', tone: 'bad' },
  };

export const stateName = (state: SubscriptionState): { label: string; tone: Tone } => states[state];
