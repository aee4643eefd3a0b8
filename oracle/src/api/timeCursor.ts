import { invalidCursor } from './route.ts';

/** A place in a list whose newest rows come first. */
export interface TimePlace {
  readonly createdAt: number;
  readonly id: string;
}

/** The cursor of a page that ends there. */
export function timeCursorOf({ createdAt, id }: TimePlace): string {
  return `${createdAt}.${id}`;
}

/** Throws PARAMETER_INVALID. */
export function parseTimeCursor(cursor: string | undefined): TimePlace | undefined {
  if (cursor === undefined) return undefined;
  const [, createdAt, id] = /^(\d{1,12})\.([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (createdAt === undefined || id === undefined) throw invalidCursor(cursor);
  return { createdAt: Number(createdAt), id };
}
