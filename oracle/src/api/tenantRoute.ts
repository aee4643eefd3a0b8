import { createHash } from 'node:crypto';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from '@hono/zod-openapi';
import { TonneError, type Feature } from '@truetonne/protocol';
import type { Context } from 'hono';
import type { Permission } from '../domain/roles.ts';
import { enterTenant, type TenantSession } from '../store/database/tenant.ts';
import { readText } from './body.ts';
import {
  assertOwnPage,
  getActor,
  getCredential,
  type Actor,
  type Credential,
  type Need,
} from './caller.ts';
import type { ApiContext } from './context.ts';
import {
  doOnce,
  hashRequest,
  IDEMPOTENCY_KEY,
  parseIdempotencyKey,
  tenantAnswers,
  type Reply,
  type StoredReply,
} from './idempotency.ts';
import { parseJsonText } from './jsonBody.ts';
import { takeOfTenant, withDay, type LimitHeaders } from './requestLimits.ts';
import { parseParameters, problemContent, type ApiEnv } from './route.ts';

/** A route on one organisation's own rows. */
export interface TenantRoute<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As OpenAPI has it: `/v1/keys/{id}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly permission: Permission;
  /** What the organisation's plan has to give for it. */
  readonly feature?: Feature;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly answer: Answer;
  readonly status?: 200 | 201 | 202;
  /** Asks for the second factor of whoever has one. */
  readonly dangerous?: boolean;
  /** The answer holds a secret: it is not kept for repetitions. */
  readonly secret?: boolean;
  /** Changes a thing that has versions: the handler asserts If-Match. */
  readonly match?: boolean;
  /** Stores nothing, though it is sent as a write is. */
  readonly storesNothing?: boolean;
}

export interface Call<Params, Query, Body> {
  readonly session: TenantSession;
  readonly actor: Actor;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly now: number;
  /** Throws PRECONDITION_REQUIRED without If-Match, PRECONDITION_FAILED when it is of another version. */
  readonly assertMatch: (version: number) => void;
}

/** No body. */
export const noBody = z.undefined();

export const tenantQuery = z.object({
  organisation: z
    .uuid()
    .optional()
    .openapi({ description: 'Whose rows; an API key names its organisation itself' }),
});

/**
 * Adds a route that works inside of one organisation: it finds out who asks, whether they may, counts
 * the request, and runs the handler in a transaction that the database itself confines to the rows of
 * that organisation. Everything of a write (rights, change, audit entry, idempotent answer) is in that
 * one transaction.
 */
export function addTenantRoute<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(
  app: OpenAPIHono<ApiEnv>,
  api: ApiContext,
  route: TenantRoute<Params, Query, Body, Answer>,
  handler: (
    call: Call<z.infer<Params>, z.infer<Query>, z.infer<Body>>,
  ) => Promise<Reply<z.input<Answer>>>,
): void {
  describe(app, route);
  const path = route.path.replace(/\{(\w+)\}/g, ':$1');
  app.on(route.method.toUpperCase(), path, async (context) => {
    const { incoming } = context.env;
    const credential = getCredential(incoming);
    const isWrite = route.method !== 'get';
    if (isWrite) assertOwnPage(incoming, credential, api.signIn.origins);
    const params = parseParameters(route.params, context.req.param());
    const { organisation, ...rest } = context.req.query();
    const given = parseParameters(tenantQuery, organisation === undefined ? {} : { organisation });
    const query = parseParameters(route.query, rest);
    const text = isWrite ? await readText(incoming) : '';
    const body = parseBody(route.body, text);
    const key = isOnce(route)
      ? parseIdempotencyKey(context.req.header(IDEMPOTENCY_KEY))
      : undefined;
    const now = api.now();
    const need = {
      ...{ permission: route.permission, organisationId: given.organisation, forWrite: isWrite },
      dangerous: route.dangerous === true,
    };
    const { reply, limits } = await runAsTenant(api, credential, need, async (session, actor) => {
      const assertMatch = matcherOf(context);
      const work = async (): Promise<StoredReply> => {
        if (route.feature !== undefined)
          await api.entitlements.assertFeature(session, session.organisationId, route.feature);
        const call = { session, actor, params, query, body, now, assertMatch };
        return toStored(route, await handler(call));
      };
      if (key === undefined) return work();
      const hash = hashRequest(actor.name, route.method, context.req.url, text);
      const { secret = false } = route;
      return doOnce(tenantAnswers(session), { key, hash, secret }, now, work);
    });
    return respond(context, reply, limits);
  });
}

/**
 * Finds out who asks, counts the request, and runs work on the rows of one organisation, all in one
 * transaction.
 */
export async function runAsTenant<T>(
  api: ApiContext,
  credential: Credential,
  need: Need,
  work: (session: TenantSession, actor: Actor) => Promise<T>,
): Promise<TenantReply<T>> {
  return api.database.transaction(async (outer) => {
    const actor = await getActor(outer, credential, need, api.now());
    const { organisationId } = actor.organisation;
    const rates = api.requestsPerMinute(organisationId);
    const minute = await takeOfTenant(api.requestLimits, organisationId, actor.credentialId, rates);
    const limits = withDay(minute, api.entitlements.countCall(organisationId));
    const reply = await work(await enterTenant(outer, organisationId), actor);
    return { reply, limits, organisationId };
  });
}

interface TenantReply<T> {
  readonly reply: T;
  readonly limits: LimitHeaders;
  readonly organisationId: string;
}

function parseBody<Body extends z.ZodType>(schema: Body, text: string): z.infer<Body> {
  return parseJsonText(text === '' ? undefined : text, schema);
}

/** Whether a route heeds an idempotency key. */
function isOnce({ method, storesNothing = false }: Pick<AnyRoute, 'method' | 'storesNothing'>) {
  return method !== 'get' && !storesNothing;
}

/** What a route answers as text. */
export function toStored(
  { method, status, answer }: Pick<AnyRoute, 'method' | 'status' | 'answer'>,
  reply: Reply<unknown>,
): StoredReply {
  const text = JSON.stringify(answer.parse(reply.body));
  const etag = method === 'get' ? readTag(text, reply.etag) : reply.etag;
  return { text, status: reply.status ?? status ?? 200, etag, replayed: false };
}

/** Of the whole text: what is shown of a thing, such as how a goal stands, changes while its version does not. */
function readTag(text: string, ofVersion: string | undefined): string {
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  return ofVersion === undefined ? `"${hash}"` : `${ofVersion.slice(0, -1)}-${hash}"`;
}

export function respond(
  context: Context<ApiEnv>,
  { text, status, etag, replayed }: StoredReply,
  limits: LimitHeaders,
): Response {
  const headers = new Headers({
    'content-type': 'application/json',
    'cache-control': 'private, no-cache',
    ...limits,
  });
  if (etag !== undefined) headers.set('etag', etag);
  if (replayed) headers.set('idempotent-replayed', 'true');
  const unchanged = etag !== undefined && context.req.header('if-none-match') === etag;
  if (unchanged && context.req.method === 'GET')
    return new Response(null, { status: 304, headers });
  return new Response(text, { status, headers });
}

/** The ETag of a version of a thing; that of a read has the hash of its text behind it. */
export function etagOf(version: number): string {
  return `"v${version}"`;
}

function matcherOf(context: Context<ApiEnv>): (version: number) => void {
  return (version) => {
    const given = context.req.header('if-match');
    if (given === undefined) throw new TonneError('PRECONDITION_REQUIRED', { field: 'if-match' });
    const expected = etagOf(version);
    if (given.replace(/^("v\d+)-[\w-]+"$/, '$1"') === expected) return;
    throw new TonneError('PRECONDITION_FAILED', { field: 'if-match', value: given, expected });
  };
}

type AnyRoute = TenantRoute<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>;

function needsOf({
  permission,
  dangerous,
  feature,
}: Pick<AnyRoute, 'permission' | 'dangerous' | 'feature'>): string {
  const factor = dangerous === true ? ' and the second factor' : '';
  const plan = feature === undefined ? '' : ` The plan has to give ${feature}.`;
  return `Needs ${permission}${factor}.${plan}`;
}

const KEY_HEADER = z.object({
  [IDEMPOTENCY_KEY]: z
    .string()
    .optional()
    .openapi({ description: 'The same request with the same key is done once within a day' }),
});
const MATCH_HEADER = z.object({
  'if-match': z.string().openapi({ description: 'ETag of the version that is changed' }),
});

/** Headers that a write heeds. */
export function headersOf(
  route: Pick<AnyRoute, 'method' | 'storesNothing' | 'match'>,
): z.ZodObject | undefined {
  if (!isOnce(route)) return undefined;
  return route.match === true ? KEY_HEADER.extend(MATCH_HEADER.shape) : KEY_HEADER;
}

function describe(app: OpenAPIHono<ApiEnv>, route: AnyRoute): void {
  const { method, path, tag, summary, params, query, body, answer, status = 200 } = route;
  const hasBody = body !== noBody;
  const headers = headersOf(route);
  app.openAPIRegistry.registerPath({
    ...{ method, path, tags: [tag], summary },
    description: needsOf(route),
    security: [{ session: [] }, { key: [] }],
    request: {
      ...{ params, query: tenantQuery.extend(query.shape), ...(headers && { headers }) },
      ...(hasBody && {
        body: { required: true, content: { 'application/json': { schema: body } } },
      }),
    },
    responses: {
      [status]: { description: 'OK', content: { 'application/json': { schema: answer } } },
      '4XX': { description: 'Problem details (RFC 9457)', content: problemContent },
    },
  });
}
