import type { FileRow } from '../../csv/csvRows.ts';

const NUMBER = /^[-+]?[\d.,'\s]+%?$/;

/**
 * Line that most likely holds the names of columns: the first with the most cells of text that another
 * line follows. 1 where no line with content is above it, whatever line of the file that is.
 */
export function guessHeadLine(rows: readonly FileRow[]): number {
  const texts = rows.map(
    ({ cells }) => cells.filter((cell) => cell !== '' && !NUMBER.test(cell)).length,
  );
  const followed = texts.slice(0, -1);
  const index = followed.indexOf(Math.max(...followed));
  return index < 1 ? 1 : (rows[index]?.line ?? 1);
}
