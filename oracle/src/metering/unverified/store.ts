import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import type { Session } from '../../store/database/database.ts';
import { unverifiedReadings, type UnverifiedRow } from '../../store/tables/schema.ts';
import type { UnverifiedReading } from './parse.ts';

const INSERT = `
  INSERT INTO unverified_readings
    (source, at, export_wh, import_wh, status, fields, received_at, upload_id)
  SELECT sent.*, $7::bigint, $8::text
  FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::int[], $6::text[]) AS sent
  ON CONFLICT (source, at) DO NOTHING
  RETURNING source, at`;

/** Stores readings that are not there yet; answers for each whether it was new. */
export async function saveUnverified(
  session: Session,
  readings: readonly UnverifiedReading[],
  receivedAt: number,
  uploadId: string | null,
): Promise<readonly boolean[]> {
  const unique = new Map(readings.map((one) => [keyOf(one.source, one.at), one]));
  const sent = [...unique.values()];
  const rows = await session.run(INSERT, [
    sent.map(({ source }) => source),
    sent.map(({ at }) => at),
    sent.map(({ exportWh }) => exportWh?.toString() ?? null),
    sent.map(({ importWh }) => importWh?.toString() ?? null),
    sent.map(({ status }) => status),
    sent.map(({ fields }) => toText(fields)),
    receivedAt,
    uploadId,
  ]);
  const stored = new Set(rows.map(([source, at]) => keyOf(String(source), Number(at))));
  // Of two in one call the last is stored, and the first is called the same.
  return readings.map((one) => stored.delete(keyOf(one.source, one.at)));
}

/** Readings of a device by time, from one time on and before another. */
export function readUnverified(
  { orm }: Session,
  source: string,
  span: { readonly from: number; readonly to: number },
  limit: number,
): Promise<readonly UnverifiedRow[]> {
  return orm
    .select()
    .from(unverifiedReadings)
    .where(
      and(
        eq(unverifiedReadings.source, source),
        gte(unverifiedReadings.at, span.from),
        lt(unverifiedReadings.at, span.to),
      ),
    )
    .orderBy(asc(unverifiedReadings.at))
    .limit(limit);
}

/** Names of devices after a name, with the time of their newest reading. */
export async function readSources(
  { orm }: Session,
  after: string,
  limit: number,
): Promise<readonly { readonly source: string; readonly lastAt: number }[]> {
  const rows = await orm
    .select({
      source: unverifiedReadings.source,
      lastAt: sql<unknown>`max(${unverifiedReadings.at})`,
    })
    .from(unverifiedReadings)
    .where(sql`${unverifiedReadings.source} > ${after}`)
    .groupBy(unverifiedReadings.source)
    .orderBy(asc(unverifiedReadings.source))
    .limit(limit);
  return rows.map(({ source, lastAt }) => ({ source, lastAt: Number(lastAt) }));
}

function toText(fields: UnverifiedReading['fields']): string {
  const texts = Object.entries(fields).map(([name, value]) => [name, value.toString()]);
  return JSON.stringify(Object.fromEntries(texts));
}

function keyOf(source: string, at: number): string {
  return `${at} ${source}`;
}
