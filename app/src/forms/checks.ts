/** What people type into forms, checked. */
import { getAddress, isAddress, type Address } from 'viem';
import { dateTime, parseUtc } from '../ui/format.ts';

/** What a person typed: the value, or a sentence that says what is wrong with it. */
export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** An address as typed; mixed case must be right, because it is a checksum (EIP-55). */
export function checkReceiver(input: string, from: Address): Checked<Address> {
  const typed = input.trim();
  if (!isAddress(typed)) {
    return {
      ok: false,
      problem: 'Enter an address: 0x and 40 hex digits, with its capitals right.',
    };
  }
  const to = getAddress(typed);
  if (to === getAddress(from)) return { ok: false, problem: 'That is your own wallet.' };
  if (BigInt(to) === 0n) {
    return { ok: false, problem: 'Nobody owns the zero address.' };
  }
  return { ok: true, value: to };
}

/** The contract keeps power in 32 bits. */
const MAX_WATTS = 2 ** 32 - 1;

/** Whole watts, at least one. */
export function checkWatts(input: string): Checked<number> {
  const typed = input.trim().replaceAll(',', '');
  const watts = /^\d{1,10}$/.test(typed) ? Number(typed) : 0;
  if (watts > 0 && watts <= MAX_WATTS) return { ok: true, value: watts };
  return { ok: false, problem: 'Enter whole watts, such as 6000.' };
}

/** A moment of UTC that has passed, and lies before `until` where that is given; Unix seconds. */
export function checkPast(input: string, now: number, until?: number): Checked<number> {
  const at = parseUtc(input);
  if (at === undefined) return { ok: false, problem: 'Enter a date and a time.' };
  if (at > now)
    return { ok: false, problem: 'That is still to come; choose a time that has passed.' };
  if (until !== undefined && at >= until) {
    return { ok: false, problem: `Choose a time before ${dateTime(until)}.` };
  }
  return { ok: true, value: at };
}
