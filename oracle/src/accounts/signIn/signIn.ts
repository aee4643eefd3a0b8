import { randomBytes } from 'node:crypto';
import { TonneError, type Hex } from '@truetonne/protocol';
import type { Endpoints } from '../../rpc/endpoints.ts';
import type { Database, Session } from '../../store/database/database.ts';
import type { SessionRow } from '../../store/tables/schema.ts';
import { parseSignInMessage } from './message.ts';
import type { Seal } from './sealing.ts';
import { assertSigned } from './signature.ts';
import {
  changeSession,
  findSession,
  insertNonce,
  insertSession,
  keepAccount,
  spendNonce,
  type Account,
} from './store.ts';
import { hashToken, makeToken } from './tokens.ts';

/** A nonce waits so long for its signature; a session ends after so long, or so long unused; seconds. */
const NONCE_SECONDS = 600;
const SESSION_SECONDS = 7 * 86_400;
const IDLE_SECONDS = 86_400;

/** That a session is used is written down at most so often, seconds. */
const SEEN_EVERY = 60;

const MAX_AGENT = 200;

export interface SignInContext {
  readonly database: Database;
  readonly endpoints: Endpoints;
  readonly origins: readonly string[];
  readonly chainId: number;
  readonly seal: Seal;
  readonly now: () => number;
}

/** Whoever is signed in, and by which session. */
export interface SignedIn {
  readonly account: Account;
  readonly session: SessionRow;
}

export async function issueNonce({ database, now }: SignInContext): Promise<string> {
  // EIP-4361 asks for at least 8 letters and digits; these are 128 bits.
  const nonce = randomBytes(16).toString('hex');
  await insertNonce(database, nonce, now(), now() + NONCE_SECONDS);
  return nonce;
}

/**
 * Signs a wallet in. The nonce is used up before the signature is looked at, so that a message is good
 * for one try.
 *
 * @throws TonneError SIGN_IN_* or CHAIN_UNREACHABLE
 */
export async function signIn(
  context: SignInContext,
  request: { readonly message: string; readonly signature: Hex; readonly agent: string },
): Promise<SignedIn & { readonly token: string }> {
  const { database, endpoints, origins, chainId } = context;
  const now = context.now();
  const { address, nonce } = parseSignInMessage(request.message, { origins, chainId, now });
  if (!(await spendNonce(database, nonce, now))) {
    throw new TonneError('SIGN_IN_NONCE_UNKNOWN', { field: 'nonce', value: nonce });
  }
  await assertSigned(endpoints, request.message, address, request.signature);
  const token = makeToken();
  return database.transaction(async (session) => {
    const account = await keepAccount(session, address, now);
    const row = await insertSession(session, {
      ...{ accountId: account.id, tokenHash: hashToken(token), now },
      agent: request.agent.slice(0, MAX_AGENT),
      expiresAt: now + SESSION_SECONDS,
    });
    return { account, session: row, token };
  });
}

/**
 * Who a cookie's value signs in.
 *
 * @throws TonneError SIGN_IN_REQUIRED when it is nobody's, SESSION_EXPIRED when its time is over or it was revoked
 */
export async function getSignedIn(
  database: Session,
  token: string,
  now: number,
): Promise<SignedIn> {
  const found = await findSession(database, hashToken(token));
  if (found === undefined) throw new TonneError('SIGN_IN_REQUIRED', { field: 'cookie' });
  const { session, address } = found;
  const endsAt = Math.min(session.expiresAt, session.seenAt + IDLE_SECONDS);
  if (session.revokedAt !== null || endsAt <= now) {
    const value = new Date((session.revokedAt ?? endsAt) * 1000).toISOString();
    throw new TonneError('SESSION_EXPIRED', { field: 'cookie', value });
  }
  if (session.seenAt + SEEN_EVERY <= now)
    await changeSession(database, session.id, { seenAt: now });
  return { account: { id: session.accountId, address }, session };
}
