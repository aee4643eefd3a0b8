/** Books, voids and debts. Mass in g, energy in Wh, certificates of 1 MWh, times in Unix seconds. */
import { address, big, hex, integer, listOf, object, oneOf, optional, text } from '../parse.ts';
import { askIndexer, PAGE_FIELDS, type PageOf } from './client.ts';
import { pageOf } from './page.ts';

const PAGE_SIZE = 50;
/** More vintages than a crediting period has, and more cures than anyone reads. */
const LIMIT = 200;

const creditBooks = object({
  id: big,
  vintage: integer,
  mintedGrams: big,
  heldGrams: big,
  listedGrams: big,
  retiredGrams: big,
  bufferedGrams: big,
  voidedGrams: big,
});
/** What became of the grams of one credit: minted = held + retired + buffered + voided. */
export type CreditBooks = ReturnType<typeof creditBooks>;

const certificateBooks = object({
  id: big,
  vintage: integer,
  minted: big,
  held: big,
  cancelled: big,
  voided: big,
  remainderWh: big,
});
/** The same of one energy certificate: minted = held + cancelled + voided. */
export type CertificateBooks = ReturnType<typeof certificateBooks>;

const cure = object({
  id: text,
  by: address,
  kind: oneOf('carbon', 'energy'),
  creditId: big,
  amount: big,
  left: big,
  at: integer,
  transactionHash: hex,
});
/** What was handed in for a debt, or taken from a mint. */
export type Cure = ReturnType<typeof cure>;

const books = object({
  credits: object({ items: listOf(creditBooks) }),
  energyCertificates: object({ items: listOf(certificateBooks) }),
  cures: object({ items: listOf(cure) }),
});

export interface Books {
  readonly credits: readonly CreditBooks[];
  readonly certificates: readonly CertificateBooks[];
  readonly cures: readonly Cure[];
}

export async function fetchBooks(url: string, projectId: number): Promise<Books> {
  const query = `query ($project: Int!) {
    credits(where: { projectId: $project }, orderBy: "vintage", limit: ${LIMIT}) { items {
      id vintage mintedGrams heldGrams listedGrams retiredGrams bufferedGrams voidedGrams } }
    energyCertificates(where: { projectId: $project }, orderBy: "vintage", limit: ${LIMIT}) {
      items { id vintage minted held cancelled voided remainderWh } }
    cures(where: { projectId: $project }, orderBy: "at", orderDirection: "desc", limit: ${LIMIT}) {
      items { id by kind creditId amount left at transactionHash } } }`;
  const found = await askIndexer(url, query, { project: projectId }, books);
  return {
    credits: found.credits.items,
    certificates: found.energyCertificates.items,
    cures: found.cures.items,
  };
}

const batchVoid = object({
  batchId: big,
  projectId: integer,
  state: oneOf('announced', 'cancelled', 'executed'),
  announcedAt: integer,
  executableFrom: integer,
  /** When it was cancelled or executed. */
  decidedAt: optional(integer),
  /** Grams, or certificates, of the project's owner. */
  fromOwner: optional(big),
  /** Grams of the buffer of the credit. */
  fromBuffer: optional(big),
  /** Grams, or certificates, that neither owner nor buffer had. */
  missing: optional(big),
  batch: optional(object({ kind: oneOf('carbon', 'energy'), grams: big, creditableWh: big })),
  project: optional(object({ name: text })),
});
/** The last void of a batch that was announced. */
export type BatchVoid = ReturnType<typeof batchVoid>;

export function fetchVoids(
  url: string,
  projectId: number | undefined,
  after: string | undefined,
): Promise<PageOf<BatchVoid>> {
  const query = `query ($where: batchVoidFilter, $after: String) {
    batchVoids(where: $where, orderBy: "announcedAt", orderDirection: "desc", limit: ${PAGE_SIZE},
      after: $after) { items {
        batchId projectId state announcedAt executableFrom decidedAt
        fromOwner fromBuffer missing
        batch { kind grams creditableWh } project { name } } ${PAGE_FIELDS} } }`;
  const variables = { where: { projectId }, after: after ?? null };
  return askIndexer(url, query, variables, pageOf('batchVoids', batchVoid));
}

const debtor = object({ id: integer, name: text, owedGrams: big, owedCertificates: big });
/** A project that owes. */
export type Debtor = ReturnType<typeof debtor>;

export async function fetchDebtors(url: string): Promise<readonly Debtor[]> {
  const query = `{ projects(where: { OR: [{ owedGrams_gt: "0" }, { owedCertificates_gt: "0" }] },
    orderBy: "id", limit: ${LIMIT}) { items { id name owedGrams owedCertificates } ${PAGE_FIELDS} } }`;
  return (await askIndexer(url, query, {}, pageOf('projects', debtor))).items;
}
