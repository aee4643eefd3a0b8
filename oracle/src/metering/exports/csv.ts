import type { Column, Row } from './columns.ts';

/** Rows sent in one piece. */
const ROWS_PER_PIECE = 500;

/**
 * CSV after RFC 4180, piece by piece. No value needs quotes: they are ids, codes and integers. What
 * was not measured is empty.
 */
export async function* toCsv(
  columns: readonly Column[],
  rows: AsyncIterable<Row>,
): AsyncGenerator<string> {
  let piece = `${columns.map(({ name }) => name).join(',')}\r\n`;
  let count = 0;
  for await (const row of rows) {
    piece += `${columns.map(({ name }) => String(row[name] ?? '')).join(',')}\r\n`;
    if (++count % ROWS_PER_PIECE !== 0) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
