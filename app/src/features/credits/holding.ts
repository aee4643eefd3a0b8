import type { Balance } from '../../api/indexer/index.ts';
import type { Checked } from '../../forms/index.ts';
import { parseTonnes, phrase, tonnes } from '../../ui/format.ts';
import { creditName } from '../../data/creditName.ts';

/** Credits of one kind in the connected wallet, in grams. */
export interface Holding {
  readonly creditId: bigint;
  /** "Desert Sun, vintage 2024". */
  readonly name: string;
  readonly grams: bigint;
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
