import { readHistory, type HistoryPlace } from '../store/history.ts';
import type { Session } from '../store/database.ts';
import type { WindowRow } from '../store/schema.ts';

/** Windows read at once. */
const PAGE = 200;

/** [from, to), Unix seconds. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** Pages of a device's windows that close at `from` or later and may have readings before `to`. */
export async function* windowPages(
  session: Session,
  deviceNumber: number,
  { from, to }: TimeSpan,
): AsyncGenerator<readonly WindowRow[]> {
  let place: HistoryPlace = { closedAt: from, sequence: 0 };
  for (;;) {
    const rows = await readHistory(session, deviceNumber, place, PAGE);
    // The first window that closes beyond the end still may begin before it.
    const end = rows.findIndex(({ closedAt }) => closedAt >= to);
    if (rows.length > 0) yield end === -1 ? rows : rows.slice(0, end + 1);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE || end !== -1) return;
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
