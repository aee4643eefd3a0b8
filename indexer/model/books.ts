/** Sums of one token since the beginning, and what of it is still there, smallest units. */
export interface Books {
  readonly paid: bigint;
  readonly referral: bigint;
  readonly bounty: bigint;
  readonly refunded: bigint;
  /** Given to subscribers by the end of disputes. */
  readonly resolved: bigint;
  /** Put aside for an account: of the four above what did not arrive or waits. */
  readonly kept: bigint;
  readonly claimed: bigint;
  readonly withdrawn: bigint;
  readonly balance: bigint;
  readonly funded: bigint;
  readonly earned: bigint;
  readonly owed: bigint;
}

/** What a single event adds; `funded` may shrink. */
export type Entry = Partial<Omit<Books, 'balance' | 'earned' | 'owed'>>;

export const NO_BOOKS: Books = {
  paid: 0n,
  referral: 0n,
  bounty: 0n,
  refunded: 0n,
  resolved: 0n,
  kept: 0n,
  claimed: 0n,
  withdrawn: 0n,
  balance: 0n,
  funded: 0n,
  earned: 0n,
  owed: 0n,
};

/**
 * The books with one entry more. Law 4: the contract holds what came in less what went out, and all of
 * that is unearned (in a stream), earned or owed. What is kept has not gone out yet.
 */
export function addEntry(books: Books, entry: Entry): Books {
  const sum = (name: keyof Entry): bigint => books[name] + (entry[name] ?? 0n);
  const paid = sum('paid');
  const referral = sum('referral');
  const bounty = sum('bounty');
  const refunded = sum('refunded');
  const resolved = sum('resolved');
  const kept = sum('kept');
  const claimed = sum('claimed');
  const withdrawn = sum('withdrawn');
  const funded = sum('funded');
  const owed = kept - claimed;
  const balance = paid - referral - bounty - refunded - resolved - withdrawn + owed;
  const earned = balance - funded - owed;
  const sums = { paid, referral, bounty, refunded, resolved, kept, claimed, withdrawn };
  return { ...sums, balance, funded, earned, owed };
}

/** A credit of which nothing was minted yet. */
export const NO_GRAMS = {
  mintedGrams: 0n,
  heldGrams: 0n,
  retiredGrams: 0n,
  bufferedGrams: 0n,
  voidedGrams: 0n,
  listedGrams: 0n,
} as const;

/** A certificate of which nothing was minted yet. */
export const NO_CERTIFICATES = {
  minted: 0n,
  held: 0n,
  cancelled: 0n,
  voided: 0n,
  remainderWh: 0n,
} as const;
