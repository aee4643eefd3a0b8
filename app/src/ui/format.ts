/**
 * Quantities as text. Energy and mass are integers (Wh, g) and every digit shown is exact: a
 * decimal point is only moved, nothing is rounded.
 */

export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

const THOUSAND = 1_000n;
const MILLION = 1_000_000n;

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Moves the decimal point of an integer: (1234567n, 3) is "1,234.567". */
export function fixedPoint(value: bigint, decimals: number): string {
  const sign = value < 0n ? '−' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  if (decimals === 0) return sign + grouped(digits);
  const whole = digits.slice(0, -decimals);
  return `${sign}${grouped(whole)}.${digits.slice(-decimals)}`;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Energy in Wh, exact, in Wh, kWh or (from 100,000 kWh) MWh. */
export function energy(wh: bigint): Quantity {
  const size = magnitude(wh);
  if (size < THOUSAND) return { value: fixedPoint(wh, 0), unit: 'Wh' };
  if (size < 100n * MILLION) return { value: fixedPoint(wh, 3), unit: 'kWh' };
  return { value: fixedPoint(wh, 6), unit: 'MWh' };
}

/** Mass in grams of CO2e, exact, in g, kg or t. */
export function mass(grams: bigint): Quantity {
  const size = magnitude(grams);
  if (size < THOUSAND) return { value: fixedPoint(grams, 0), unit: 'g CO₂e' };
  if (size < MILLION) return { value: fixedPoint(grams, 3), unit: 'kg CO₂e' };
  return { value: fixedPoint(grams, 6), unit: 't CO₂e' };
}

/** Mass in grams as tonnes with the six decimals of a credit. */
export function tonnes(grams: bigint): Quantity {
  return { value: fixedPoint(grams, 6), unit: 't CO₂e' };
}

/** Energy certificates in words: "3 energy certificates (3 MWh)". */
export function certificates(amount: bigint): string {
  const number = count(amount);
  return `${number} energy certificate${amount === 1n ? '' : 's'} (${number} MWh)`;
}

/** Power in mW. Whole watts (cut, not rounded) from 1 kW: a live figure, not an account. */
export function power(milliwatts: bigint): Quantity {
  const size = magnitude(milliwatts);
  if (size < MILLION) return { value: fixedPoint(milliwatts / 100n, 1), unit: 'W' };
  if (size < MILLION * THOUSAND) return { value: fixedPoint(milliwatts / THOUSAND, 3), unit: 'kW' };
  return { value: fixedPoint(milliwatts / MILLION, 3), unit: 'MW' };
}

/** Emission factor: micrograms per Wh are grams per MWh; shown as g/kWh, exact. */
export function factor(microgramsPerWh: bigint): Quantity {
  return { value: fixedPoint(microgramsPerWh, 3), unit: 'g CO₂e/kWh' };
}

/** A decimal as a service writes it, with its thousands apart and a minus that is one. */
export function groupedDecimal(decimal: string): string {
  const [, sign = '', whole = '', rest = ''] = /^(-?)(\d+)(.*)$/.exec(decimal) ?? [];
  return `${sign === '' ? '' : '−'}${grouped(whole)}${rest}`;
}

export function count(value: number | bigint): string {
  return fixedPoint(BigInt(value), 0);
}

/** The quantity as one piece of text, with a space that never breaks. */
export function phrase({ value, unit }: Quantity): string {
  return `${value}\u00a0${unit}`;
}

/**
 * Tonnes typed by a person to grams, exact.
 * @returns the grams, or a sentence that says what is wrong.
 */
export function parseTonnes(input: string): bigint | string {
  // A comma is only taken between groups of three: "1,5" could mean one and a half.
  const match = /^(\d{1,12}|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/.exec(input.trim());
  if (match === null) return 'Enter an amount in tonnes, such as 1.25.';
  const [, whole = '0', decimals = ''] = match;
  if (decimals.length > 6) return 'A credit has six decimals: 0.000001 t is one gram.';
  const grams = BigInt(whole.replaceAll(',', '')) * MILLION + BigInt(decimals.padEnd(6, '0'));
  return grams === 0n ? 'Enter more than zero.' : grams;
}

/** "0x1234…cdef": enough to recognise, never enough to rely on. */
export function shortHex(value: string, lead = 6, tail = 4): string {
  return value.length <= lead + tail + 1 ? value : `${value.slice(0, lead)}…${value.slice(-tail)}`;
}

/** Unix seconds as "2026-11-20 13:45 UTC"; with seconds when they are not zero. */
export function dateTime(unixSeconds: number): string {
  const iso = new Date(unixSeconds * 1000).toISOString();
  const time = unixSeconds % 60 === 0 ? iso.slice(11, 16) : iso.slice(11, 19);
  return `${iso.slice(0, 10)} ${time} UTC`;
}

export function date(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString().slice(0, 10);
}

/**
 * A moment typed into a field of UTC, "YYYY-MM-DDTHH:MM", as Unix seconds.
 * @returns undefined while it is incomplete
 */
export function parseUtc(typed: string): number | undefined {
  const milliseconds = Date.parse(`${typed}Z`);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

/** Unix seconds for a field of UTC, down to the minute. */
export function toUtcField(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString().slice(0, 16);
}

/** How far ahead, in one unit: "in 42 s", "in 3 min", "in 5 h", "in 12 days"; "now" when it is over. */
export function ahead(unixSeconds: number, nowSeconds: number): string {
  const seconds = Math.floor(unixSeconds - nowSeconds);
  if (seconds <= 0) return 'now';
  if (seconds < 120) return `in ${seconds} s`;
  if (seconds < 7_200) return `in ${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `in ${Math.floor(seconds / 3_600)} h`;
  return `in ${Math.floor(seconds / 86_400)} days`;
}

/** How long ago, in one unit: "just now", "42 s ago", "3 min ago", "5 h ago", "12 days ago". */
export function ago(unixSeconds: number, nowSeconds: number): string {
  const seconds = Math.max(0, Math.floor(nowSeconds - unixSeconds));
  if (seconds < 5) return 'just now';
  if (seconds < 120) return `${seconds} s ago`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h ago`;
  return `${Math.floor(seconds / 86_400)} days ago`;
}

/** A point in millionths of a degree as "34.050000° N, 118.250000° W". */
export function coordinates(latitudeE6: number, longitudeE6: number): string {
  const part = (valueE6: number, positive: string, negative: string): string =>
    `${fixedPoint(BigInt(Math.abs(valueE6)), 6)}° ${valueE6 < 0 ? negative : positive}`;
  return `${part(latitudeE6, 'N', 'S')}, ${part(longitudeE6, 'E', 'W')}`;
}

/** Minutes east of UTC as "UTC−05:00". */
export function utcOffset(minutes: number): string {
  const size = Math.abs(minutes);
  const hours = String(Math.floor(size / 60)).padStart(2, '0');
  return `UTC${minutes < 0 ? '−' : '+'}${hours}:${String(size % 60).padStart(2, '0')}`;
}

/** Milliseconds as "0.42 s" or "12 ms": durations measured here, not accounts. */
export function duration(milliseconds: number): Quantity {
  return milliseconds < 100
    ? { value: milliseconds.toFixed(0), unit: 'ms' }
    : { value: (milliseconds / 1000).toFixed(2), unit: 's' };
}

export function bytes(length: number): Quantity {
  if (length < 1_000) return { value: String(length), unit: 'B' };
  if (length < 1_000_000) return { value: (length / 1_000).toFixed(1), unit: 'kB' };
  return { value: (length / 1_000_000).toFixed(2), unit: 'MB' };
}

/**
 * Unix seconds at which a UTC day "YYYY-MM-DD" begins; `undefined` while it is being typed, when a browser
 * already says the year 2 to whoever is on the way to 2026.
 */
export function startOfDay(day: string): number | undefined {
  const milliseconds = Date.parse(`${day}T00:00:00Z`);
  return milliseconds >= 0 ? milliseconds / 1000 : undefined;
}
