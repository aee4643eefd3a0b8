import type { IncomingMessage } from 'node:http';
import { TonneError } from '@truetonne/protocol';
import { getSignedIn } from '../accounts/signIn/signIn.ts';
import { hashToken, makeToken } from '../accounts/signIn/tokens.ts';
import type { JobOwner } from '../jobs/quota.ts';
import { assertOwnPage, findCredential, getHeldKey, type Credential } from './caller.ts';
import { networkOf } from './clientAddress.ts';
import type { ApiContext } from './context.ts';

/** Header by which somebody who is not signed in shows that it is the same one again. */
export const VISITOR_TOKEN = 'x-visitor-token';

/** Whom a route of uploads and exports may be asked by, as OpenAPI has it. */
export const ownerParameters = {
  security: [{ session: [] }, { key: [] }, { visitor: [] }, {}],
};

/** As `makeToken` makes them. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Whose uploads and exports a request is about. */
export interface FileOwner extends JobOwner {
  /** Of a visitor that had none: it is answered this once, and only its hash is kept. */
  readonly newToken: string | undefined;
}

type Request = Pick<ApiContext, 'database' | 'signIn' | 'addressOf' | 'now'>;

/**
 * Who asks: the wallet that is signed in, the API key, or the visitor whose token it is; `undefined` is
 * somebody of whom nothing can be here.
 *
 * @throws TonneError SIGN_IN_REQUIRED, SESSION_EXPIRED, API_KEY_*, ORIGIN_REFUSED, CSRF_TOKEN_INVALID
 */
export async function findFileOwner(
  api: Request,
  incoming: IncomingMessage,
  isWrite: boolean,
): Promise<FileOwner | undefined> {
  const token = incoming.headers[VISITOR_TOKEN];
  // A browser sends the cookie of a session that ended along; who says to be a visitor is one.
  if (token !== undefined) return visitor(api, incoming, parseToken(token), false);
  const credential = findCredential(incoming);
  if (credential === undefined) return undefined;
  if (isWrite) assertOwnPage(incoming, credential, api.signIn.origins);
  return { name: await nameOf(api, credential), source: null, newToken: undefined };
}

function parseToken(token: string | string[]): string {
  if (typeof token === 'string' && TOKEN.test(token)) return token;
  const expected = 'the token of an answer to an upload or an export';
  throw new TonneError('PARAMETER_INVALID', { field: VISITOR_TOKEN, value: 'not shown', expected });
}

/** The same for whoever makes something: one that is nobody yet becomes a visitor. */
export async function getFileOwner(api: Request, incoming: IncomingMessage): Promise<FileOwner> {
  const known = await findFileOwner(api, incoming, true);
  return known ?? visitor(api, incoming, makeToken(), true);
}

/** The network's code alone is stored: the database says of nobody from where it asked. */
function visitor(
  { signIn: { seal }, addressOf }: Request,
  incoming: IncomingMessage,
  token: string,
  isNew: boolean,
): FileOwner {
  const source = seal.codeOf(`network ${networkOf(addressOf(incoming))}`);
  return { name: `visitor:${hashToken(token)}`, source, newToken: isNew ? token : undefined };
}

async function nameOf({ database, now }: Request, credential: Credential): Promise<string> {
  if (credential.kind === 'key') {
    const { key } = await getHeldKey(database, credential.key, false, now());
    return `key:${key.id}`;
  }
  const { account } = await getSignedIn(database, credential.token, now());
  return `wallet:${account.address}`;
}
