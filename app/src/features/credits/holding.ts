import type { Balance } from '../../api/indexer/index.ts';
import type { Checked } from '../../forms/index.ts';
import { parseTonnes, phrase, tonnes } from '../../ui/format.ts';

/** Credits of one kind in the connected wallet, in grams. */
export interface Holding {
  readonly creditId: bigint;
  /** "Desert Sun, vintage 2024". */
  readonly name: string;
  readonly grams: bigint;
}

type CreditName = Pick<Balance, 'creditId' | 'credit'>;

export function creditName({ creditId, credit }: CreditName): string {
  if (credit === undefined) return `Credit ${String(creditId)}`;
  return `${credit.project?.name ?? `Project ${credit.projectId}`}, vintage ${credit.vintage}`;
}

export function toHolding(balance: Balance): Holding {
  return { creditId: balance.creditId, name: creditName(balance), grams: balance.grams };
}

/** Tonnes as typed, at most what the wallet holds. */
export function checkAmount(input: string, holding: Holding): Checked<bigint> {
  const grams = parseTonnes(input);
  if (typeof grams === 'string') return { ok: false, problem: grams };
  if (grams > holding.grams) {
    return { ok: false, problem: `You hold ${phrase(tonnes(holding.grams))}.` };
  }
  return { ok: true, value: grams };
}

/** What the contract takes at most, in bytes of UTF-8. */
export const MAX_BENEFICIARY_BYTES = 128;
export const MAX_PURPOSE_BYTES = 256;

/** Words for a retirement: some, and no more than the contract takes. */
export function checkWords(input: string, what: string, maxBytes: number): Checked<string> {
  const words = input.trim();
  if (words === '') return { ok: false, problem: `Enter ${what}.` };
  const size = new TextEncoder().encode(words).length;
  if (size > maxBytes) {
    return { ok: false, problem: `At most ${maxBytes} bytes; this is ${size}.` };
  }
  return { ok: true, value: words };
}
