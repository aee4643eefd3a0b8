import type { IncomingMessage } from 'node:http';
import { TonneError } from '@truetonne/protocol';
import { getActor, getCredential, type Credential } from '../api/caller.ts';
import type { Permission } from '../domain/roles.ts';
import type { Database } from '../store/database/database.ts';

/** Rights that end by themselves, as sessions and keys do with time, are looked at so often, seconds. */
export const RIGHTS_SECONDS = 30;

/** Of the range that applications may use (RFC 6455, section 7.4.2). */
export const CLOSE_NOT_ALLOWED = 4403;

export interface WatchContext {
  readonly database: Database;
  readonly origins: readonly string[];
  readonly now: () => number;
}

/** What somebody watches of an organisation, and by what right. */
export interface WatchRight {
  readonly credential: Credential;
  readonly organisationId: string;
  readonly permission: Permission;
  /** The last end of a right in the organisation, when this one was looked at. */
  readonly rightsEnded: number;
}

/**
 * Whether a watcher may see what it asks for. A browser sends the cookie to any address that a page
 * names: the page must be one of ours.
 *
 * @throws TonneError ORIGIN_REFUSED, and what `renewRight` throws
 */
export async function authoriseWatcher(
  context: WatchContext,
  request: IncomingMessage,
  organisationId: string,
  permission: Permission,
): Promise<WatchRight> {
  const { origins } = context;
  const credential = getCredential(request);
  const origin = request.headers.origin ?? '';
  if (credential.kind === 'session' && !origins.includes(origin)) {
    const expected = origins.join(' or ');
    throw new TonneError('ORIGIN_REFUSED', { field: 'origin', value: origin, expected });
  }
  return renewRight(context, { credential, organisationId, permission });
}

/** The right as it is now. Throws SIGN_IN_REQUIRED, SESSION_EXPIRED, API_KEY_*, ORGANISATION_UNKNOWN, NOT_ALLOWED. */
export async function renewRight(
  { database, now }: WatchContext,
  { credential, organisationId, permission }: Omit<WatchRight, 'rightsEnded'>,
): Promise<WatchRight> {
  const need = { permission, organisationId, forWrite: false, dangerous: false };
  const { organisation } = await getActor(database, credential, need, now());
  return { credential, organisationId, permission, rightsEnded: organisation.rightsEnded };
}

/** Whether a watcher has lost its right, and not the database its answer for a moment. */
export function isRefusal(error: unknown): error is TonneError {
  return error instanceof TonneError && error.code !== 'STORE_UNAVAILABLE';
}
