import type { Promo } from '@truetonne/protocol';
import type { Checked } from '../../forms/index.ts';
import { parseUtc } from '../../ui/format.ts';
import { allOf, checkOptionalAddress, checkWhole } from './fields.ts';

/** A promo code as it is typed. */
export interface PromoDraft {
  readonly code: string;
  readonly percent: string;
  readonly planId: string;
  /** A moment of UTC, "YYYY-MM-DDTHH:MM". */
  readonly expiresAt: string;
  readonly totalLimit: string;
  readonly walletLimit: string;
  readonly wallet: string;
}

export const EMPTY_PROMO: PromoDraft = {
  code: '',
  percent: '',
  planId: '0',
  expiresAt: '',
  totalLimit: '0',
  walletLimit: '1',
  wallet: '',
};

const MAX_CODE_BYTES = 32;

function checkCode(input: string): Checked<string> {
  const value = input.trim();
  const size = new TextEncoder().encode(value).length;
  if (size >= 1 && size <= MAX_CODE_BYTES) return { ok: true, value };
  return { ok: false, problem: `Enter a word of 1 to ${MAX_CODE_BYTES} bytes.` };
}

function checkExpiry(input: string, now: number): Checked<number> {
  const at = parseUtc(input);
  if (at !== undefined && at > now) return { ok: true, value: at };
  return { ok: false, problem: 'Enter a moment that is still to come.' };
}

/** What a code says, before it is signed. */
export type PromoTerms = Omit<Promo, 'code' | 'signature'> & { readonly code: string };

/** What is to be signed, or a sentence for each field that is wrong. `now` is Unix seconds. */
export function toPromoTerms(
  draft: PromoDraft,
  now: number,
):
  | { readonly ok: true; readonly value: PromoTerms }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> } {
  return allOf({
    code: checkCode(draft.code),
    percent: checkWhole(draft.percent, 1, 90),
    planId: checkWhole(draft.planId, 0, 2 ** 16 - 1),
    expiresAt: checkExpiry(draft.expiresAt, now),
    totalLimit: checkWhole(draft.totalLimit, 0, 2 ** 32 - 1),
    walletLimit: checkWhole(draft.walletLimit, 1, 15),
    wallet: checkOptionalAddress(draft.wallet),
  });
}
