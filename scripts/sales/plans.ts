import { FEATURES, fromFeatures, TIERS, type Feature, type Tier } from '@truetonne/protocol';

/** A plan that is sold from the start; prices in USD x 10^6. */
export interface PlanEntry {
  readonly name: string;
  readonly tier: Tier;
  readonly seats: number;
  readonly devices: number;
  readonly apiCallsPerDay: number;
  readonly features: readonly Feature[];
  readonly trialDays: number;
  readonly maxInstalments: number;
  readonly monthlyUsd: number;
  readonly yearlyUsd: number;
}

const USD = 1_000_000;
const MARCH = 1 << 2;
const AUGUST = 1 << 7;
const OCTOBER = 1 << 9;

/** 30 % in March, August and October (UTC), 10 % for who was referred. */
export const OFFERS = {
  seasonMonths: MARCH | AUGUST | OCTOBER,
  seasonPercent: 30,
  welcomePercent: 10,
} as const;

/** What is sold from the start, in the order of the plan ids. A year costs ten months. */
export const PLANS: readonly PlanEntry[] = [
  {
    name: 'Free',
    tier: 'free',
    seats: 2,
    devices: 5,
    apiCallsPerDay: 1_000,
    features: [],
    trialDays: 0,
    maxInstalments: 1,
    monthlyUsd: 0,
    yearlyUsd: 0,
  },
  {
    name: 'Starter',
    tier: 'starter',
    seats: 5,
    devices: 25,
    apiCallsPerDay: 20_000,
    features: ['apiKeys', 'webhooks'],
    trialDays: 14,
    maxInstalments: 12,
    monthlyUsd: 49 * USD,
    yearlyUsd: 490 * USD,
  },
  {
    name: 'Professional',
    tier: 'professional',
    seats: 25,
    devices: 250,
    apiCallsPerDay: 200_000,
    features: [...FEATURES],
    trialDays: 14,
    maxInstalments: 12,
    monthlyUsd: 199 * USD,
    yearlyUsd: 1_990 * USD,
  },
  {
    name: 'Enterprise',
    tier: 'enterprise',
    seats: 250,
    devices: 10_000,
    apiCallsPerDay: 2_000_000,
    features: [...FEATURES],
    trialDays: 0,
    maxInstalments: 12,
    monthlyUsd: 999 * USD,
    yearlyUsd: 9_990 * USD,
  },
];

/** `PlanTerms` of the contract. */
export function toTerms(entry: PlanEntry) {
  const { tier, features } = entry;
  return { ...entry, tier: TIERS.indexOf(tier), features: fromFeatures(features) };
}
