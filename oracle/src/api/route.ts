import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { HttpBindings } from '@hono/node-server';
import { TonneError } from '@truetonne/protocol';
import { PROBLEM_TYPE } from '../runtime/problem.ts';
import { problemSchema } from './schemas/shared.ts';

export interface ApiEnv {
  readonly Bindings: HttpBindings;
}

/** An app whose parameters are refused as PARAMETER_INVALID with field and value. */
export function createApp(): OpenAPIHono<ApiEnv> {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result, context) => {
      if (result.success) return;
      const [issue] = result.error.issues;
      const field = issue?.path.join('.') ?? result.target;
      const value = context.req.param(field) ?? context.req.query(field) ?? 'nothing';
      const expected = issue?.message ?? 'see /docs';
      throw new TonneError('PARAMETER_INVALID', { field, value, expected });
    },
  });
}

/** Parameters of a route that is not checked by its description. Throws PARAMETER_INVALID. */
export function parseParameters<Schema extends z.ZodObject>(
  schema: Schema,
  given: Readonly<Record<string, string>>,
): z.infer<Schema> {
  const [withNul] = Object.entries(given).find(([, value]) => value.includes('\0')) ?? [];
  if (withNul !== undefined) {
    const value = given[withNul] ?? '';
    throw new TonneError('PARAMETER_INVALID', {
      field: withNul,
      value,
      expected: 'text without U+0000',
    });
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? 'query';
  const expected = issue?.message ?? 'see /docs';
  throw new TonneError('PARAMETER_INVALID', { field, value: given[field] ?? 'nothing', expected });
}

export const problemContent = { [PROBLEM_TYPE]: { schema: problemSchema } };

interface GetRoute<Path extends string, Schema extends z.ZodType> {
  readonly path: Path;
  readonly tag: string;
  readonly summary: string;
  readonly answer: Schema;
}

/** A route that reads: JSON with 200, or problem details. */
export function getRoute<
  Path extends string,
  Schema extends z.ZodType,
  Params extends z.ZodObject,
  Query extends z.ZodObject,
>(route: GetRoute<Path, Schema> & { readonly params: Params; readonly query: Query }) {
  const { path, tag, summary, answer, params, query } = route;
  return createRoute({
    method: 'get',
    path,
    tags: [tag],
    summary,
    request: { params, query },
    responses: {
      200: { description: 'OK', content: { 'application/json': { schema: answer } } },
      '4XX': { description: 'Problem details (RFC 9457)', content: problemContent },
    },
  });
}

export const nothing = z.object({});

/** Most rows of a page. */
const MAX_LIMIT = 5_000;

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(500),
  cursor: z
    .string()
    .max(100)
    .optional()
    .openapi({ description: '`nextCursor` of the page before' }),
});

export const cursorSchema = z
  .string()
  .nullable()
  .openapi({ description: 'null: this was the last page' });

/** A page of what was read, which is one row more than it holds where there are more. */
export function cutPage<Row>(
  read: readonly Row[],
  limit: number,
  cursorOf: (last: Row) => string,
): { readonly rows: readonly Row[]; readonly nextCursor: string | null } {
  const rows = read.slice(0, limit);
  const last = read.length > limit ? rows.at(-1) : undefined;
  return { rows, nextCursor: last === undefined ? null : cursorOf(last) };
}

/** Where a row stands in its list: by the number, rows of the same number by the text. */
export type ListPlace = readonly [number, string];

/**
 * A page of a list that is made whole and stands by `placeOf`: its cursor is the place of the last row, so that
 * rows that come and go between two pages repeat and hide none. Throws PARAMETER_INVALID.
 */
export function pageAfter<Row>(
  list: readonly Row[],
  { cursor, limit }: z.infer<typeof pageQuery>,
  placeOf: (row: Row) => ListPlace,
): { readonly rows: readonly Row[]; readonly nextCursor: string | null } {
  const after = parsePlace(cursor);
  const left = list.filter((row) => after === undefined || isBehind(placeOf(row), after));
  return cutPage(left, limit, (last) => placeOf(last).join('.').replace(/\.$/, ''));
}

function isBehind([number, text]: ListPlace, [afterNumber, afterText]: ListPlace): boolean {
  return number === afterNumber ? text > afterText : number > afterNumber;
}

function parsePlace(cursor: string | undefined): ListPlace | undefined {
  if (cursor === undefined) return undefined;
  const [, number, text = ''] = /^(-?\d{1,16})(?:\.([0-9a-fx-]{1,66}))?$/.exec(cursor) ?? [];
  if (number === undefined) throw invalidCursor(cursor);
  return [Number(number), text];
}

/** A page of a ranking, in which rows change places: its cursor is a position. Throws PARAMETER_INVALID. */
export function slicePage<Row>(
  list: readonly Row[],
  { cursor, limit }: z.infer<typeof pageQuery>,
): { readonly rows: readonly Row[]; readonly nextCursor: string | null } {
  const [from = 0] = parseCursor(cursor, [0]);
  const end = from + limit;
  return { rows: list.slice(from, end), nextCursor: end < list.length ? String(end) : null };
}

/** Largest value of a column of type integer: project ids and numbers of batches. */
export const MAX_INTEGER = 2 ** 31 - 1;

export const projectIdParameter = z.coerce.number().int().positive().max(MAX_INTEGER);

/** The whole numbers that a cursor is made of, each at most `most`. Throws PARAMETER_INVALID. */
export function parseCursor(
  cursor: string | undefined,
  start: readonly number[],
  most = Number.MAX_SAFE_INTEGER,
): readonly number[] {
  if (cursor === undefined) return start;
  const parts = cursor.split('.');
  const numbers = parts.map(Number);
  const fits =
    parts.every((part) => /^\d{1,16}$/.test(part)) && numbers.every((one) => one <= most);
  if (parts.length === start.length && fits) return numbers;
  throw invalidCursor(cursor);
}

export function invalidCursor(value: string): TonneError {
  return new TonneError('PARAMETER_INVALID', { field: 'cursor', value, expected: '`nextCursor`' });
}
