import type { Listing } from '@truetonne/protocol';
import { getAddress } from 'viem';
import type { ListingRow } from '../../api/indexer/index.ts';
import type { Checked } from '../../forms/index.ts';
import { parseTonnes, phrase, tonnes } from '../../ui/format.ts';

/** The listing as the contract knows it: its id is the hash of this. */
export function toListing(row: ListingRow): Listing {
  const { seller, creditId, pricePerTonne, currency, minimumGrams, expiresAt } = row;
  const terms = { pricePerTonne, currency, minimumGrams, expiresAt };
  return { seller: getAddress(seller), creditId, terms };
}

/** "Desert Sun, vintage 2024". */
export function listingName({ project, creditId, vintage }: ListingRow): string {
  return `${project?.name ?? `Credit ${String(creditId)}`}, vintage ${vintage}`;
}

export type ListingState = 'open' | 'soldOut' | 'over';

export function stateOf({ leftGrams, expiresAt }: ListingRow, now: number): ListingState {
  if (leftGrams === 0n) return 'soldOut';
  return now >= expiresAt ? 'over' : 'open';
}

/** Tonnes as typed: no more than is left, and no fewer than the seller sells at once. */
export function checkPurchase(input: string, row: ListingRow): Checked<bigint> {
  const grams = parseTonnes(input);
  if (typeof grams === 'string') return { ok: false, problem: grams };
  const { leftGrams, minimumGrams } = row;
  if (grams > leftGrams) {
    return { ok: false, problem: `${phrase(tonnes(leftGrams))} are left.` };
  }
  if (grams < minimumGrams && grams < leftGrams) {
    const least = phrase(tonnes(minimumGrams));
    return { ok: false, problem: `At least ${least}, or all that is left.` };
  }
  return { ok: true, value: grams };
}

/** Contract's last second: a listing without an end. */
export const NEVER = 2 ** 40 - 1;

/** The last day of a sale as typed, "YYYY-MM-DD": sold to its end, UTC. Empty for no end. */
export function checkLastDay(input: string, now: number): Checked<number> {
  if (input === '') return { ok: true, value: NEVER };
  const end = Date.parse(`${input}T00:00:00Z`) / 1000 + 86_400;
  if (Number.isNaN(end)) return { ok: false, problem: 'Choose a day, or leave it empty.' };
  if (end <= now) return { ok: false, problem: 'That day is over; choose a later one.' };
  return { ok: true, value: end };
}

/** Fewest tonnes of one sale as typed; empty for one gram. */
export function checkMinimum(input: string, offered: bigint | undefined): Checked<bigint> {
  if (input.trim() === '') return { ok: true, value: 0n };
  const grams = parseTonnes(input);
  if (typeof grams === 'string') return { ok: false, problem: grams };
  if (offered !== undefined && grams > offered) {
    return { ok: false, problem: `More than what is offered: ${phrase(tonnes(offered))}.` };
  }
  return { ok: true, value: grams };
}
