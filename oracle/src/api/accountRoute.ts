import { z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { TonneError } from '@truetonne/protocol';
import { getSignedIn, type SignedIn } from '../accounts/signIn/signIn.ts';
import type { Session } from '../store/database/database.ts';
import { leaveTenant } from '../store/database/tenant.ts';
import { readText } from './body.ts';
import { assertOwnPage, getCredential } from './caller.ts';
import type { ApiContext } from './context.ts';
import {
  accountAnswers,
  doOnce,
  hashRequest,
  IDEMPOTENCY_KEY,
  parseIdempotencyKey,
  type IdempotentRequest,
  type Reply,
  type StoredReply,
} from './idempotency.ts';
import { parseJsonText } from './jsonBody.ts';
import { nothing, parseParameters, problemContent, type ApiEnv } from './route.ts';
import { headersOf, respond, toStored } from './tenantRoute.ts';

interface AccountRoute<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly params: Params;
  readonly query?: Query;
  readonly body: Body;
  readonly answer: Answer;
  readonly status?: 200 | 201;
  /** A write that is all in one transaction, and is done once by an idempotency key. */
  readonly once?: boolean;
}

export interface AccountCall<Params, Query, Body> {
  readonly signedIn: SignedIn;
  /** The cookie's value. */
  readonly token: string;
  /** The transaction of a route that is done once. */
  readonly session: Session;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly now: number;
  readonly context: Context<ApiEnv>;
}

/** Adds a route of whoever is signed in by a wallet, in no organisation. API keys have none of these. */
export function addAccountRoute<
  Params extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
  Query extends z.ZodObject = z.ZodObject,
>(
  app: OpenAPIHono<ApiEnv>,
  api: ApiContext,
  route: AccountRoute<Params, Query, Body, Answer>,
  handler: (
    call: AccountCall<z.infer<Params>, z.infer<Query>, z.infer<Body>>,
  ) => Promise<Reply<z.input<Answer>>>,
): void {
  describe(app, route);
  const path = route.path.replace(/\{(\w+)\}/g, ':$1');
  app.on(route.method.toUpperCase(), path, async (context) => {
    const { incoming } = context.env;
    const credential = getCredential(incoming);
    if (credential.kind === 'key') {
      const expected = 'a wallet that is signed in';
      throw new TonneError('NOT_ALLOWED', { field: 'role', value: 'API key', expected });
    }
    if (route.method !== 'get') assertOwnPage(incoming, credential, api.signIn.origins);
    const params = parseParameters(route.params, context.req.param());
    // Proof: a route without a query infers one from nothing.
    const query = parseParameters(route.query ?? nothing, context.req.query()) as z.infer<Query>;
    const text = route.method === 'get' ? '' : await readText(incoming);
    const body = parseJsonText(text === '' ? undefined : text, route.body);
    const now = api.now();
    const { token } = credential;
    const signedIn = await getSignedIn(api.database, token, now);
    const subject = `account:${signedIn.account.id}`;
    const limits = await api.requestLimits.take(subject, api.accountRequestsPerMinute);
    const work = async (session: Session): Promise<StoredReply> =>
      toStored(
        route,
        await handler({ signedIn, token, session, params, query, body, now, context }),
      );
    const request = route.once === true ? requestOf(context, signedIn, text) : undefined;
    const reply = await (route.once === true
      ? api.database.transaction((session) => doAsAccount(session, signedIn, request, now, work))
      : work(api.database));
    return respond(context, reply, limits);
  });
}

function requestOf(
  context: Context<ApiEnv>,
  { account }: SignedIn,
  text: string,
): IdempotentRequest | undefined {
  const key = parseIdempotencyKey(context.req.header(IDEMPOTENCY_KEY));
  const { method, url } = context.req;
  return key === undefined
    ? undefined
    : { key, hash: hashRequest(account.address, method, url, text) };
}

/** What makes or joins an organisation ends inside of it; its answer is the account's. */
async function doAsAccount(
  session: Session,
  { account }: SignedIn,
  request: IdempotentRequest | undefined,
  now: number,
  work: (session: Session) => Promise<StoredReply>,
): Promise<StoredReply> {
  if (request === undefined) return work(session);
  return doOnce(accountAnswers(session, account.id), request, now, async () => {
    const reply = await work(session);
    await leaveTenant(session);
    return reply;
  });
}

function describe(
  app: OpenAPIHono<ApiEnv>,
  route: AccountRoute<z.ZodObject, z.ZodObject, z.ZodType, z.ZodType>,
): void {
  const { method, path, tag, summary, params, query, body, answer, status = 200 } = route;
  const headers = route.once === true ? headersOf(route) : undefined;
  app.openAPIRegistry.registerPath({
    ...{ method, path, tags: [tag], summary, security: [{ session: [] }] },
    request: {
      ...{ params, ...(query && { query }), ...(headers && { headers }) },
      ...(body instanceof z.ZodUndefined
        ? {}
        : { body: { required: true, content: { 'application/json': { schema: body } } } }),
    },
    responses: {
      [status]: { description: 'OK', content: { 'application/json': { schema: answer } } },
      '4XX': { description: 'Problem details (RFC 9457)', content: problemContent },
    },
  });
}

/** The origin of one of our pages, as the browser names it. Throws ORIGIN_REFUSED. */
export function getOrigin(api: ApiContext, context: Context<ApiEnv>): string {
  const origin = context.req.header('origin') ?? '';
  const { origins } = api.signIn;
  if (origins.includes(origin)) return origin;
  const expected = origins.join(' or ');
  throw new TonneError('ORIGIN_REFUSED', { field: 'origin', value: origin, expected });
}
