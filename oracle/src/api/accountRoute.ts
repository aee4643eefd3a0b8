import { z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { getSignedIn, type SignedIn } from '../signIn/signIn.ts';
import { TonneError } from '@truetonne/protocol';
import { readBody } from './body.ts';
import { assertOwnPage, getCredential } from './caller.ts';
import type { ApiContext } from './context.ts';
import type { Reply } from './idempotency.ts';
import { parseJsonText } from './jsonBody.ts';
import { parseParameters, problemContent, type ApiEnv } from './route.ts';

interface AccountRoute<
  Params extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly params: Params;
  readonly body: Body;
  readonly answer: Answer;
  readonly status?: 200 | 201;
}

export interface AccountCall<Params, Body> {
  readonly signedIn: SignedIn;
  /** The cookie's value. */
  readonly token: string;
  readonly params: Params;
  readonly body: Body;
  readonly now: number;
  readonly context: Context<ApiEnv>;
}

/** Adds a route of whoever is signed in by a wallet, in no organisation. API keys have none of these. */
export function addAccountRoute<
  Params extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(
  app: OpenAPIHono<ApiEnv>,
  api: ApiContext,
  route: AccountRoute<Params, Body, Answer>,
  handler: (call: AccountCall<z.infer<Params>, z.infer<Body>>) => Promise<Reply<z.input<Answer>>>,
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
    const text = route.method === 'get' ? '' : (await readBody(incoming)).toString('utf8');
    const body = parseJsonText(text === '' ? undefined : text, route.body);
    const now = api.now();
    const { token } = credential;
    const signedIn = await getSignedIn(api.database, token, now);
    const subject = `account:${signedIn.account.id}`;
    const headers = await api.requestLimits.take(subject, api.accountRequestsPerMinute);
    const reply = await handler({ signedIn, token, params, body, now, context });
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
    context.header('cache-control', 'private, no-cache');
    return context.json(route.answer.parse(reply.body), reply.status ?? route.status ?? 200);
  });
}

function describe(
  app: OpenAPIHono<ApiEnv>,
  route: AccountRoute<z.ZodObject, z.ZodType, z.ZodType>,
): void {
  const { method, path, tag, summary, params, body, answer, status = 200 } = route;
  app.openAPIRegistry.registerPath({
    ...{ method, path, tags: [tag], summary, security: [{ session: [] }] },
    request: {
      params,
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
