/** What the indexer knows of subscriptions: receipts, what happened, who referred whom, what is due. */
import {
  address,
  big,
  flag,
  hex,
  integer,
  listOf,
  object,
  oneOf,
  optional,
  text,
} from '../parse.ts';
import { askIndexer, PAGE_FIELDS, type PageOf } from './client.ts';
import { pageOf } from './page.ts';

const PAGE_SIZE = 25;
/** More plans, tokens or offers to one wallet than there are. */
const ALL = 1_000;

const receipt = object({
  subscriber: address,
  number: integer,
  purchase: oneOf('subscribed', 'renewed', 'planChanged'),
  planId: integer,
  yearly: flag,
  tokenId: integer,
  amount: big,
  usd: big,
  discount: oneOf('none', 'season', 'loyalty', 'welcome', 'promo'),
  percent: integer,
  /** Price of the whole term without the discount, USD x 10^6, where there is one. */
  listUsd: optional(big),
  instalment: integer,
  instalments: integer,
  /** Unused value of the plan before that paid the rest, smallest units. */
  carried: big,
  from: integer,
  until: integer,
  at: integer,
  transactionHash: hex,
});
/** A payment that was received. */
export type Receipt = ReturnType<typeof receipt>;

const RECEIPT_FIELDS = `subscriber number purchase planId yearly tokenId amount usd discount percent listUsd
  instalment instalments carried from until at transactionHash`;

/** The receipts of a wallet, newest first. */
export function fetchReceipts(
  url: string,
  subscriber: string,
  after: string | undefined,
): Promise<PageOf<Receipt>> {
  const query = `query ($of: String!, $after: String) {
    receipts(where: { subscriber: $of }, orderBy: "number", orderDirection: "desc",
      limit: ${PAGE_SIZE}, after: $after) { items { ${RECEIPT_FIELDS} } ${PAGE_FIELDS} } }`;
  const variables = { of: subscriber.toLowerCase(), after: after ?? null };
  return askIndexer(url, query, variables, pageOf('receipts', receipt));
}

const planName = object({ id: integer, name: text });

/** Names that plans were created with, by id: the contract keeps none, its event says it. */
export async function fetchPlanNames(url: string): Promise<ReadonlyMap<number, string>> {
  const query = `{ plans(limit: ${ALL}) { items { id name } ${PAGE_FIELDS} } }`;
  const { items } = await askIndexer(url, query, {}, pageOf('plans', planName));
  return new Map(items.map(({ id, name }) => [id, name]));
}

const offered = object({ subscriber: address });

/** Wallets that offer their subscription to this one. */
export function fetchHandOverOffers(
  url: string,
  to: string,
): Promise<PageOf<{ subscriber: `0x${string}` }>> {
  const query = `query ($to: String!) {
    subscriptions(where: { offeredTo: $to }, orderBy: "subscriber", limit: ${ALL}) {
      items { subscriber } ${PAGE_FIELDS} } }`;
  return askIndexer(url, query, { to: to.toLowerCase() }, pageOf('subscriptions', offered));
}

const due = object({
  subscriber: address,
  planId: integer,
  yearly: flag,
  tokenId: integer,
  until: integer,
  endsAt: integer,
  capCents: integer,
});
/** A subscription that a keeper may look at. */
export type DueSubscription = ReturnType<typeof due>;

/** Subscriptions that end before `before` and whose rights hold at `now`, and may be renewed by keepers. */
export function fetchDue(
  url: string,
  now: number,
  before: number,
  after: string | undefined,
): Promise<PageOf<DueSubscription>> {
  const query = `query ($now: Float!, $before: Float!, $after: String) {
    subscriptions(
      where: { until_lte: $before, endsAt_gt: $now, state_in: [active, trial] }
      orderBy: "until", limit: 100, after: $after
    ) { items { subscriber planId yearly tokenId until endsAt capCents } ${PAGE_FIELDS} } }`;
  const variables = { now, before, after: after ?? null };
  return askIndexer(url, query, variables, pageOf('subscriptions', due));
}

const referral = object({
  subscriber: address,
  tokenId: integer,
  amount: big,
  endsAt: integer,
  at: integer,
});
/** A wallet that came by a referrer. It is active while `endsAt` lies ahead. */
export type Referral = ReturnType<typeof referral>;

export function fetchReferrals(
  url: string,
  referrer: string,
  after: string | undefined,
): Promise<PageOf<Referral>> {
  const query = `query ($by: String!, $after: String) {
    referrals(where: { referrer: $by }, orderBy: "at", orderDirection: "desc",
      limit: ${PAGE_SIZE}, after: $after) { items { subscriber tokenId amount endsAt at } ${PAGE_FIELDS} } }`;
  const variables = { by: referrer.toLowerCase(), after: after ?? null };
  return askIndexer(url, query, variables, pageOf('referrals', referral));
}

export interface ReferralFigures {
  readonly lifetime: number;
  readonly active: number;
  readonly earnings: readonly { readonly tokenId: number; readonly amount: bigint }[];
}

const counted = object({ totalCount: integer });
const figures = object({
  all: counted,
  active: counted,
  referralEarnings: object({ items: listOf(object({ tokenId: integer, amount: big })) }),
});

/** How many came by a referrer, how many of them have rights at `now`, and what that earned. */
export async function fetchReferralFigures(
  url: string,
  referrer: string,
  now: number,
): Promise<ReferralFigures> {
  const query = `query ($by: String!, $now: Float!) {
    all: referrals(where: { referrer: $by }) { totalCount }
    active: referrals(where: { referrer: $by, endsAt_gt: $now }) { totalCount }
    referralEarnings(where: { referrer: $by }, limit: ${ALL}) { items { tokenId amount } } }`;
  const found = await askIndexer(url, query, { by: referrer.toLowerCase(), now }, figures);
  return {
    lifetime: found.all.totalCount,
    active: found.active.totalCount,
    earnings: found.referralEarnings.items,
  };
}

const openDispute = object({
  subscriber: address,
  tokenId: integer,
  stake: big,
  deadline: integer,
  reasonHash: hex,
  openedAt: integer,
});
export type OpenDispute = ReturnType<typeof openDispute>;

/** Disputes that nobody has ended, the most urgent first. */
export function fetchOpenDisputes(url: string): Promise<PageOf<OpenDispute>> {
  const query = `{ disputes(where: { resolvedAt: null }, orderBy: "deadline", limit: ${ALL}) {
    items { subscriber tokenId stake deadline reasonHash openedAt } ${PAGE_FIELDS} } }`;
  return askIndexer(url, query, {}, pageOf('disputes', openDispute));
}

const resolvedDispute = object({
  openedAt: integer,
  resolvedAt: optional(integer),
  tokenId: integer,
  stake: big,
  toSubscriber: optional(big),
  toOperator: optional(big),
  byDeadline: optional(flag),
});
export type PastDispute = ReturnType<typeof resolvedDispute>;

/** How the disputes of a wallet ended, newest first. */
export function fetchDisputesOf(url: string, subscriber: string): Promise<PageOf<PastDispute>> {
  const query = `query ($of: String!) {
    disputes(where: { subscriber: $of }, orderBy: "openedAt", orderDirection: "desc", limit: 100) {
      items { openedAt resolvedAt tokenId stake toSubscriber toOperator byDeadline } ${PAGE_FIELDS} } }`;
  return askIndexer(
    url,
    query,
    { of: subscriber.toLowerCase() },
    pageOf('disputes', resolvedDispute),
  );
}

const earner = object({ subscriber: address });

/** Wallets whose streams may have earned something to collect: paid, and neither canceled nor disputed. */
export function fetchEarning(
  url: string,
  after: string | undefined,
): Promise<PageOf<{ subscriber: `0x${string}` }>> {
  const query = `query ($after: String) {
    subscriptions(where: { funded_gt: "0", state: active }, orderBy: "since", limit: 100, after: $after) {
      items { subscriber } ${PAGE_FIELDS} } }`;
  return askIndexer(url, query, { after: after ?? null }, pageOf('subscriptions', earner));
}
