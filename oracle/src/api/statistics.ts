import { decodeHeader, type OptionalFieldName, type Reading } from '@truetonne/protocol';
import { windowsOf } from '../metering/exports/windows.ts';
import { readingsOf } from '../store/readings.ts';
import { readEnergy, type Energy } from '../store/rollups.ts';
import type { DeviceRow } from '../store/tables/schema.ts';
import type { ApiContext } from './context.ts';
import type { Span } from './span.ts';

interface Measured {
  readonly count: number;
  readonly min: bigint;
  readonly max: bigint;
  readonly sum: bigint;
}

const MAX_HOURS = 200_000;
const SECONDS_PER_HOUR = 3_600;

/** What a device measured over a span of time; the mean is rounded down. */
export async function readStatistics(
  { database, now }: Pick<ApiContext, 'database' | 'now'>,
  device: DeviceRow,
  span: Span,
) {
  const fields = new Map<OptionalFieldName, Measured>();
  let [windows, readings, coveredSeconds] = [0, 0, 0];
  let covered = span.from;
  let firstAt: number | null = null;
  let lastAt: number | null = null;
  for await (const { bytes } of windowsOf(database, device.number, span)) {
    const { openedAt, closedAt } = decodeHeader(bytes);
    const coveredTo = Math.min(closedAt, span.to);
    // A window covers time also where none of its readings ends, and two that overlap cover it once.
    coveredSeconds += Math.max(0, coveredTo - Math.max(openedAt, covered));
    covered = Math.max(covered, coveredTo);
    const within = readingsOf(bytes).filter(({ at }) => at >= span.from && at < span.to);
    if (within.length === 0) continue;
    windows++;
    readings += within.length;
    firstAt ??= within[0]?.at ?? null;
    lastAt = within.at(-1)?.at ?? lastAt;
    for (const reading of within) measure(fields, reading);
  }
  const last = { from: span.from, to: Math.max(span.from, span.to - 1) };
  const hours = await readEnergy(database, device.number, 'hour', last, MAX_HOURS);
  const [firstHour, lastHour] = [hours[0], hours.at(-1)];
  const from = Math.max(span.from, device.claimedAt);
  const to = Math.max(from, Math.min(span.to, now()));
  return {
    ...{ from, to, windows, readings, firstAt, lastAt },
    energyFrom: firstHour?.startsAt ?? null,
    energyTo: lastHour === undefined ? null : lastHour.startsAt + SECONDS_PER_HOUR,
    exportedWh: sumOf(hours, 'exportedWh'),
    importedWh: sumOf(hours, 'importedWh'),
    deductedWh: sumOf(hours, 'deductedWh'),
    availabilityE4: to === from ? 0 : Math.floor((10_000 * coveredSeconds) / (to - from)),
    fields: Object.fromEntries(
      [...fields].map(([name, { count, min, max, sum }]) => [
        name,
        { count, min: String(min), max: String(max), mean: String(divideDown(sum, count)) },
      ]),
    ),
  };
}

function measure(fields: Map<OptionalFieldName, Measured>, reading: Reading): void {
  // Proof: fields has the names of optional fields as its keys, and no others.
  for (const [key, value] of Object.entries(reading.fields) as [OptionalFieldName, bigint][]) {
    const known = fields.get(key);
    fields.set(key, {
      count: (known?.count ?? 0) + 1,
      min: known === undefined || value < known.min ? value : known.min,
      max: known === undefined || value > known.max ? value : known.max,
      sum: (known?.sum ?? 0n) + value,
    });
  }
}

/** Rounds towards minus infinity; BigInt's own division rounds towards zero. */
function divideDown(sum: bigint, count: number): bigint {
  const divisor = BigInt(count);
  const quotient = sum / divisor;
  return sum % divisor < 0n ? quotient - 1n : quotient;
}

function sumOf(hours: readonly Energy[], name: 'exportedWh' | 'importedWh' | 'deductedWh'): string {
  return String(hours.reduce((sum, hour) => sum + hour[name], 0n));
}
