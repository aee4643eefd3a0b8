/** Who is signed in, by EIP-4361. */
import type { Hex } from 'viem';
import { address, flag, integer, listOf, object, optional, text } from '../parse.ts';
import { Problem } from '../problem.ts';
import { askResponse } from './client.ts';
import { askOwn, writeOwn, type Writer } from './own.ts';

const session = object({
  id: text,
  address,
  current: flag,
  agent: text,
  createdAt: integer,
  seenAt: integer,
  expiresAt: integer,
});
/** A place where a wallet is signed in. */
export type SignedInPlace = ReturnType<typeof session>;

const current = object({
  id: text,
  address,
  expiresAt: integer,
  csrfToken: text,
  secondFactorUntil: optional(integer),
});
export type CurrentSession = ReturnType<typeof current>;

const nonce = object({ nonce: text, chainId: integer });

const SIGNED_OUT: readonly string[] = ['SIGN_IN_REQUIRED', 'SESSION_EXPIRED'];

/** Whether a request was refused because its session is over. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof Problem && SIGNED_OUT.includes(error.code);
}

/** The session of this browser; `null` when nobody is signed in. */
export async function fetchSession(oracleUrl: string): Promise<CurrentSession | null> {
  try {
    return await askOwn(oracleUrl, '/v1/session', current);
  } catch (error) {
    if (isSignedOut(error)) return null;
    throw error;
  }
}

export async function fetchNonce(oracleUrl: string): Promise<ReturnType<typeof nonce>> {
  const path = '/v1/session/nonce';
  const response = await askResponse(`${oracleUrl}${path}`, { method: 'POST' });
  return nonce(await response.json(), path);
}

/** @throws Problem when the message or its signature is refused */
export async function startSession(
  oracleUrl: string,
  signed: { readonly message: string; readonly signature: Hex },
): Promise<CurrentSession> {
  const path = '/v1/session';
  const response = await askResponse(`${oracleUrl}${path}`, {
    method: 'POST',
    credentials: 'include',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(signed),
  });
  return current(await response.json(), path);
}

const anything = (): null => null;

export function endSession(writer: Writer): Promise<null> {
  return writeOwn(writer, { method: 'DELETE', path: '/v1/session' }, anything);
}

export async function fetchPlaces(oracleUrl: string): Promise<readonly SignedInPlace[]> {
  const { sessions } = await askOwn(
    oracleUrl,
    '/v1/sessions',
    object({ sessions: listOf(session) }),
  );
  return sessions;
}

/** Signs another place out, at once. */
export function endPlace(writer: Writer, id: string): Promise<null> {
  return writeOwn(writer, { method: 'DELETE', path: `/v1/sessions/${id}` }, anything);
}
