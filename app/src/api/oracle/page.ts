import { listOf, object, optional, text, type Parser } from '../parse.ts';

/** A part of a list and the cursor that leads to the next one. */
export interface CursorPage<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** A page whose items stand under a name of their own, such as `readings`. */
export function cursorPage<T>(name: string, item: Parser<T>): Parser<CursorPage<T>> {
  const cursor = object({ nextCursor: optional(text) });
  return (value, path) => ({
    items: itemsUnder(name, item)(value, path),
    next: cursor(value, path).nextCursor,
  });
}

export function itemsUnder<T>(name: string, item: Parser<T>): Parser<readonly T[]> {
  const shape = object({ [name]: listOf(item) });
  return (value, path) => shape(value, path)[name] ?? [];
}

/** Leaves out what is undefined. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | undefined>>,
): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(key, value);
  }
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
}
