import { TonneError, type Hex } from '@truetonne/protocol';
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { FRESH_SECONDS } from '../../accounts/signIn/secondFactor.ts';
import { issueNonce, signIn, type SignedIn } from '../../accounts/signIn/signIn.ts';
import { readSessions, revokeSession } from '../../accounts/signIn/store.ts';
import { csrfTokenOf } from '../../accounts/signIn/tokens.ts';
import type { SessionRow } from '../../store/tables/schema.ts';
import { addAccountRoute } from '../accountRoute.ts';
import { COOKIE, SECURE_COOKIE } from '../caller.ts';
import { networkOf } from '../clientAddress.ts';
import type { ApiContext } from '../context.ts';
import { readJsonBody } from '../jsonBody.ts';
import { nothing, problemContent, type ApiEnv } from '../route.ts';
import { currentSessionSchema, sessionSchema } from '../schemas/organisation.ts';
import { noBody } from '../tenantRoute.ts';

/** Tries to sign in from one network, a minute. */
const SIGN_INS = 60;

const problems = { '4XX': { description: 'Problem details (RFC 9457)', content: problemContent } };

const nonceSchema = z
  .object({ nonce: z.string(), chainId: z.int() })
  .openapi('SignInNonce', { description: 'Good for one sign-in, for ten minutes' });

const nonceRoute = createRoute({
  ...{ method: 'post', path: '/v1/session/nonce', tags: ['session'] },
  summary: 'A nonce for a message of EIP-4361',
  responses: {
    200: { description: 'OK', content: { 'application/json': { schema: nonceSchema } } },
    ...problems,
  },
});

const signInSchema = z.object({
  message: z
    .string()
    .max(4_000)
    .openapi({ description: 'Of EIP-4361, for the page it is sent from' }),
  signature: z
    .string()
    .max(20_000)
    .regex(/^0x([0-9a-fA-F]{2})*$/, 'hex')
    // Proof: the expression above takes nothing else.
    .transform((text) => text as Hex),
});

const signInRoute = createRoute({
  ...{ method: 'post', path: '/v1/session', tags: ['session'] },
  summary: 'Sign in with a wallet (EIP-4361; smart wallets by ERC-1271 and ERC-6492)',
  description: `Body: \`{ message, signature }\`. Sets an HttpOnly cookie.`,
  responses: {
    201: { description: 'OK', content: { 'application/json': { schema: currentSessionSchema } } },
    ...problems,
  },
});

export function addSessionRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  app.openapi(nonceRoute, async (context) => {
    await takeTry(api, context);
    const nonce = await issueNonce(api.signIn);
    return context.json({ nonce, chainId: api.signIn.chainId }, 200);
  });
  app.openapi(signInRoute, async (context) => {
    await takeTry(api, context);
    assertOrigin(api, context);
    const request = await readJsonBody(context.env.incoming, signInSchema);
    const agent = context.req.header('user-agent') ?? '';
    const { token, ...signedIn } = await signIn(api.signIn, { ...request, agent });
    keepCookie(api, context, token, signedIn.session);
    return context.json(currentView(signedIn, token), 201);
  });
  addOwnRoutes(app, api);
}

function addOwnRoutes(app: OpenAPIHono<ApiEnv>, api: ApiContext): void {
  const tag = 'session';
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'get', path: '/v1/session', tag, params: nothing, body: noBody },
      ...{ summary: 'Who is signed in', answer: currentSessionSchema },
    },
    ({ signedIn, token }) => Promise.resolve({ body: currentView(signedIn, token) }),
  );
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'delete', path: '/v1/session', tag, params: nothing, body: noBody },
      ...{ summary: 'Sign out', answer: z.object({ signedOut: z.literal(true) }) },
    },
    async ({ signedIn: { account, session }, now, context }) => {
      await revokeSession(api.database, account.id, session.id, now);
      const options = cookieOptions(api);
      deleteCookie(context, options.secure ? SECURE_COOKIE : COOKIE, options);
      return { body: { signedOut: true as const } };
    },
  );
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'get', path: '/v1/sessions', tag, params: nothing, body: noBody },
      summary: 'Sessions of this wallet that hold, the newest first',
      answer: z.object({ sessions: z.array(sessionSchema) }),
    },
    async ({ signedIn: { account, session }, now }) => {
      const rows = await readSessions(api.database, account.id, now);
      return {
        body: { sessions: rows.map((row) => sessionView(row, account.address, session.id)) },
      };
    },
  );
  const params = z.object({ id: z.uuid() });
  addAccountRoute(
    app,
    api,
    {
      ...{ method: 'delete', path: '/v1/sessions/{id}', tag, params, body: noBody },
      ...{ summary: 'End a session at once', answer: z.object({ revoked: z.literal(true) }) },
    },
    async ({ signedIn: { account }, params: { id }, now }) => {
      if (await revokeSession(api.database, account.id, id, now)) {
        return { body: { revoked: true as const } };
      }
      throw new TonneError('SESSION_UNKNOWN', { field: 'id', value: id });
    },
  );
}

function currentView({ account, session }: SignedIn, token: string) {
  const { verifiedAt } = session;
  return {
    ...sessionView(session, account.address, session.id),
    csrfToken: csrfTokenOf(token),
    secondFactorUntil: verifiedAt === null ? null : verifiedAt + FRESH_SECONDS,
  };
}

function sessionView(row: SessionRow, address: Hex, currentId: string) {
  const { id, agent, createdAt, seenAt, expiresAt } = row;
  return { id, address, current: id === currentId, agent, createdAt, seenAt, expiresAt };
}

/** A sign-in that another site starts would put a visitor into somebody else's account. */
function assertOrigin(api: ApiContext, context: Context<ApiEnv>): void {
  const origin = context.req.header('origin');
  const { origins } = api.signIn;
  if (origin === undefined || origins.includes(origin)) return;
  const expected = origins.join(' or ');
  throw new TonneError('ORIGIN_REFUSED', { field: 'origin', value: origin, expected });
}

async function takeTry(api: ApiContext, context: Context<ApiEnv>): Promise<void> {
  const from = networkOf(api.addressOf(context.env.incoming));
  await api.requestLimits.take(`sign-in:${from}`, SIGN_INS);
}

function keepCookie(
  api: ApiContext,
  context: Context<ApiEnv>,
  token: string,
  { expiresAt, createdAt }: SessionRow,
): void {
  const options = cookieOptions(api);
  const name = options.secure ? SECURE_COOKIE : COOKIE;
  setCookie(context, name, token, { ...options, maxAge: expiresAt - createdAt });
}

/** Where the app's pages have https the cookie never travels without it. */
function cookieOptions(api: ApiContext) {
  const secure = api.signIn.origins.every((origin) => origin.startsWith('https:'));
  return { httpOnly: true, sameSite: 'Strict', path: '/', secure } as const;
}
