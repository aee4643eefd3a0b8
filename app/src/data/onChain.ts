/** Hooks over what the chain itself says of subscriptions; they refresh while a page is open. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Address } from 'viem';
import { usePublicClient } from 'wagmi';
import {
  fetchDispute,
  fetchHandOver,
  fetchKept,
  fetchOffice,
  fetchPlans,
  fetchPurse,
  fetchQuote,
  fetchRenewalQuote,
  fetchSubscription,
  fetchTokens,
  type Dispute,
  type Kept,
  type Office,
  type Order,
  type PaymentToken,
  type Plan,
  type Purse,
  type Quote,
  type Renewal,
  type Subscription,
  type SubscriptionSource,
} from '../chain/index.ts';
import { fetchPlanNames } from '../api/indexer/index.ts';
import { useDeployment } from '../config/index.ts';
import { orNull, useIndexed } from './indexed.ts';

/** Every key begins with this, so that a confirmed transaction refreshes all of them at once. */
export const ON_CHAIN = 'onChain';
const REFRESH_MS = 4_000;

/** Both contracts of this deployment; `undefined` where nothing is sold. */
export function useSubscriptionSource(): SubscriptionSource | undefined {
  const { subscriptions } = useDeployment();
  const client = usePublicClient();
  if (subscriptions === undefined || client === undefined) return undefined;
  return { client, subscriptions: subscriptions.contract, plans: subscriptions.plans };
}

function useOnChain<T>(
  key: readonly (string | number | undefined)[],
  load: (source: SubscriptionSource) => Promise<T>,
  { enabled = true, gcTime }: { readonly enabled?: boolean; readonly gcTime?: number } = {},
): UseQueryResult<T> {
  const source = useSubscriptionSource();
  return useQuery({
    queryKey: [ON_CHAIN, ...key],
    queryFn: () => {
      if (source === undefined) throw new Error('Nothing is sold on this chain');
      return load(source);
    },
    refetchInterval: REFRESH_MS,
    enabled: enabled && source !== undefined,
    // A refusal by the contract is an answer: asking again at once changes nothing.
    retry: false,
    ...(gcTime === undefined ? {} : { gcTime }),
  });
}

/** A key of what holds integers beyond JSON. */
function keyOf(value: object): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' ? String(part) : part,
  );
}

/** Plans as the contract says them; their names, which stand in events alone, from the indexer. */
export function usePlans(): UseQueryResult<readonly Plan[]> {
  const { data: names } = useIndexed(['planNames'], fetchPlanNames);
  const source = useSubscriptionSource();
  return useQuery({
    queryKey: [ON_CHAIN, 'plans'],
    queryFn: () => fetchPlans(required(source)),
    refetchInterval: REFRESH_MS,
    enabled: source !== undefined,
    retry: false,
    select: (plans) => plans.map((plan) => ({ ...plan, name: names?.get(plan.id) })),
  });
}

export const usePaymentTokens = (): UseQueryResult<readonly PaymentToken[]> =>
  useOnChain(['tokens'], fetchTokens);

export const useOffice = (): UseQueryResult<Office> => useOnChain(['office'], fetchOffice);

export function useSubscription(account: Address | undefined): UseQueryResult<Subscription> {
  const load = (source: SubscriptionSource): Promise<Subscription> =>
    fetchSubscription(source, account ?? '0x');
  return useOnChain(['subscription', account], load, { enabled: account !== undefined });
}

export function useDispute(account: Address): UseQueryResult<Dispute | null> {
  return useOnChain(['dispute', account], (source) => orNull(fetchDispute(source, account)));
}

/** Whom the wallet offers its subscription to. */
export function useHandOver(account: Address): UseQueryResult<Address | null> {
  return useOnChain(['handOver', account], (source) => orNull(fetchHandOver(source, account)));
}

export function useKept(account: Address): UseQueryResult<readonly Kept[]> {
  return useOnChain(['kept', account], (source) => fetchKept(source, account));
}

/** What the order would cost now. */
export function useQuote(account: Address, order: Order): UseQueryResult<Quote> {
  return usePrice(['quote', account, keyOf(order)], (source) => fetchQuote(source, account, order));
}

export function useRenewalQuote(account: Address, renewal: Renewal): UseQueryResult<Quote> {
  return usePrice(['renewalQuote', account, keyOf(renewal)], (source) =>
    fetchRenewalQuote(source, account, renewal),
  );
}

/** A price is what somebody agrees to: one of another choice, or of an earlier look, is not shown. */
function usePrice(
  key: readonly string[],
  load: (source: SubscriptionSource) => Promise<Quote>,
): UseQueryResult<Quote> {
  return useOnChain(key, load, { gcTime: 0 });
}

export function usePurse(
  account: Address,
  token: PaymentToken | undefined,
): UseQueryResult<Purse> {
  return useOnChain(
    ['purse', account, token?.id],
    ({ client, subscriptions }) => fetchPurse(client, subscriptions, account, required(token)),
    { enabled: token !== undefined },
  );
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Nothing is sold on this chain');
  return value;
}
