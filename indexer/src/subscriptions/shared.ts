/** What the handlers of subscription events share. */
import type { Hex } from 'viem';
import type { Context, Event } from 'ponder:registry';
import {
  paymentToken,
  referral,
  subscription,
  subscriptionEvent,
  type subscriptionEventKind,
} from 'ponder:schema';
import { addEntry, type Entry } from '../../model/books.ts';
import { NO_STREAM, type Stream } from '../../model/subscription.ts';

export type Db = Context['db'];
export type Subscription = typeof subscription.$inferSelect;
type Row = typeof subscriptionEvent.$inferSelect;
type Kind = (typeof subscriptionEventKind.enumValues)[number];
type Details = Partial<
  Omit<Row, 'id' | 'subscriber' | 'kind' | 'at' | 'blockNumber' | 'transactionHash'>
>;
/** Any event: what is used of it. */
type Happened = Pick<Event<'TonneSubscriptions:Renewed'>, 'id' | 'block' | 'transaction'>;

const NOTHING = { receipts: 0, termFrom: 0, carried: 0n, graceUntil: 0, missedAt: 0 } as const;

/** When and where on the chain something happened. */
export function placeOf({ block, transaction }: Omit<Happened, 'id'>) {
  return {
    at: Number(block.timestamp),
    blockNumber: block.number,
    transactionHash: transaction.hash,
  };
}

/** Adds a line to the life of a wallet's subscription. */
export async function record(
  db: Db,
  event: Happened,
  subscriber: Hex,
  kind: Kind,
  details: Details = {},
): Promise<void> {
  const place = placeOf(event);
  await db
    .insert(subscriptionEvent)
    .values({ id: event.id, subscriber, kind, ...details, ...place });
}

/** Adds an entry to the books of a token. */
export async function enter(db: Db, tokenId: number, entry: Entry): Promise<void> {
  await db.update(paymentToken, { id: tokenId }).set((books) => addEntry(books, entry));
}

/** What a wallet has; nothing when the tables have no row of it. */
export async function streamOf(db: Db, subscriber: Hex): Promise<Subscription> {
  const found = await db.find(subscription, { subscriber });
  // A copy: the store writes into the row that it handed out.
  if (found !== null) return { ...found };
  const nobody = { lastPurchase: null, referrer: null, offeredTo: null, disputeId: null };
  return { subscriber, ...NO_STREAM, ...NOTHING, ...nobody };
}

/** Puts another stream in the place of a wallet's, in the books of both tokens too. */
export async function replace(
  db: Db,
  old: Subscription,
  next: Stream,
  rest: Partial<Subscription> = {},
): Promise<void> {
  const { subscriber } = old;
  const row = { ...old, ...next, ...rest };
  await db
    .insert(subscription)
    .values(row)
    .onConflictDoUpdate({ ...next, ...rest });
  if (old.funded !== 0n) await enter(db, old.tokenId, { funded: -old.funded });
  if (next.funded !== 0n) await enter(db, next.tokenId, { funded: next.funded });
  if (next.endsAt === old.endsAt) return;
  const referred = await db.find(referral, { subscriber });
  if (referred !== null) await db.update(referral, { subscriber }).set({ endsAt: next.endsAt });
}
