import { invalidCursor } from './route.ts';

/** A place in a list whose newest rows come first. */
export interface TimePlace {
  readonly createdAt: number;
  readonly id: string;
}

/** The cursor that a page ends with, when another one follows. */
export function timeCursorAfter(rows: readonly TimePlace[], limit: number): string | null {
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return last === undefined ? null : `${last.createdAt}.${last.id}`;
}

/** Throws PARAMETER_INVALID. */
export function parseTimeCursor(cursor: string | undefined): TimePlace | undefined {
  if (cursor === undefined) return undefined;
  const [, createdAt, id] = /^(\d{1,12})\.([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (createdAt === undefined || id === undefined) throw invalidCursor(cursor);
  return { createdAt: Number(createdAt), id };
}
