/** Creating, repricing and retiring plans, and their season and promo signer. */
import { fromFeatures, plansAbi, TIERS } from '@truetonne/protocol';
import type { Address } from 'viem';
import type { Plan } from '../../chain/index.ts';
import { monthsOf, tierName } from '../../plans/index.ts';
import { contractCall, type Transaction } from '../../transactions/index.ts';
import { usd } from '../../ui/index.ts';
import {
  allOf,
  checkFeatures,
  checkMonths,
  checkName,
  checkOptionalAddress,
  checkPrice,
  checkTens,
  checkWhole,
  monthNumbers,
  pricesProblem,
  type Values,
} from './fields.ts';
import type { OfficeForm } from './FormDialog.tsx';

const U32 = 2 ** 32 - 1;

function offersOf(values: Values) {
  return {
    promoSigner: checkOptionalAddress(values['promoSigner'] ?? ''),
    seasonMonths: checkMonths(values['seasonMonths'] ?? ''),
    seasonPercent: checkTens(values['seasonPercent'] ?? '', 70),
    welcomePercent: checkWhole(values['welcomePercent'] ?? '', 0, 15),
  };
}

function offerFields(plan: Plan | undefined): OfficeForm['fields'] {
  return [
    {
      name: 'seasonMonths',
      label: 'Season, months',
      hint: 'Numbers, UTC: 3, 8, 10',
      start: monthNumbers(plan?.seasonMonths ?? 0),
    },
    {
      name: 'seasonPercent',
      label: 'Season, percent',
      hint: '0, 10, … 70',
      start: String(plan?.seasonPercent ?? 0),
    },
    {
      name: 'welcomePercent',
      label: 'Welcome, percent',
      hint: 'For who was referred; up to 15',
      start: String(plan?.welcomePercent ?? 0),
    },
    {
      name: 'promoSigner',
      label: 'Promo signer',
      hint: 'Signs promo codes; empty for none',
      start: plan === undefined || BigInt(plan.promoSigner) === 0n ? '' : plan.promoSigner,
    },
  ];
}

export function createForm(plans: Address): OfficeForm {
  return {
    title: 'Create a plan',
    fields: [
      { name: 'name', label: 'Name', start: '' },
      {
        name: 'tier',
        label: 'Tier',
        start: 'starter',
        options: TIERS.map((tier) => ({
          value: tier,
          label: tier === 'free' ? 'Free: replaces plan 0' : tierName(tier),
        })),
      },
      { name: 'seats', label: 'Seats' },
      { name: 'devices', label: 'Devices' },
      { name: 'apiCallsPerDay', label: 'API calls per day' },
      { name: 'features', label: 'Features', hint: 'apiKeys, webhooks, suppliers, parquet' },
      { name: 'monthlyUsd', label: 'Price of 30 days, USD', hint: '0 is not sold', start: '0' },
      { name: 'yearlyUsd', label: 'Price of 365 days, USD', hint: '0 is not sold', start: '0' },
      { name: 'trialDays', label: 'Trial, days', start: '0' },
      { name: 'maxInstalments', label: 'Instalments at most', start: '1' },
      ...offerFields(undefined),
    ],
    toTransaction: (values) => {
      const checked = allOf({
        name: checkName(values['name'] ?? ''),
        seats: checkWhole(values['seats'] ?? '', 0, U32),
        devices: checkWhole(values['devices'] ?? '', 0, U32),
        apiCallsPerDay: checkWhole(values['apiCallsPerDay'] ?? '', 0, U32),
        features: checkFeatures(values['features'] ?? ''),
        monthlyUsd: checkPrice(values['monthlyUsd'] ?? ''),
        yearlyUsd: checkPrice(values['yearlyUsd'] ?? ''),
        trialDays: checkWhole(values['trialDays'] ?? '', 0, 255),
        maxInstalments: checkWhole(values['maxInstalments'] ?? '', 1, 12),
        ...offersOf(values),
      });
      if (!checked.ok) return checked;
      const { name, features, promoSigner, seasonMonths, seasonPercent, welcomePercent, ...rest } =
        checked.value;
      const tier = TIERS.findIndex((each) => each === values['tier']);
      const monthlyUsd = pricesProblem(tier === 0, rest.monthlyUsd, rest.yearlyUsd);
      if (monthlyUsd !== undefined) return { ok: false, problems: { monthlyUsd } };
      const terms = { ...rest, tier, features: fromFeatures(features) };
      const offers = { promoSigner, seasonMonths, seasonPercent, welcomePercent };
      return { ok: true, value: createTransaction(plans, name, terms, offers) };
    },
  };
}

function createTransaction(
  plans: Address,
  name: string,
  terms: {
    readonly tier: number;
    readonly seats: number;
    readonly devices: number;
    readonly apiCallsPerDay: number;
    readonly features: bigint;
    readonly trialDays: number;
    readonly maxInstalments: number;
    readonly monthlyUsd: number;
    readonly yearlyUsd: number;
  },
  offers: {
    readonly promoSigner: Address;
    readonly seasonMonths: number;
    readonly seasonPercent: number;
    readonly welcomePercent: number;
  },
): Transaction {
  return {
    title: `Create ${name}`,
    effects: [
      { label: 'Plan', value: name },
      { label: '30 days', value: usd(BigInt(terms.monthlyUsd)) },
      { label: '365 days', value: usd(BigInt(terms.yearlyUsd)) },
      { label: 'Season', value: seasonText(offers.seasonMonths, offers.seasonPercent) },
    ],
    warning: 'What a plan entitles to can never be changed.',
    action: `Create ${name}`,
    done: `${name} is sold`,
    call: contractCall({
      address: plans,
      abi: plansAbi,
      functionName: 'createPlan',
      args: [name, terms, offers],
    }),
  };
}

function seasonText(months: number, percent: number): string {
  return months === 0 || percent === 0 ? 'none' : `${percent} % in ${monthsOf(months)}`;
}

export function repriceForm(plans: Address, plan: Plan, name: string): OfficeForm {
  return {
    title: `Reprice ${name}`,
    fields: [
      {
        name: 'monthlyUsd',
        label: '30 days, USD',
        hint: '0 is not sold',
        start: usd(plan.monthlyUsd).slice(1),
      },
      {
        name: 'yearlyUsd',
        label: '365 days, USD',
        hint: '0 is not sold',
        start: usd(plan.yearlyUsd).slice(1),
      },
    ],
    toTransaction: (values) => {
      const checked = allOf({
        monthlyUsd: checkPrice(values['monthlyUsd'] ?? ''),
        yearlyUsd: checkPrice(values['yearlyUsd'] ?? ''),
      });
      if (!checked.ok) return checked;
      const { monthlyUsd, yearlyUsd } = checked.value;
      const problem = pricesProblem(false, monthlyUsd, yearlyUsd);
      if (problem !== undefined) return { ok: false, problems: { monthlyUsd: problem } };
      const value: Transaction = {
        title: `Reprice ${name}`,
        effects: [
          { label: '30 days', value: `${usd(plan.monthlyUsd)} → ${usd(BigInt(monthlyUsd))}` },
          { label: '365 days', value: `${usd(plan.yearlyUsd)} → ${usd(BigInt(yearlyUsd))}` },
          {
            label: 'Running terms',
            value: 'stay as they are; keepers stop at the subscriber’s cap',
          },
        ],
        action: 'Reprice',
        done: `${name} has new prices`,
        call: contractCall({
          address: plans,
          abi: plansAbi,
          functionName: 'repricePlan',
          args: [plan.id, monthlyUsd, yearlyUsd],
        }),
      };
      return { ok: true, value };
    },
  };
}

export function offersForm(plans: Address, plan: Plan, name: string): OfficeForm {
  return {
    title: `Season and offers of ${name}`,
    fields: offerFields(plan),
    toTransaction: (values) => {
      const checked = allOf(offersOf(values));
      if (!checked.ok) return checked;
      const { seasonMonths, seasonPercent, welcomePercent } = checked.value;
      const value: Transaction = {
        title: `Season and offers of ${name}`,
        effects: [
          { label: 'Season', value: seasonText(seasonMonths, seasonPercent) },
          { label: 'Welcome', value: `${welcomePercent} %` },
          { label: 'Promo signer', value: checked.value.promoSigner, wide: true },
        ],
        action: 'Set them',
        done: 'Set for terms bought from now on',
        call: contractCall({
          address: plans,
          abi: plansAbi,
          functionName: 'setOffers',
          args: [[plan.id], checked.value],
        }),
      };
      return { ok: true, value };
    },
  };
}

export function retireTransaction(plans: Address, plan: Plan, name: string): Transaction {
  return {
    title: `Retire ${name}`,
    effects: [
      { label: 'From now on', value: 'nobody can buy or renew it' },
      { label: 'Running terms', value: 'keep their rights; agreed instalments can be paid' },
    ],
    warning: 'A plan is retired for good.',
    action: `Retire ${name}`,
    done: `${name} is retired`,
    call: contractCall({
      address: plans,
      abi: plansAbi,
      functionName: 'retirePlan',
      args: [plan.id],
    }),
  };
}
