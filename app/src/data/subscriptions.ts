/** Hooks over what the indexer knows of subscriptions. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { Address } from 'viem';
import {
  fetchDisputesOf,
  fetchDue,
  fetchEarning,
  fetchHandOverOffers,
  fetchOpenDisputes,
  fetchReceipts,
  fetchReferralFigures,
  fetchReferrals,
  fetchSubscriptionHistory,
  type DueSubscription,
  type HistoryEvent,
  type OpenDispute,
  type PageOf,
  type PastDispute,
  type Receipt,
  type Referral,
  type ReferralFigures,
} from '../api/indexer/index.ts';
import { useIndexed, useIndexedPages, type Pages } from './indexed.ts';

export function useReceipts(account: Address): Pages<Receipt> {
  return useIndexedPages(['receipts', account], (url, after) => fetchReceipts(url, account, after));
}

export function useSubscriptionHistory(account: Address): Pages<HistoryEvent> {
  return useIndexedPages(['subscriptionHistory', account], (url, after) =>
    fetchSubscriptionHistory(url, account, after),
  );
}

/** Subscriptions that others offer to the wallet. */
export function useHandOverOffers(
  account: Address,
): UseQueryResult<PageOf<{ subscriber: Address }>> {
  return useIndexed(['handOverOffers', account], (url) => fetchHandOverOffers(url, account));
}

export function useDisputesOf(account: Address): UseQueryResult<PageOf<PastDispute>> {
  return useIndexed(['disputesOf', account], (url) => fetchDisputesOf(url, account));
}

/** What ends before `before` and still has rights at `now`; both cut to whole minutes by the caller. */
export function useDue(now: number, before: number): Pages<DueSubscription> {
  return useIndexedPages(['due', now, before], (url, after) => fetchDue(url, now, before, after));
}

export function useReferrals(account: Address): Pages<Referral> {
  return useIndexedPages(['referrals', account], (url, after) =>
    fetchReferrals(url, account, after),
  );
}

export function useReferralFigures(
  account: Address,
  now: number,
): UseQueryResult<ReferralFigures> {
  return useIndexed(['referralFigures', account, now], (url) =>
    fetchReferralFigures(url, account, now),
  );
}

export function useOpenDisputes(): UseQueryResult<PageOf<OpenDispute>> {
  return useIndexed(['openDisputes'], fetchOpenDisputes);
}

export function useEarning(): Pages<{ subscriber: Address }> {
  return useIndexedPages(['earning'], fetchEarning);
}
