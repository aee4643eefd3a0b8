/** What happened to a subscription, in the words of the page. */
import { CATALOGUE, isErrorCode } from '@truetonne/protocol';
import type { HistoryEvent, HistoryKind } from '../../api/indexer/index.ts';
import type { PaymentToken } from '../../chain/index.ts';
import { date } from '../../ui/format.ts';
import { coins, usd } from '../../ui/money.ts';

const kinds: Readonly<Record<HistoryKind, string>> = {
  subscribed: 'Subscribed',
  trialStarted: 'Trial began',
  renewed: 'Renewed',
  planChanged: 'Plan changed',
  paymentReceived: 'Paid',
  discountApplied: 'Discount',
  loyaltyApplied: 'Loyalty discount',
  promoUsed: 'Promo code used',
  instalmentPaid: 'Instalment paid',
  instalmentMissed: 'Instalment missed',
  referrerRegistered: 'Registered as a referrer',
  referralPaid: 'Referrer paid',
  bountyPaid: 'Keeper’s share received',
  paymentFailed: 'Automatic renewal failed',
  graceStarted: 'Grace began',
  canceled: 'Canceled',
  resumed: 'Resumed',
  refunded: 'Unused money paid back',
  renewalCapSet: 'Automatic renewal set',
  disputed: 'Disputed',
  resolved: 'Dispute ended',
  handOverOffered: 'Hand-over offered',
  handedOver: 'Handed over',
  collected: 'Earned money collected',
  owed: 'Money kept for you',
  claimed: 'Kept money taken',
};

export const kindName = (kind: HistoryKind): string => kinds[kind];

/** A kept amount, in the token's own units where the token is not known. */
function moneyOf({ amount, tokenId }: HistoryEvent, tokens: readonly PaymentToken[]): string[] {
  if (amount === undefined) return [];
  const token = tokens.find(({ id }) => id === tokenId);
  return [token === undefined ? String(amount) : coins(amount, token)];
}

function capOf({ amount = 0n }: HistoryEvent): string[] {
  return [amount === 0n ? 'off' : `up to ${usd(amount * 10_000n)} a term`];
}

/** Why a keeper could not renew: a code of the catalogue, or a bare selector. */
function reasonOf({ reason }: HistoryEvent): string[] {
  if (reason === undefined) return [];
  return [isErrorCode(reason) ? CATALOGUE[reason].title : reason];
}

/** What an event says beside its name, the most telling first; wallets and hashes are shown apart. */
export function detailsOf(
  event: HistoryEvent,
  planNamed: (planId: number) => string,
  tokens: readonly PaymentToken[],
): readonly string[] {
  const { kind, planId, percent, number, until } = event;
  const numbered = kind === 'paymentReceived' ? 'receipt' : 'number';
  return [
    ...(kind === 'renewalCapSet' ? capOf(event) : moneyOf(event, tokens)),
    ...(planId === undefined ? [] : [planNamed(planId)]),
    ...(percent === undefined ? [] : [`${percent} % off`]),
    ...(number === undefined ? [] : [`${numbered} ${number}`]),
    ...(until === undefined ? [] : [`until ${date(until)}`]),
    ...reasonOf(event),
  ];
}
