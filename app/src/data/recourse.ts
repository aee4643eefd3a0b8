/** Hooks over voids and debts: what the chain says now, and what the indexer knows of the past. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { readBatchStatus, type BatchStatus } from '@truetonne/protocol';
import type { Address } from 'viem';
import { usePublicClient } from 'wagmi';
import {
  fetchVoidBasis,
  fetchVoiding,
  type RecourseSource,
  type VoidBasis,
  type Voiding,
  type VoidSubject,
} from '../chain/index.ts';
import {
  fetchBalances,
  fetchBooks,
  fetchCertificateBalances,
  fetchDebtors,
  fetchVoids,
  type Books,
  type BatchVoid,
  type Debtor,
} from '../api/indexer/index.ts';
import { useDeployment } from '../config/index.ts';
import { creditName } from './creditName.ts';
import { certificateName } from './energy.ts';
import { useIndexed, useIndexedPages, type Pages } from './indexed.ts';
import { ON_CHAIN } from './onChain.ts';

const REFRESH_MS = 5_000;

function useRecourse<T>(
  key: readonly string[],
  load: (source: RecourseSource) => Promise<T>,
): UseQueryResult<T> {
  const deployment = useDeployment();
  const client = usePublicClient();
  return useQuery({
    queryKey: [ON_CHAIN, 'recourse', ...key],
    queryFn: () => {
      if (client === undefined) throw new Error('The chain of this deployment is not configured');
      return load({ client, ...deployment });
    },
    refetchInterval: REFRESH_MS,
  });
}

export function useVoiding(batchId: bigint): UseQueryResult<Voiding> {
  return useRecourse(['voiding', String(batchId)], (source) => fetchVoiding(source, batchId));
}

export function useVoidBasis(subject: VoidSubject): UseQueryResult<VoidBasis> {
  const { kind, owner, id } = subject;
  return useRecourse(['basis', kind, owner, String(id)], (source) =>
    fetchVoidBasis(source, subject),
  );
}

/** What the contract itself says became of a batch. */
export function useBatchStatus(batchId: bigint): UseQueryResult<BatchStatus> {
  return useRecourse(['status', String(batchId)], ({ client, registry }) =>
    readBatchStatus(client, registry, batchId),
  );
}

/** What became of everything that a project's batches issued. */
export function useBooks(projectId: number): UseQueryResult<Books> {
  return useIndexed(['books', projectId], (url) => fetchBooks(url, projectId));
}

/** All, or those of one project; newest first. */
export function useVoids(projectId?: number): Pages<BatchVoid> {
  return useIndexedPages(['voids', projectId], (url, after) => fetchVoids(url, projectId, after));
}

/** What a wallet can hand in for a debt: grams of a credit, or certificates. */
export interface Means {
  readonly id: bigint;
  readonly name: string;
  readonly held: bigint;
}

async function fetchMeans(
  url: string,
  kind: VoidSubject['kind'],
  account: Address,
): Promise<readonly Means[]> {
  if (kind === 'carbon') {
    const { items } = await fetchBalances(url, account);
    return items.map((row) => ({ id: row.creditId, name: creditName(row), held: row.grams }));
  }
  return (await fetchCertificateBalances(url, account)).map((row) => ({
    id: row.certificateId,
    name: certificateName(row),
    held: row.certificates,
  }));
}

export function useMeans(
  kind: VoidSubject['kind'],
  account: Address,
): UseQueryResult<readonly Means[]> {
  return useIndexed(['means', kind, account], (url) => fetchMeans(url, kind, account));
}

export function useDebtors(): UseQueryResult<readonly Debtor[]> {
  return useIndexed(['debtors'], fetchDebtors);
}
