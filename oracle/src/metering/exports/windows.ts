import type { Session } from '../../store/database/database.ts';
import { readHistory, type HistoryPlace } from '../../store/history.ts';
import type { WindowRow } from '../../store/tables/schema.ts';

/** Windows read at once: few at first, because a day may lie in one or in 1,440. */
const FIRST_PAGE = 40;
const LARGEST_PAGE = 640;

/** [from, to), Unix seconds. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * Pages of a device's windows that close at `from` or later and may have readings before `to`; from a
 * place on where one is given.
 */
export async function* windowPages(
  session: Session,
  deviceNumber: number,
  { from, to }: TimeSpan,
  start: HistoryPlace = { closedAt: from, sequence: 0 },
): AsyncGenerator<readonly WindowRow[]> {
  let place = start;
  for (let size = FIRST_PAGE; ; size = Math.min(2 * size, LARGEST_PAGE)) {
    const rows = await readHistory(session, deviceNumber, place, size);
    // The first window that closes beyond the end still may begin before it.
    const end = rows.findIndex(({ closedAt }) => closedAt >= to);
    if (rows.length > 0) yield end === -1 ? rows : rows.slice(0, end + 1);
    const last = rows.at(-1);
    if (last === undefined || rows.length < size || end !== -1) return;
    place = { closedAt: last.closedAt, sequence: last.sequence + 1 };
  }
}

/** The same, window by window. */
export async function* windowsOf(
  session: Session,
  deviceNumber: number,
  span: TimeSpan,
): AsyncGenerator<WindowRow> {
  for await (const page of windowPages(session, deviceNumber, span)) yield* page;
}
