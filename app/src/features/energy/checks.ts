import type { Checked } from '../../forms/index.ts';
import { certificates } from '../../ui/format.ts';

/** Of `EnergyCertificate.sol`, bytes of UTF-8. */
export const MOST_BYTES = { beneficiary: 128, purpose: 256 } as const;

/** Whole certificates as typed, at most what is held. */
export function checkCertificates(input: string, held: bigint): Checked<bigint> {
  const typed = input.trim();
  if (!/^\d{1,19}$/.test(typed)) {
    return { ok: false, problem: 'Enter whole certificates; one is 1 MWh.' };
  }
  const amount = BigInt(typed);
  if (amount === 0n) return { ok: false, problem: 'Enter at least one certificate.' };
  if (amount > held) return { ok: false, problem: `You hold ${certificates(held)}.` };
  return { ok: true, value: amount };
}

/** A text that goes on the chain, or none. */
export function checkWords(input: string, field: keyof typeof MOST_BYTES): Checked<string> {
  const typed = input.trim();
  if (!typed.isWellFormed()) return { ok: false, problem: 'The text holds a broken character.' };
  const excess = new TextEncoder().encode(typed).length - MOST_BYTES[field];
  if (excess > 0) return { ok: false, problem: `Too long for the chain by ${excess} bytes.` };
  return { ok: true, value: typed };
}
