import { TonneError, type Hex } from '@truetonne/protocol';
import { z } from 'zod';
import type { ActivityInput } from '../../accounting/index.ts';

/** Which readings a member cites: everything that these devices imported between two times. */
export interface CitedSpan {
  readonly deviceIds: readonly Hex[];
  /** Unix seconds. */
  readonly from: number;
  readonly until: number;
}

const hash = z.templateLiteral(['0x', z.string()]);

/**
 * A register as a device signed it. `leaf` is the window's header hash, leaf of its batch's tree; of the
 * device's claim (sequence 0, no reading) the claim's hash, which the chain has.
 */
const registerShape = z.object({
  readingId: z.string().nullable(),
  sequence: z.number(),
  at: z.number(),
  importWh: z.string(),
  leaf: hash,
});
export type CitedRegister = z.infer<typeof registerShape>;

const deviceShape = z.object({
  deviceId: hash,
  opening: registerShape,
  closing: registerShape,
  importWh: z.string(),
  windows: z.number(),
  batches: z.array(z.object({ batchId: z.string(), root: hash })),
});
export type CitedDevice = z.infer<typeof deviceShape>;

/** What is kept with an activity: enough for anyone to find and check each register again. */
export const citationShape = z.object({
  from: z.number(),
  until: z.number(),
  importWh: z.string(),
  devices: z.array(deviceShape),
});
export type Citation = z.infer<typeof citationShape>;

/** Of a kept row; `undefined` where its figures were entered. */
export function citationOf({ citation }: { readonly citation: string | null }) {
  return citation === null ? undefined : citationShape.parse(JSON.parse(citation));
}

export function toCitation({ from, until }: CitedSpan, devices: readonly CitedDevice[]): Citation {
  const importWh = devices.reduce((sum, one) => sum + BigInt(one.importWh), 0n);
  return { from, until, importWh: String(importWh), devices: [...devices] };
}

const WH_DIGITS = 3;

/** Kilowatt-hours of whole watt-hours, exact: 1 kWh = 1000 Wh (SI Brochure, table 5: kilo). */
export function whToKwh(wh: bigint): string {
  const digits = String(wh).padStart(WH_DIGITS + 1, '0');
  const fraction = digits.slice(-WH_DIGITS).replace(/0+$/, '');
  return `${digits.slice(0, -WH_DIGITS)}${fraction === '' ? '' : `.${fraction}`}`;
}

const METHOD = 'purchased-energy';
const FIGURE = 'energy';
const SECONDS_PER_DAY = 86_400;
/** Days of an activity are local ones: at most 14 hours from UTC. */
const DAY_SLACK = 14 * 3600;

/**
 * The input with the energy that the readings say. It is the bought electricity (Scope 2 Guidance, 6.1:
 * metered consumption), so nothing else can be cited so.
 *
 * @throws TonneError INPUT_UNKNOWN, READINGS_DIFFER
 */
export function withCitedEnergy(
  input: Omit<ActivityInput, 'id' | 'supplier'>,
  citation: Citation,
): Omit<ActivityInput, 'id' | 'supplier'> {
  const [item, ...others] = input.items;
  if (input.method !== METHOD || input.category !== 'electricity' || item === undefined) {
    const value = `${input.method} ${input.category ?? ''}`.trim();
    throw new TonneError('INPUT_UNKNOWN', {
      ...{ field: 'readings', value, expected: `${METHOD} of electricity` },
    });
  }
  if (others.length > 0) {
    const value = `${input.items.length} items`;
    throw new TonneError('INPUT_UNKNOWN', { field: 'readings', value, expected: 'one item' });
  }
  assertDay(input.date, citation);
  const energy = { value: whToKwh(BigInt(citation.importWh)), unit: 'kWh' };
  const given = item.inputs[FIGURE];
  if (given !== undefined && (given.value !== energy.value || given.unit !== energy.unit)) {
    const value = `${given.value} ${given.unit}`;
    throw differs(`inputs.${FIGURE}`, value, `${energy.value} kWh, or no figure of your own`);
  }
  return {
    ...input,
    items: [{ ...item, inputs: { ...item.inputs, [FIGURE]: { ...given, ...energy } } }],
  };
}

/** The readings end on the day of the activity, wherever on Earth it is counted. */
function assertDay(date: string, { until }: Citation): void {
  const day = Date.parse(date) / 1000;
  if (Number.isNaN(day)) return;
  const isNear = until > day - DAY_SLACK && until <= day + SECONDS_PER_DAY + DAY_SLACK;
  if (isNear) return;
  const ends = new Date((until - 1) * 1000).toISOString().slice(0, 10);
  throw differs('date', date, `${ends}, the day on which the cited readings end`);
}

function differs(field: string, value: string, expected: string): TonneError {
  return new TonneError('READINGS_DIFFER', { field, value, expected });
}
