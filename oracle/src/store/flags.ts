import type { ReasonCode } from '@truetonne/protocol';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Session } from './database/database.ts';
import { flags } from './tables/schema.ts';

/** What a verifier should look at; `readingIndex` 65535 is the whole window. */
export interface NewFlag {
  readonly deviceNumber: number;
  readonly sequence: number;
  readonly readingIndex: number;
  readonly at: number;
  readonly reason: ReasonCode;
}

export type FlagRow = typeof flags.$inferSelect;

const INSERT_FLAGS = `
  INSERT INTO flags (device_number, sequence, reading_index, reason, at)
  SELECT * FROM unnest($1::int[], $2::bigint[], $3::int[], $4::text[], $5::bigint[])
  ON CONFLICT DO NOTHING`;

export async function saveFlags(session: Session, found: readonly NewFlag[]): Promise<void> {
  if (found.length === 0) return;
  const values = [
    found.map(({ deviceNumber }) => deviceNumber),
    found.map(({ sequence }) => sequence),
    found.map(({ readingIndex }) => readingIndex),
    found.map(({ reason }) => reason),
    found.map(({ at }) => at),
  ];
  await session.run(INSERT_FLAGS, values, 'insert-flags');
}

/** Flags of some windows of one device. */
export function readFlagsOf(
  { orm }: Session,
  deviceNumber: number,
  sequences: readonly number[],
): Promise<readonly FlagRow[]> {
  return orm
    .select()
    .from(flags)
    .where(and(eq(flags.deviceNumber, deviceNumber), inArray(flags.sequence, [...sequences])));
}

/** Flags of some devices by device and window, after a place. */
export function readFlags(
  { orm }: Session,
  deviceNumbers: readonly number[],
  after: Pick<FlagRow, 'deviceNumber' | 'sequence' | 'readingIndex'>,
  limit: number,
): Promise<readonly FlagRow[]> {
  if (deviceNumbers.length === 0) return Promise.resolve([]);
  const { deviceNumber, sequence, readingIndex } = after;
  return orm
    .select()
    .from(flags)
    .where(
      and(
        inArray(flags.deviceNumber, [...deviceNumbers]),
        sql`(${flags.deviceNumber}, ${flags.sequence}, ${flags.readingIndex})
            > (${deviceNumber}, ${sequence}, ${readingIndex})`,
      ),
    )
    .orderBy(
      asc(flags.deviceNumber),
      asc(flags.sequence),
      asc(flags.readingIndex),
      asc(flags.reason),
    )
    .limit(limit);
}
