import { and, eq, ne, sql } from 'drizzle-orm';
import { NO_ENERGY, type JudgedSum } from '../domain/statements/due.ts';
import type { HourSpan, MeasuredRange } from '../domain/statements/hours.ts';
import type { Session } from './database/database.ts';
import { adjustments, batches } from './tables/schema.ts';

type AdjustmentRow = typeof adjustments.$inferSelect;

/** What all batches of a project found to be due for a subject, and what of it they left out, Wh. */
export type BookedAdjustment = Omit<AdjustmentRow, 'batchKey'>;

/** Of batches that were not refused. */
export async function readBookedAdjustments(
  { orm }: Session,
  projectId: number,
): Promise<readonly BookedAdjustment[]> {
  const { reason, subject, dueWh, deductedWh } = adjustments;
  const sumOf = (column: typeof dueWh | typeof deductedWh) => sql<string>`sum(${column})::text`;
  const rows = await orm
    .select({ reason, subject, dueWh: sumOf(dueWh), deductedWh: sumOf(deductedWh) })
    .from(adjustments)
    .innerJoin(batches, eq(batches.key, adjustments.batchKey))
    .where(and(eq(batches.projectId, projectId), ne(batches.phase, 'refused')))
    .groupBy(reason, subject);
  return rows.map((row) => ({
    ...row,
    dueWh: BigInt(row.dueWh),
    deductedWh: BigInt(row.deductedWh),
  }));
}

/** What one batch found to be due, and what it left out. */
export function readBatchAdjustments(
  { orm }: Session,
  batchKey: number,
): Promise<readonly AdjustmentRow[]> {
  return orm.select().from(adjustments).where(eq(adjustments.batchKey, batchKey));
}

export async function saveAdjustments(
  { orm }: Session,
  batchKey: number,
  booked: readonly BookedAdjustment[],
): Promise<void> {
  if (booked.length === 0) return;
  await orm.insert(adjustments).values(booked.map((one) => ({ ...one, batchKey })));
}

const CREDITED_RANGES = `
  SELECT device_number, opened_at, closed_at FROM (
    SELECT batch_devices.device_number, batches.project_id, batches.own, batch_devices.closed_at,
      coalesce(lag(batch_devices.closed_at) OVER (
        PARTITION BY batch_devices.device_number ORDER BY batch_devices.closing_sequence
      ), devices.claimed_at) AS opened_at
    FROM batch_devices
    JOIN batches ON batches.key = batch_devices.batch_key
    JOIN devices ON devices.number = batch_devices.device_number
    WHERE batches.phase <> 'refused' AND batch_devices.device_number IN (
      SELECT device_number FROM batch_devices JOIN batches ON batches.key = batch_key
      WHERE project_id = $1::int)
  ) AS ranges
  WHERE project_id = $1::int AND own
  ORDER BY device_number, closed_at`;

/** Where windows lie that our batches of a project hold, device by device in the order of time. */
export async function readCreditedRanges(
  { run }: Session,
  projectId: number,
): Promise<readonly MeasuredRange[]> {
  const rows = await run(CREDITED_RANGES, [projectId], 'credited-ranges');
  return rows.map(([deviceNumber, openedAt, closedAt]) => ({
    deviceNumber: Number(deviceNumber),
    ...{ openedAt: Number(openedAt), closedAt: Number(closedAt) },
  }));
}

const SUM_HOURS = `
  SELECT span.place, sum(exported_wh)::text, sum(imported_wh)::text, sum(deducted_wh)::text
  FROM unnest($1::int[], $2::bigint[], $3::bigint[])
    WITH ORDINALITY AS span (device_number, opens, ends, place)
  JOIN energy_hours ON energy_hours.device_number = span.device_number
    AND starts_at >= span.opens AND starts_at < span.ends
  GROUP BY span.place`;

/** What was judged of each span, in their order. */
export async function sumHours(
  { run }: Session,
  spans: readonly HourSpan[],
): Promise<readonly JudgedSum[]> {
  if (spans.length === 0) return [];
  const values = [
    spans.map(({ deviceNumber }) => deviceNumber),
    spans.map(({ from }) => from),
    spans.map(({ until }) => until),
  ];
  const rows = await run(SUM_HOURS, values, 'sum-hours');
  const sums = new Map(
    rows.map(([place, exported, imported, deducted]) => [
      Number(place),
      {
        exportWh: BigInt(String(exported)),
        importWh: BigInt(String(imported)),
        deductedWh: BigInt(String(deducted)),
      },
    ]),
  );
  return spans.map((_, index) => sums.get(index + 1) ?? NO_ENERGY);
}
