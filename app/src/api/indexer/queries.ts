import { big, object } from '../parse.ts';
import { readAllPages } from '../allPages.ts';
import { askIndexer, MOST_PER_PAGE, PAGE_FIELDS, type PageOf } from './client.ts';
import { pageOf, single } from './page.ts';
import {
  balance,
  BALANCE_FIELDS,
  batch,
  BATCH_FIELDS,
  indexedBlock,
  MONTH_FIELDS,
  project,
  PROJECT_FIELDS,
  projectMonth,
  retirement,
  RETIREMENT_FIELDS,
  type Balance,
  type Batch,
  type Project,
  type ProjectMonth,
  type Retirement,
} from './shapes.ts';

const PAGE_SIZE = 50;
/** More months than a crediting period has. */
const MONTHS = 600;

/** All of them. */
export function fetchProjects(url: string): Promise<readonly Project[]> {
  const query = `query ($after: String) {
    projects(orderBy: "id", limit: ${MOST_PER_PAGE}, after: $after) {
      items { ${PROJECT_FIELDS} } ${PAGE_FIELDS}
    } }`;
  return readAllPages((after) => askIndexer(url, query, { after }, pageOf('projects', project)));
}

export function fetchProject(url: string, id: number): Promise<Project | undefined> {
  const query = `query ($id: Int!) { project(id: $id) { ${PROJECT_FIELDS} } }`;
  return askIndexer(url, query, { id }, single('project', project));
}

/** Which batches: all, those of a project, or what a wallet may mint. */
export interface BatchFilter {
  readonly projectId?: number | undefined;
  readonly projectId_in?: readonly number[] | undefined;
  readonly state?: 'submitted' | 'verified' | 'rejected' | 'minted' | 'voided' | undefined;
}

/** Newest first. */
export function fetchBatches(
  url: string,
  filter: BatchFilter,
  after: string | undefined,
): Promise<PageOf<Batch>> {
  const query = `query ($where: batchFilter, $after: String) {
    batchs(where: $where, orderBy: "submittedAt", orderDirection: "desc", limit: ${PAGE_SIZE}, after: $after) {
      items { ${BATCH_FIELDS} } ${PAGE_FIELDS}
    } }`;
  return askIndexer(url, query, { where: filter, after: after ?? null }, pageOf('batchs', batch));
}

export function fetchBatch(url: string, id: bigint): Promise<Batch | undefined> {
  const query = `query ($id: BigInt!) { batch(id: $id) { ${BATCH_FIELDS} } }`;
  return askIndexer(url, query, { id: String(id) }, single('batch', batch));
}

/** Months in order; of one project, or of all. */
export function fetchMonths(
  url: string,
  projectId: number | undefined,
): Promise<PageOf<ProjectMonth>> {
  const query = `query ($where: projectMonthFilter) {
    projectMonths(where: $where, orderBy: "month", limit: ${MONTHS}) {
      items { ${MONTH_FIELDS} } ${PAGE_FIELDS}
    } }`;
  return askIndexer(url, query, { where: { projectId } }, pageOf('projectMonths', projectMonth));
}

/** What a wallet holds, without the credits that it no longer has any of. */
export function fetchBalances(url: string, account: string): Promise<PageOf<Balance>> {
  const query = `query ($account: String!) {
    balances(where: { account: $account, grams_gt: "0" }, orderBy: "creditId", limit: 200) {
      items { ${BALANCE_FIELDS} } ${PAGE_FIELDS}
    } }`;
  const variables = { account: account.toLowerCase() };
  return askIndexer(url, query, variables, pageOf('balances', balance));
}

/** All, or those in the name of one wallet; newest first. */
export function fetchRetirements(
  url: string,
  account: string | undefined,
  after: string | undefined,
): Promise<PageOf<Retirement>> {
  const query = `query ($where: retirementFilter, $after: String) {
    retirements(where: $where, orderBy: "at", orderDirection: "desc", limit: ${PAGE_SIZE}, after: $after) {
      items { ${RETIREMENT_FIELDS} } ${PAGE_FIELDS}
    } }`;
  const variables = { where: { account: account?.toLowerCase() }, after: after ?? null };
  return askIndexer(url, query, variables, pageOf('retirements', retirement));
}

/** Grams that a wallet retired from `from` until before `until`, Unix seconds. */
export async function fetchRetiredGrams(
  url: string,
  account: string,
  { from, until }: { readonly from: number; readonly until: number },
): Promise<bigint> {
  const query = `query ($account: String!, $from: Float!, $until: Float!, $after: String) {
    retirements(where: { account: $account, at_gte: $from, at_lt: $until }, orderBy: "at",
      limit: ${MOST_PER_PAGE}, after: $after) { items { grams } ${PAGE_FIELDS} } }`;
  const parse = pageOf('retirements', object({ grams: big }));
  const variables = { account: account.toLowerCase(), from, until };
  const all = await readAllPages((after) => askIndexer(url, query, { ...variables, after }, parse));
  return all.reduce((sum, { grams }) => sum + grams, 0n);
}

export function fetchIndexedBlock(url: string): Promise<number> {
  return askIndexer(url, '{ _meta { status } }', {}, indexedBlock);
}
