import { TIERS, TonneError, type ErrorCode, type Feature, type Tier } from '@truetonne/protocol';
import type { Rights, SoldPlan } from './rights.ts';

/** What a plan counts. */
export type Limited = 'seats' | 'devices' | 'apiCallsPerDay';

const CODES = {
  seats: 'ENTITLEMENT_SEATS',
  devices: 'ENTITLEMENT_DEVICES',
  apiCallsPerDay: 'ENTITLEMENT_API_CALLS',
} as const satisfies Record<Limited, ErrorCode>;

/** What the limits are called in a sentence. */
const WORDS: Readonly<Record<Limited, string>> = {
  seats: 'seats',
  devices: 'devices',
  apiCallsPerDay: 'API calls per day',
};

/** A tier as the plans of the start are named. */
export const nameOfTier = (tier: Tier): string => `${tier.charAt(0).toUpperCase()}${tier.slice(1)}`;

/** The least plan that is sold and gives so much of something. */
export function findPlanFor(
  plans: readonly SoldPlan[],
  limited: Limited,
  needed: number,
): SoldPlan | undefined {
  return plans.find((plan) => plan[limited] >= needed);
}

/** The refusal of what is beyond the rights; it names the plan that would allow it. */
export function beyond(
  limited: Limited,
  needed: number,
  rights: Rights,
  plans: readonly SoldPlan[],
): TonneError {
  const plan = findPlanFor(plans, limited, needed);
  const words = WORDS[limited];
  const has = `at most ${rights[limited]} ${words} in ${nameOfTier(rights.tier)}`;
  const would =
    plan === undefined ? 'no plan gives more' : `${nameOfTier(plan.tier)} gives ${plan[limited]}`;
  const details = { field: limited, value: String(needed), expected: `${has}; ${would}` };
  return new TonneError(CODES[limited], details);
}

/** The name of the least plan that is sold and gives a feature. */
export function nameOfPlanWith(feature: Feature, plans: readonly SoldPlan[]): string | undefined {
  const plan = plans.find(({ features }) => features.includes(feature));
  return plan === undefined ? undefined : nameOfTier(plan.tier);
}

/** The refusal of a feature that the rights do not have; it names the plan that would give it. */
export function without(feature: Feature, rights: Rights, plans: readonly SoldPlan[]): TonneError {
  const would = nameOfPlanWith(feature, plans) ?? 'no plan that is sold';
  const expected = `${would}; the plan is ${nameOfTier(rights.tier)}`;
  return new TonneError('ENTITLEMENT_FEATURE', { field: 'feature', value: feature, expected });
}

/** The rights of the higher tier; of two alike those that end last. */
export function bestOf(all: readonly Rights[]): Rights | undefined {
  const rank = ({ tier }: Rights): number => TIERS.indexOf(tier);
  const isBetter = (a: Rights, b: Rights): boolean =>
    rank(a) > rank(b) || (rank(a) === rank(b) && a.endsAt > b.endsAt);
  return all.reduce<Rights | undefined>(
    (best, one) => (best === undefined || isBetter(one, best) ? one : best),
    undefined,
  );
}
