import type { IncomingMessage } from 'node:http';
import { TonneError } from '@truetonne/protocol';
import { parse } from 'hono/utils/cookie';
import { findKey, saveKeySeen } from '../accounts/organisations/keyStore.ts';
import { findMembership } from '../accounts/organisations/store.ts';
import { assertSecondFactor } from '../accounts/signIn/secondFactor.ts';
import { getSignedIn, type SignedIn } from '../accounts/signIn/signIn.ts';
import { csrfTokenOf, hashToken, isSameToken } from '../accounts/signIn/tokens.ts';
import { mayDo, type Permission } from '../domain/roles.ts';
import type { Session } from '../store/database/database.ts';
import type { ApiKeyRow, MemberRow, OrganisationRow } from '../store/tables/schema.ts';

/** Cookie of a session. With https its name says that only this host can have set it (RFC 6265bis). */
export const COOKIE = 'truetonne_session';
export const SECURE_COOKIE = '__Host-truetonne_session';

/** That a key is used is written down at most so often, seconds. */
const SEEN_EVERY = 60;

/** What a request shows of who sends it. */
export type Credential =
  | { readonly kind: 'session'; readonly token: string }
  | { readonly kind: 'key'; readonly key: string };

/** Reads the credential of a request, if it has one. An API key goes before a cookie. */
export function findCredential({ headers }: IncomingMessage): Credential | undefined {
  const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return { kind: 'key', key: bearer };
  const cookies = parse(headers.cookie ?? '');
  const token = cookies[SECURE_COOKIE] ?? cookies[COOKIE];
  return token === undefined || token === '' ? undefined : { kind: 'session', token };
}

/** The credential that a request must have. Throws SIGN_IN_REQUIRED. */
export function getCredential(incoming: IncomingMessage): Credential {
  const credential = findCredential(incoming);
  if (credential !== undefined) return credential;
  throw new TonneError('SIGN_IN_REQUIRED', { field: 'cookie' });
}

/**
 * A browser sends the cookie with requests that other sites make it send: a write must come from one of
 * our pages and carry the session's token. API keys are sent by programs alone.
 *
 * @throws TonneError ORIGIN_REFUSED, CSRF_TOKEN_INVALID
 */
export function assertOwnPage(
  { headers }: IncomingMessage,
  credential: Credential,
  origins: readonly string[],
): void {
  if (credential.kind === 'key') return;
  const { origin } = headers;
  if (origin !== undefined && !origins.includes(origin)) {
    const details = { field: 'origin', value: origin, expected: origins.join(' or ') };
    throw new TonneError('ORIGIN_REFUSED', details);
  }
  const given = headers['x-csrf-token'];
  if (typeof given === 'string' && isSameToken(given, csrfTokenOf(credential.token))) return;
  throw new TonneError('CSRF_TOKEN_INVALID', { field: 'x-csrf-token' });
}

/** Who acts in an organisation, by its own right or by a key's. */
export interface Actor {
  /** As the audit log names it: `wallet:0x...` or `key:<id>`. */
  readonly name: string;
  /** By which requests are counted. */
  readonly credentialId: string;
  readonly organisation: OrganisationRow;
  /** `undefined`: an API key. */
  readonly member: MemberRow | undefined;
  readonly may: (permission: Permission) => boolean;
}

export interface Need {
  readonly permission: Permission;
  /** Of the request's query; a key may leave it out. */
  readonly organisationId: string | undefined;
  readonly forWrite: boolean;
  /** Asks for the second factor. */
  readonly dangerous: boolean;
}

/**
 * Finds out who sends a request, and whether they may.
 *
 * @throws TonneError SIGN_IN_REQUIRED, SESSION_EXPIRED, API_KEY_*, ORGANISATION_UNKNOWN, NOT_ALLOWED,
 * SECOND_FACTOR_*
 */
export async function getActor(
  database: Session,
  credential: Credential,
  need: Need,
  now: number,
): Promise<Actor> {
  const actor =
    credential.kind === 'key'
      ? await getKeyActor(database, credential.key, need, now)
      : await getMemberActor(
          database,
          await getSignedIn(database, credential.token, now),
          need,
          now,
        );
  if (actor.may(need.permission)) return actor;
  const value = actor.member?.role ?? 'API key';
  throw new TonneError('NOT_ALLOWED', { field: 'role', value, expected: need.permission });
}

async function getMemberActor(
  database: Session,
  signedIn: SignedIn,
  { organisationId, forWrite, dangerous }: Need,
  now: number,
): Promise<Actor> {
  const { account, session } = signedIn;
  const id = getId(organisationId);
  const found = await findMembership(database, account.id, id, forWrite);
  if (found === undefined) throw unknownOrganisation(id);
  const { member, organisation } = found;
  if (dangerous) {
    await assertSecondFactor(database, signedIn, now, organisation.secondFactorRequired);
  }
  return {
    ...{ name: `wallet:${account.address}`, credentialId: session.id, organisation, member },
    may: (permission) => mayDo(member.role, permission),
  };
}

/** A key that holds, and the organisation it acts for. Throws API_KEY_*. */
export async function getHeldKey(
  database: Session,
  text: string,
  forWrite: boolean,
  now: number,
): Promise<{ readonly key: ApiKeyRow; readonly organisation: OrganisationRow }> {
  const found = await findKey(database, hashToken(text), forWrite);
  if (found === undefined) throw new TonneError('API_KEY_INVALID', { field: 'authorization' });
  const { key } = found;
  if (key.revokedAt !== null) throw new TonneError('API_KEY_REVOKED', { value: key.prefix });
  if (key.expiresAt <= now) throw new TonneError('API_KEY_EXPIRED', { value: key.prefix });
  if ((key.seenAt ?? 0) + SEEN_EVERY <= now) await saveKeySeen(database, key.id, now);
  return found;
}

async function getKeyActor(
  database: Session,
  text: string,
  { organisationId, forWrite, dangerous }: Need,
  now: number,
): Promise<Actor> {
  const { key, organisation } = await getHeldKey(database, text, forWrite, now);
  if (organisationId !== undefined && organisationId !== organisation.organisationId) {
    throw unknownOrganisation(organisationId);
  }
  const scopes = key.scopes.split(' ');
  return {
    ...{ name: `key:${key.id}`, credentialId: key.id, organisation, member: undefined },
    may: (permission) => !dangerous && scopes.includes(permission),
  };
}

function getId(organisationId: string | undefined): string {
  if (organisationId !== undefined) return organisationId;
  const expected = 'the id of an organisation of the wallet';
  throw new TonneError('PARAMETER_INVALID', { field: 'organisation', value: 'nothing', expected });
}

/** The same for organisations that are not there and those of others. */
function unknownOrganisation(value: string): TonneError {
  return new TonneError('ORGANISATION_UNKNOWN', { field: 'organisation', value });
}
