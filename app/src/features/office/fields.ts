/** What an operator types, field by field. */
import { FEATURES, type Feature } from '@truetonne/protocol';
import { getAddress, isAddress, zeroAddress, type Address } from 'viem';
import type { Checked } from '../../forms/index.ts';
import { parseCoins } from '../../ui/money.ts';

export type Values = Readonly<Record<string, string>>;

const no = (problem: string) => ({ ok: false, problem }) as const;

/** A whole number from `least` to `most`. */
export function checkWhole(input: string, least: number, most: number): Checked<number> {
  const typed = input.trim().replaceAll(',', '');
  const value = /^\d{1,12}$/.test(typed) ? Number(typed) : -1;
  if (value >= least && value <= most) return { ok: true, value };
  return no(`Enter a whole number from ${least} to ${most}.`);
}

/** A percentage in steps of ten, as the contract keeps that of a season. */
export function checkTens(input: string, most: number): Checked<number> {
  const checked = checkWhole(input, 0, most);
  if (checked.ok && checked.value % 10 === 0) return checked;
  return no(`Enter 0, 10, 20 … ${most}.`);
}

/** The contract keeps a price in 38 bits of USD x 10^6. */
const MAX_PRICE = 2n ** 38n - 1n;

/** A price in dollars, USD x 10^6; 0 is not sold. */
export function checkPrice(input: string): Checked<number> {
  const price = parseCoins(input, 6);
  if (typeof price === 'string') return no(price);
  if (price > MAX_PRICE) return no('At most 274,877.906943 dollars.');
  return { ok: true, value: Number(price) };
}

/** What is wrong with the two prices of a plan, USD x 10^6: Free has none, any other at least one. */
export function pricesProblem(free: boolean, monthly: number, yearly: number): string | undefined {
  const priced = monthly > 0 || yearly > 0;
  if (free) return priced ? 'Free has no price: enter 0 for both.' : undefined;
  return priced ? undefined : 'Enter a price for 30 days, for 365 days, or for both.';
}

/** A price that is believed, dollars with four decimals. */
export function checkBound(input: string): Checked<number> {
  const price = parseCoins(input, 4);
  if (typeof price === 'string') return no(price);
  if (price === 0n || price >= 2n ** 32n) return no('Enter a price from 0.0001 to 429,496.7295.');
  return { ok: true, value: Number(price) };
}

/** An address; an empty line is the zero address. */
export function checkOptionalAddress(input: string): Checked<Address> {
  const typed = input.trim();
  if (typed === '') return { ok: true, value: zeroAddress };
  if (isAddress(typed)) return { ok: true, value: getAddress(typed) };
  return no('Enter an address: 0x and 40 hex digits, with its capitals right; or nothing.');
}

export function checkAddress(input: string): Checked<Address> {
  const checked = checkOptionalAddress(input);
  if (!checked.ok || checked.value === zeroAddress)
    return no('Enter an address: 0x and 40 hex digits.');
  return checked;
}

/** "3, 8, 10" as bits, bit 0 for January; nothing is no season. */
export function checkMonths(input: string): Checked<number> {
  const typed = input.trim();
  if (typed === '') return { ok: true, value: 0 };
  const months = typed.split(',').map((part) => checkWhole(part, 1, 12));
  if (months.some(({ ok }) => !ok)) return no('Enter numbers of months, such as 3, 8, 10.');
  const bits = months.reduce((sum, month) => (month.ok ? sum | (1 << (month.value - 1)) : sum), 0);
  return { ok: true, value: bits };
}

/** The bits of months as they are typed. */
export function monthNumbers(bits: number): string {
  const numbers = Array.from({ length: 12 }, (_, index) => index + 1);
  return numbers.filter((month) => ((bits >> (month - 1)) & 1) === 1).join(', ');
}

/** "suppliers, parquet" as names of features. */
export function checkFeatures(input: string): Checked<readonly Feature[]> {
  const words = input
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const known = FEATURES.filter((feature) => words.includes(feature));
  const unknown = words.find((word) => !known.some((feature) => feature === word));
  if (unknown !== undefined) return no(`${unknown} is none of ${FEATURES.join(', ')}.`);
  return { ok: true, value: known };
}

/** 1 to 31 bytes, as the contract takes it. */
export function checkName(input: string): Checked<string> {
  const value = input.trim();
  const size = new TextEncoder().encode(value).length;
  return size >= 1 && size <= 31 ? { ok: true, value } : no('Enter a name of 1 to 31 bytes.');
}

type CheckedFields = Readonly<Record<string, Checked<unknown>>>;
type ValuesOf<C extends CheckedFields> = {
  readonly [K in keyof C]: C[K] extends Checked<infer T> ? T : never;
};

/** All values where every field is right, else the sentences of those that are not. */
export function allOf<C extends CheckedFields>(
  fields: C,
):
  | { readonly ok: true; readonly value: ValuesOf<C> }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> } {
  const entries = Object.entries<Checked<unknown>>(fields);
  const problems = entries.flatMap(([name, field]) =>
    field.ok ? [] : [[name, field.problem] as const],
  );
  if (problems.length > 0) return { ok: false, problems: Object.fromEntries(problems) };
  const values = entries.map(([name, field]): [string, unknown] => [
    name,
    field.ok ? field.value : undefined,
  ]);
  // Proof: no field has a problem, so each has the value of its own check.
  return { ok: true, value: Object.fromEntries(values) as ValuesOf<C> };
}
