/** Who is what, since when, and who was before. Times in Unix seconds; lists are newest first. */
import { address, hex, integer, object, oneOf, text, type Parser } from '../parse.ts';
import { askIndexer, PAGE_FIELDS, type PageOf } from './client.ts';
import { pageOf } from './page.ts';

const PAGE_SIZE = 25;

const place = { at: integer, transactionHash: hex };

const walletRole = object({
  address,
  role: oneOf('party', 'validator', 'verifier', 'recomputer'),
  ...place,
});
/** The role that a wallet has for good. */
export type WalletRole = ReturnType<typeof walletRole>;

const accreditation = object({
  id: text,
  address,
  role: oneOf('party', 'validator', 'verifier', 'recomputer'),
  accreditedFrom: integer,
  accreditedUntil: integer,
  ...place,
});
/** An accreditation, a prolongation or an end of one. */
export type Accreditation = ReturnType<typeof accreditation>;

const pause = object({ id: text, until: integer, ...place });
/** Submissions and sales were stopped, or let go on: then `until` is not after `at`. */
export type Pause = ReturnType<typeof pause>;

const officeChange = object({
  id: text,
  name: oneOf('admin', 'operator', 'treasury', 'arbiter'),
  holder: address,
  ...place,
});
/** Somebody came into an office. */
export type OfficeChange = ReturnType<typeof officeChange>;

function fetchNewest<T>(
  list: string,
  orderBy: string,
  fields: string,
  row: Parser<T>,
): (url: string, after: string | undefined) => Promise<PageOf<T>> {
  const query = `query ($after: String) {
    ${list}(orderBy: "${orderBy}", orderDirection: "desc", limit: ${PAGE_SIZE}, after: $after) {
      items { ${fields} at transactionHash } ${PAGE_FIELDS} } }`;
  return (url, after) => askIndexer(url, query, { after: after ?? null }, pageOf(list, row));
}

export const fetchWalletRoles = fetchNewest('walletRoles', 'at', 'address role', walletRole);
export const fetchAccreditations = fetchNewest(
  'accreditations',
  'id',
  'id address role accreditedFrom accreditedUntil',
  accreditation,
);
export const fetchPauses = fetchNewest('pauses', 'id', 'id until', pause);
export const fetchOfficeChanges = fetchNewest(
  'officeChanges',
  'id',
  'id name holder',
  officeChange,
);
