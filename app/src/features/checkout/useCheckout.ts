import { useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';
import type { PaymentToken, Plan } from '../../chain/index.ts';
import { findReferrer, rememberReferrer } from '../../referrer/index.ts';
import { capOf, checkPromo, type Choices } from './choices.ts';

export interface Checkout {
  readonly choices: Choices;
  readonly change: (part: Partial<Choices>) => void;
  /** What is wrong with the promo code of the link. */
  readonly promoProblem: string | undefined;
}

/** The choices on the page of a plan; period, promo code and referrer also come with the link. */
export function useCheckout(plan: Plan, tokens: readonly PaymentToken[]): Checkout {
  const [search, setSearch] = useSearchParams();
  const yearly = search.get('period') === 'yearly' && plan.yearlyUsd > 0n;
  const referrer = search.get('ref');
  useEffect(() => {
    if (referrer !== null) rememberReferrer(referrer);
  }, [referrer]);
  const linked = checkPromo(search.get('promo') ?? '');
  const [rest, setRest] = useState<Omit<Choices, 'yearly'>>(() => {
    if (referrer !== null) rememberReferrer(referrer);
    return {
      tokenId: tokens.find(({ status }) => status === 'accepted')?.id ?? 0,
      instalments: 1,
      promo: linked.ok ? linked.value : undefined,
      referrer: findReferrer(),
      automatic: false,
      cap: capOf(yearly ? plan.yearlyUsd : plan.monthlyUsd),
      terms: yearly ? '1' : '12',
    };
  });
  const change = ({ yearly: chosen, ...part }: Partial<Choices>): void => {
    if (chosen !== undefined) {
      const period = chosen ? 'yearly' : 'monthly';
      setSearch((before) => ({ ...Object.fromEntries(before), period }), { replace: true });
      const cap = capOf(chosen ? plan.yearlyUsd : plan.monthlyUsd);
      setRest((before) => ({ ...before, cap, terms: chosen ? '1' : '12' }));
    }
    setRest((before) => ({ ...before, ...part }));
  };
  const promoProblem = linked.ok ? undefined : linked.problem;
  return { choices: { ...rest, yearly }, change, promoProblem };
}
