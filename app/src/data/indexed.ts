/** Hooks over what the indexer knows; they refresh by themselves while a page is open. */
import {
  useInfiniteQuery,
  useQuery,
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { Address } from 'viem';
import {
  fetchBalances,
  fetchBatch,
  fetchBatches,
  fetchMonths,
  fetchProject,
  fetchProjects,
  fetchRetiredGrams,
  fetchRetirements,
  type Balance,
  type Batch,
  type BatchFilter,
  type PageOf,
  type Project,
  type ProjectMonth,
  type Retirement,
} from '../api/indexer/index.ts';
import { useDeployment } from '../config/index.ts';

const REFRESH_MS = 5_000;
/** Every key begins with this, so that a confirmed transaction refreshes all of them at once. */
export const INDEXED = 'indexed';

export function useIndexed<T>(
  key: readonly unknown[],
  load: (indexerUrl: string) => Promise<T>,
  enabled = true,
): UseQueryResult<T> {
  const { indexerUrl } = useDeployment();
  return useQuery({
    queryKey: [INDEXED, ...key],
    queryFn: () => load(indexerUrl),
    refetchInterval: REFRESH_MS,
    enabled,
  });
}

export type Pages<T> = UseInfiniteQueryResult<InfiniteData<PageOf<T>>>;

export function useIndexedPages<T>(
  key: readonly unknown[],
  load: (indexerUrl: string, after: string | undefined) => Promise<PageOf<T>>,
  enabled = true,
): Pages<T> {
  const { indexerUrl } = useDeployment();
  return useInfiniteQuery({
    queryKey: [INDEXED, ...key],
    queryFn: ({ pageParam }) => load(indexerUrl, pageParam),
    initialPageParam: firstPage(),
    getNextPageParam: ({ next }) => next,
    refetchInterval: REFRESH_MS,
    enabled,
  });
}

function firstPage(): string | undefined {
  return undefined;
}

/** `null` stands for "not there": TanStack Query keeps `undefined` for "not loaded yet". */
export async function orNull<T>(found: Promise<T | undefined>): Promise<T | null> {
  return (await found) ?? null;
}

/** All of them. */
export function useProjects(): UseQueryResult<readonly Project[]> {
  return useIndexed(['projects'], fetchProjects);
}

export function useProject(id: number): UseQueryResult<Project | null> {
  return useIndexed(['project', id], (url) => orNull(fetchProject(url, id)));
}

export function useBatches(filter: BatchFilter, enabled = true): Pages<Batch> {
  const key = ['batches', filter.projectId, filter.projectId_in, filter.state];
  return useIndexedPages(key, (url, after) => fetchBatches(url, filter, after), enabled);
}

export function useBatch(id: bigint): UseQueryResult<Batch | null> {
  return useIndexed(['batch', String(id)], (url) => orNull(fetchBatch(url, id)));
}

export function useMonths(projectId?: number): UseQueryResult<PageOf<ProjectMonth>> {
  return useIndexed(['months', projectId], (url) => fetchMonths(url, projectId));
}

export function useBalances(account: Address | undefined): UseQueryResult<PageOf<Balance>> {
  const holder = account ?? '0x';
  const load = (url: string): Promise<PageOf<Balance>> => fetchBalances(url, holder);
  return useIndexed(['balances', holder], load, account !== undefined);
}

/** Grams that a wallet retired in a calendar year (UTC). */
export function useRetiredGrams(account: Address, year: number): UseQueryResult<bigint> {
  const span = { from: Date.UTC(year, 0) / 1000, until: Date.UTC(year + 1, 0) / 1000 };
  return useIndexed(['retiredGrams', account, year], (url) =>
    fetchRetiredGrams(url, account, span),
  );
}

/** All, or those in the name of one wallet. */
export function useRetirements(account?: Address): Pages<Retirement> {
  return useIndexedPages(['retirements', account], (url, after) =>
    fetchRetirements(url, account, after),
  );
}
