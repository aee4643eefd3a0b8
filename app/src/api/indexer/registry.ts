/** Methodology versions and who is accredited. Times in Unix seconds. */
import { address, flag, integer, listOf, object, oneOf, text } from '../parse.ts';
import { askIndexer, PAGE_FIELDS } from './client.ts';
import { pageOf } from './page.ts';

const LIMIT = 200;

const publishedVersion = object({
  id: integer,
  code: text,
  version: text,
  validFrom: integer,
  validUntil: integer,
  approvals: integer,
  recomputation: flag,
  bufferBps: integer,
});
/** A methodology version with what it demands of each batch. */
export type PublishedVersion = ReturnType<typeof publishedVersion>;

export async function fetchPublishedVersions(url: string): Promise<readonly PublishedVersion[]> {
  const query = `{ methodologys(orderBy: "id", limit: ${LIMIT}) { items {
    id code version validFrom validUntil approvals recomputation bufferBps } ${PAGE_FIELDS} } }`;
  return (await askIndexer(url, query, {}, pageOf('methodologys', publishedVersion))).items;
}

const accredited = object({ address, accreditedFrom: integer, accreditedUntil: integer });
const judge = object({
  address,
  role: oneOf('verifier', 'recomputer'),
  accreditedFrom: integer,
  accreditedUntil: integer,
});

/** Somebody whom the admin of the registry accredited. */
export interface Accredited {
  readonly address: `0x${string}`;
  readonly role: 'validator' | 'verifier' | 'recomputer';
  readonly accreditedFrom: number;
  readonly accreditedUntil: number;
}

const judges = object({
  validators: object({ items: listOf(accredited) }),
  verifiers: object({ items: listOf(judge) }),
});

export async function fetchAccredited(url: string): Promise<readonly Accredited[]> {
  const query = `{
    validators(orderBy: "accreditedFrom", limit: ${LIMIT}) { items {
      address accreditedFrom accreditedUntil } }
    verifiers(orderBy: "accreditedFrom", limit: ${LIMIT}) { items {
      address role accreditedFrom accreditedUntil } } }`;
  const { validators, verifiers } = await askIndexer(url, query, {}, judges);
  return [
    ...validators.items.map((each) => ({ ...each, role: 'validator' as const })),
    ...verifiers.items,
  ];
}
