/** Energy certificates of 1 MWh. Energy in Wh, times in Unix seconds. */
import { address, big, hex, integer, object, optional, text } from '../parse.ts';
import { askIndexer, PAGE_FIELDS, type PageOf } from './client.ts';
import { pageOf, single } from './page.ts';
import { batch, BATCH_FIELDS, type Batch } from './shapes.ts';

const PAGE_SIZE = 50;
const LIMIT = 200;

const source = object({
  vintage: integer,
  projectId: integer,
  project: optional(object({ name: text, country: text })),
});
const SOURCE = 'certificate { vintage projectId project { name country } }';

const certificateBalance = object({
  certificateId: big,
  certificates: big,
  certificate: optional(source),
});
export type CertificateBalance = ReturnType<typeof certificateBalance>;

/** What a wallet holds, without what it no longer has any of. */
export async function fetchCertificateBalances(
  url: string,
  account: string,
): Promise<readonly CertificateBalance[]> {
  const query = `query ($account: String!) {
    certificateBalances(where: { account: $account, certificates_gt: "0" },
      orderBy: "certificateId", limit: ${LIMIT}) {
      items { certificateId certificates ${SOURCE} } ${PAGE_FIELDS} } }`;
  const variables = { account: account.toLowerCase() };
  const parse = pageOf('certificateBalances', certificateBalance);
  return (await askIndexer(url, query, variables, parse)).items;
}

const CANCELLATION_FIELDS = `id account certificateId certificates firstSerial beneficiary purpose at
  transactionHash ${SOURCE}`;

const cancellation = object({
  id: big,
  account: address,
  certificateId: big,
  certificates: big,
  firstSerial: big,
  beneficiary: text,
  purpose: text,
  at: integer,
  transactionHash: hex,
  certificate: optional(source),
});
/** Certificates that were used up, as I-REC's redemption. */
export type Cancellation = ReturnType<typeof cancellation>;

/** Newest first. */
export function fetchCancellations(
  url: string,
  after: string | undefined,
): Promise<PageOf<Cancellation>> {
  const query = `query ($after: String) {
    cancellations(orderBy: "at", orderDirection: "desc", limit: ${PAGE_SIZE}, after: $after) {
      items { ${CANCELLATION_FIELDS} } ${PAGE_FIELDS} } }`;
  const parse = pageOf('cancellations', cancellation);
  return askIndexer(url, query, { after: after ?? null }, parse);
}

export function fetchCancellation(url: string, id: bigint): Promise<Cancellation | undefined> {
  const query = `query ($id: BigInt!) { cancellation(id: $id) { ${CANCELLATION_FIELDS} } }`;
  return askIndexer(url, query, { id: String(id) }, single('cancellation', cancellation));
}

/** The minted energy batches of a project and year, in the order in which they were minted. */
export async function fetchEnergyBatches(
  url: string,
  projectId: number,
  vintage: number,
): Promise<readonly Batch[]> {
  const query = `query ($where: batchFilter) {
    batchs(where: $where, orderBy: "mintedAt", limit: ${LIMIT}) {
      items { ${BATCH_FIELDS} } ${PAGE_FIELDS} } }`;
  const where = { projectId, vintage, kind: 'energy', mintedAt_gt: 0 };
  return (await askIndexer(url, query, { where }, pageOf('batchs', batch))).items;
}
