import { askIndexer, PAGE_FIELDS, type PageOf } from './client.ts';
import {
  listing,
  LISTING_FIELDS,
  owedCoin,
  sale,
  SALE_FIELDS,
  type ListingRow,
  type Sale,
} from './marketShapes.ts';
import { pageOf, single } from './page.ts';
import { batch, BATCH_FIELDS, retirement, RETIREMENT_FIELDS } from './shapes.ts';
import type { Batch, Retirement } from './shapes.ts';

const PAGE_SIZE = 50;
/** More batches than one credit has: one a day for a year. */
const BATCHES = 400;

/** Which listings. What is not given is not asked for. */
export interface ListingFilter {
  readonly projectId?: number | undefined;
  readonly vintage?: number | undefined;
  readonly country?: string | undefined;
  readonly methodologyId?: number | undefined;
  readonly currency?: string | undefined;
  /** Smallest units for a tonne; of one currency, or it compares pears with apples. */
  readonly pricePerTonne_lte?: string | undefined;
  readonly creditId?: string | undefined;
  readonly seller?: string | undefined;
  readonly leftGrams_gt?: string | undefined;
  readonly expiresAt_gt?: number | undefined;
}

export interface ListingOrder {
  readonly by: 'pricePerTonne' | 'leftGrams' | 'listedAt' | 'vintage';
  readonly direction: 'asc' | 'desc';
}

export function fetchListings(
  url: string,
  filter: ListingFilter,
  order: ListingOrder,
  after: string | undefined,
): Promise<PageOf<ListingRow>> {
  const query = `query ($where: listingFilter, $by: String, $direction: String, $after: String) {
    listings(where: $where, orderBy: $by, orderDirection: $direction, limit: ${PAGE_SIZE}, after: $after) {
      items { ${LISTING_FIELDS} } ${PAGE_FIELDS}
    } }`;
  const variables = { where: filter, ...order, after: after ?? null };
  return askIndexer(url, query, variables, pageOf('listings', listing));
}

export function fetchListing(url: string, id: string): Promise<ListingRow | undefined> {
  const query = `query ($id: String!) { listing(id: $id) { ${LISTING_FIELDS} } }`;
  return askIndexer(url, query, { id }, single('listing', listing));
}

/** Sales of a listing, newest first. */
export function fetchSales(
  url: string,
  listingId: string,
  after: string | undefined,
): Promise<PageOf<Sale>> {
  const query = `query ($where: saleFilter, $after: String) {
    sales(where: $where, orderBy: "at", orderDirection: "desc", limit: ${PAGE_SIZE}, after: $after) {
      items { ${SALE_FIELDS} } ${PAGE_FIELDS}
    } }`;
  const variables = { where: { listingId }, after: after ?? null };
  return askIndexer(url, query, variables, pageOf('sales', sale));
}

/** Serials of one credit, first and last. */
export interface SerialRange {
  readonly creditId: bigint;
  readonly first: bigint;
  readonly last: bigint;
}

/** The minted batches that a range of serials came from, in order. */
export async function fetchOrigins(url: string, range: SerialRange): Promise<readonly Batch[]> {
  const query = `query ($where: batchFilter) {
    batchs(where: $where, orderBy: "firstSerial", limit: ${BATCHES}) {
      items { ${BATCH_FIELDS} } ${PAGE_FIELDS}
    } }`;
  const where = { creditId: String(range.creditId), firstSerial_lte: String(range.last) };
  const { items } = await askIndexer(url, query, { where }, pageOf('batchs', batch));
  return items.filter(
    ({ firstSerial, grams }) => firstSerial !== undefined && firstSerial + grams > range.first,
  );
}

/** The retirement that took a serial out of circulation; undefined while none did. */
export async function fetchRetirementOf(
  url: string,
  creditId: bigint,
  serial: bigint,
): Promise<Retirement | undefined> {
  const query = `query ($where: retirementFilter) {
    retirements(where: $where, orderBy: "firstSerial", orderDirection: "desc", limit: 1) {
      items { ${RETIREMENT_FIELDS} } ${PAGE_FIELDS}
    } }`;
  const where = { creditId: String(creditId), firstSerial_lte: String(serial) };
  const page = await askIndexer(url, query, { where }, pageOf('retirements', retirement));
  return page.items.find(({ firstSerial, grams }) => serial < firstSerial + grams);
}

export function fetchRetirement(url: string, id: bigint): Promise<Retirement | undefined> {
  const query = `query ($id: BigInt!) { retirement(id: $id) { ${RETIREMENT_FIELDS} } }`;
  return askIndexer(url, query, { id: String(id) }, single('retirement', retirement));
}

/** Coin that waits for a seller in the market, wei. */
export async function fetchOwedWei(url: string, seller: string): Promise<bigint> {
  const query = 'query ($seller: String!) { owedCoin(seller: $seller) { amount } }';
  const variables = { seller: seller.toLowerCase() };
  const found = await askIndexer(url, query, variables, single('owedCoin', owedCoin));
  return found?.amount ?? 0n;
}
