/** Organisations and individuals, their members, keys and audit log. */
import type { Address } from 'viem';
import { address, flag, hex, integer, listOf, object, oneOf, optional, text } from '../parse.ts';
import { askOwn, askVersioned, writeOwn, type Versioned, type Writer } from './own.ts';
import { cursorPage, itemsUnder, withQuery, type CursorPage } from './page.ts';

export const ROLES = ['owner', 'admin', 'editor', 'viewer', 'verifier', 'supplier'] as const;
export type Role = (typeof ROLES)[number];

export const GWP_SETS = ['AR4', 'AR5', 'AR6'] as const;
export type GwpSet = (typeof GWP_SETS)[number];

const shape = {
  id: text,
  kind: oneOf('organisation', 'individual'),
  name: text,
  country: text,
  gwpSet: oneOf(...GWP_SETS),
  secondFactorRequired: flag,
  otherGwpSet: oneOf('refuse', 'apart'),
  widenRegion: flag,
  carryForwardYears: integer,
  anchorId: hex,
  version: integer,
  createdAt: integer,
};
const organisation = object(shape);
export type Organisation = ReturnType<typeof organisation>;

const membership = object({ ...shape, role: oneOf(...ROLES) });
/** An organisation and what the signed-in wallet is in it. */
export type Membership = ReturnType<typeof membership>;

const member = object({ address, role: oneOf(...ROLES), version: integer, joinedAt: integer });
export type Member = ReturnType<typeof member>;

const invitation = object({
  id: text,
  organisationId: text,
  organisationName: optional(text),
  address,
  role: oneOf(...ROLES),
  invitedBy: address,
  createdAt: integer,
  expiresAt: integer,
});
export type Invitation = ReturnType<typeof invitation>;

const keyShape = {
  id: text,
  name: text,
  prefix: text,
  scopes: listOf(text),
  createdBy: address,
  createdAt: integer,
  expiresAt: integer,
  seenAt: optional(integer),
  revokedAt: optional(integer),
};
const apiKey = object(keyShape);
export type ApiKey = ReturnType<typeof apiKey>;

const newKey = object({ ...keyShape, key: text });
/** `key` is the text itself: nobody can show it again. */
export type NewApiKey = ReturnType<typeof newKey>;

const auditEntry = object({
  number: integer,
  at: integer,
  actor: text,
  action: text,
  subject: text,
  detail: text,
  previousHash: hex,
  hash: hex,
});
export type AuditEntry = ReturnType<typeof auditEntry>;

const anything = (): null => null;

export function fetchMemberships(oracleUrl: string): Promise<readonly Membership[]> {
  return askOwn(oracleUrl, '/v1/organisations', itemsUnder('organisations', membership));
}

export interface NewOrganisation {
  readonly kind: Organisation['kind'];
  readonly name: string;
  readonly country: string;
  readonly gwpSet: GwpSet;
}

export function createOrganisation(writer: Writer, body: NewOrganisation): Promise<Organisation> {
  return writeOwn(writer, { method: 'POST', path: '/v1/organisations', body }, organisation);
}

export function fetchInvitationsOfMine(oracleUrl: string): Promise<readonly Invitation[]> {
  return askOwn(oracleUrl, '/v1/invitations/mine', itemsUnder('invitations', invitation));
}

export function acceptInvitation(writer: Writer, id: string): Promise<null> {
  return writeOwn(writer, { method: 'POST', path: `/v1/invitations/${id}/accept` }, anything);
}

/** The path of one organisation's own rows. */
export function ownPath(
  organisationId: string,
  path: string,
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  return withQuery(path, { organisation: organisationId, ...query });
}

export function fetchOrganisation(oracleUrl: string, id: string): Promise<Versioned<Organisation>> {
  return askVersioned(oracleUrl, ownPath(id, '/v1/organisation'), organisation);
}

export type OrganisationChange = Partial<
  Pick<
    Organisation,
    | 'name'
    | 'country'
    | 'gwpSet'
    | 'secondFactorRequired'
    | 'otherGwpSet'
    | 'widenRegion'
    | 'carryForwardYears'
  >
>;

export function changeOrganisation(
  writer: Writer,
  id: string,
  match: string,
  body: OrganisationChange,
): Promise<Organisation> {
  const path = ownPath(id, '/v1/organisation');
  return writeOwn(writer, { method: 'PATCH', path, body, match }, organisation);
}

export function fetchMembers(
  oracleUrl: string,
  id: string,
  cursor: string | undefined,
): Promise<CursorPage<Member>> {
  return askOwn(oracleUrl, ownPath(id, '/v1/members', { cursor }), cursorPage('members', member));
}

export function changeRole(
  writer: Writer,
  id: string,
  { address: whose, version }: Member,
  role: Role,
): Promise<Member> {
  const path = ownPath(id, `/v1/members/${whose}`);
  const match = `"v${version}"`;
  return writeOwn(writer, { method: 'PATCH', path, match, body: { role } }, member);
}

export function removeMember(
  writer: Writer,
  id: string,
  { address: whose, version }: Member,
): Promise<null> {
  const path = ownPath(id, `/v1/members/${whose}`);
  return writeOwn(writer, { method: 'DELETE', path, match: `"v${version}"` }, anything);
}

export function fetchInvitations(oracleUrl: string, id: string): Promise<readonly Invitation[]> {
  return askOwn(oracleUrl, ownPath(id, '/v1/invitations'), itemsUnder('invitations', invitation));
}

export function inviteMember(
  writer: Writer,
  id: string,
  body: { readonly address: Address; readonly role: Role },
): Promise<Invitation> {
  const path = ownPath(id, '/v1/invitations');
  return writeOwn(writer, { method: 'POST', path, body }, invitation);
}

export function withdrawInvitation(writer: Writer, id: string, which: string): Promise<null> {
  const path = ownPath(id, `/v1/invitations/${which}`);
  return writeOwn(writer, { method: 'DELETE', path }, anything);
}

export function fetchKeys(oracleUrl: string, id: string): Promise<readonly ApiKey[]> {
  return askOwn(oracleUrl, ownPath(id, '/v1/keys'), itemsUnder('keys', apiKey));
}

export function createKey(
  writer: Writer,
  id: string,
  body: { readonly name: string; readonly scopes: readonly string[]; readonly expiresAt: number },
): Promise<NewApiKey> {
  return writeOwn(writer, { method: 'POST', path: ownPath(id, '/v1/keys'), body }, newKey);
}

export function revokeKey(writer: Writer, id: string, which: string): Promise<null> {
  const path = ownPath(id, `/v1/keys/${which}`);
  return writeOwn(writer, { method: 'DELETE', path }, anything);
}

/** All of an entry's text, not a part of it; Unix seconds, both within. */
export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

export function fetchAudit(
  oracleUrl: string,
  id: string,
  filter: AuditFilter,
  cursor: string | undefined,
): Promise<CursorPage<AuditEntry>> {
  const path = ownPath(id, '/v1/audit', { ...filter, cursor });
  return askOwn(oracleUrl, path, cursorPage('entries', auditEntry));
}
