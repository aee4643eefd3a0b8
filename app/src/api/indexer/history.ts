/** The life of a wallet's subscription, event by event. */
import { address, big, hex, integer, object, oneOf, optional, text } from '../parse.ts';
import { askIndexer, PAGE_FIELDS, type PageOf } from './client.ts';
import { pageOf } from './page.ts';

const PAGE_SIZE = 25;

const historyEvent = object({
  id: text,
  kind: oneOf(
    'subscribed',
    'trialStarted',
    'renewed',
    'planChanged',
    'paymentReceived',
    'discountApplied',
    'loyaltyApplied',
    'promoUsed',
    'instalmentPaid',
    'instalmentMissed',
    'referrerRegistered',
    'referralPaid',
    'bountyPaid',
    'paymentFailed',
    'graceStarted',
    'canceled',
    'resumed',
    'refunded',
    'renewalCapSet',
    'disputed',
    'resolved',
    'handOverOffered',
    'handedOver',
    'collected',
    'owed',
    'claimed',
  ),
  planId: optional(integer),
  tokenId: optional(integer),
  /** Smallest units; US cents where automatic renewal is set. */
  amount: optional(big),
  percent: optional(integer),
  number: optional(integer),
  until: optional(integer),
  counterparty: optional(address),
  reason: optional(text),
  at: integer,
  transactionHash: hex,
});
/** Something that happened to a subscription. */
export type HistoryEvent = ReturnType<typeof historyEvent>;
export type HistoryKind = HistoryEvent['kind'];

const FIELDS =
  'id kind planId tokenId amount percent number until counterparty reason at transactionHash';

/** What happened to the subscription of a wallet, newest first. */
export function fetchSubscriptionHistory(
  url: string,
  subscriber: string,
  after: string | undefined,
): Promise<PageOf<HistoryEvent>> {
  const query = `query ($of: String!, $after: String) {
    subscriptionEvents(where: { subscriber: $of }, orderBy: "id", orderDirection: "desc",
      limit: ${PAGE_SIZE}, after: $after) { items { ${FIELDS} } ${PAGE_FIELDS} } }`;
  const variables = { of: subscriber.toLowerCase(), after: after ?? null };
  return askIndexer(url, query, variables, pageOf('subscriptionEvents', historyEvent));
}
