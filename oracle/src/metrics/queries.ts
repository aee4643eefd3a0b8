import { count, sql } from 'drizzle-orm';
import type { Session } from '../store/database/database.ts';
import { batches, waitingWindows, windows } from '../store/tables/schema.ts';
import { readMark } from '../store/settings.ts';

/** What waits in the store. */
export interface StoreCounts {
  readonly waiting: number;
  readonly unjudged: number;
  readonly batches: ReadonlyMap<string, number>;
}

/** Cheap at any size: the backlog and the batches are few, and windows are found by their newest id. */
export async function readCounts(session: Session): Promise<StoreCounts> {
  const { orm } = session;
  const [held] = await orm.select({ count: count() }).from(waitingWindows);
  const mark = await readMark(session);
  const [newest] = await orm
    .select({ id: sql<unknown>`coalesce(max(${windows.id}), 0)` })
    .from(windows);
  const phases = await orm
    .select({ phase: batches.phase, count: count() })
    .from(batches)
    .groupBy(batches.phase);
  return {
    waiting: held?.count ?? 0,
    // Ids of windows that were here before were given away, so this is at most so many.
    unjudged: Math.max(0, Number(newest?.id ?? 0) - mark),
    batches: new Map(phases.map(({ phase, count: some }) => [phase, some])),
  };
}
