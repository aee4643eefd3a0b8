import { flag, integer, listOf, object, optional, text, type Parser } from '../parse.ts';
import type { PageOf } from './client.ts';

/** A page as Ponder answers it, under the field `name` of the data. */
export function pageOf<T>(name: string, item: Parser<T>): Parser<PageOf<T>> {
  const shape = object({
    [name]: object({
      items: listOf(item),
      totalCount: integer,
      pageInfo: object({ hasNextPage: flag, endCursor: optional(text) }),
    }),
  });
  return (value, path) => {
    const page = shape(value, path)[name];
    if (page === undefined) throw new TypeError(`${path}.${name} was not parsed`);
    const { items, totalCount, pageInfo } = page;
    return {
      items,
      total: totalCount,
      next: pageInfo.hasNextPage ? pageInfo.endCursor : undefined,
    };
  };
}

/** One row under `name`, where there is one. */
export function single<T>(name: string, item: Parser<T>): Parser<T | undefined> {
  const shape = object({ [name]: optional(item) });
  return (value, path) => shape(value, path)[name];
}
