/** Energy certificates of 1 MWh. Energy in Wh, times in Unix seconds. */
import { splitCreditId } from '@truetonne/protocol';
import { address, big, hex, integer, listOf, object, optional, text } from '../parse.ts';
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

/** Newest first, by anyone or by one wallet. */
export function fetchCancellations(
  url: string,
  account: string | undefined,
  after: string | undefined,
): Promise<PageOf<Cancellation>> {
  const query = `query ($where: cancellationFilter, $after: String) {
    cancellations(where: $where, orderBy: "at", orderDirection: "desc", limit: ${PAGE_SIZE},
      after: $after) { items { ${CANCELLATION_FIELDS} } ${PAGE_FIELDS} } }`;
  const variables = { where: { account: account?.toLowerCase() }, after: after ?? null };
  return askIndexer(url, query, variables, pageOf('cancellations', cancellation));
}

export function fetchCancellation(url: string, id: bigint): Promise<Cancellation | undefined> {
  const query = `query ($id: BigInt!) { cancellation(id: $id) { ${CANCELLATION_FIELDS} } }`;
  return askIndexer(url, query, { id: String(id) }, single('cancellation', cancellation));
}

/** The cancellation that took a serial out of circulation; undefined while none did. */
export async function fetchCancellationOf(
  url: string,
  certificateId: bigint,
  serial: bigint,
): Promise<Cancellation | undefined> {
  const query = `query ($where: cancellationFilter) {
    cancellations(where: $where, orderBy: "firstSerial", orderDirection: "desc", limit: 1) {
      items { ${CANCELLATION_FIELDS} } ${PAGE_FIELDS} } }`;
  const where = { certificateId: String(certificateId), firstSerial_lte: String(serial) };
  const page = await askIndexer(url, query, { where }, pageOf('cancellations', cancellation));
  return page.items.find(({ firstSerial, certificates }) => serial < firstSerial + certificates);
}

const counted = object({ minted: big });

/** The batch with which a certificate was minted; undefined while that serial is not. */
export async function fetchMintOf(
  url: string,
  certificateId: bigint,
  serial: bigint,
): Promise<Batch | undefined> {
  const query = `query ($id: BigInt!, $where: batchFilter) {
    energyCertificate(id: $id) { minted }
    batchs(where: $where, orderBy: "mintedAt", orderDirection: "desc", limit: 1) {
      items { ${BATCH_FIELDS} } ${PAGE_FIELDS} } }`;
  const { projectId, vintage } = splitCreditId(certificateId);
  const where = { projectId, vintage, kind: 'energy', firstSerial_lte: String(serial) };
  const parse = object({
    energyCertificate: optional(counted),
    batchs: object({ items: listOf(batch) }),
  });
  const variables = { id: String(certificateId), where };
  const { energyCertificate, batchs } = await askIndexer(url, query, variables, parse);
  return serial < (energyCertificate?.minted ?? 0n) ? batchs.items[0] : undefined;
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
