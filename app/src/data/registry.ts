/** Hooks over the registry itself: versions, who is accredited, who runs it. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Address } from 'viem';
import { usePublicClient } from 'wagmi';
import {
  fetchAccredited,
  fetchPublishedVersions,
  type Accredited,
  type PublishedVersion,
} from '../api/indexer/index.ts';
import { fetchSubmitter } from '../api/index.ts';
import { fetchRegistryState, type RegistryState } from '../chain/index.ts';
import { useDeployment } from '../config/index.ts';
import { useIndexed } from './indexed.ts';
import { ON_CHAIN } from './onChain.ts';

const REFRESH_MS = 5_000;

export function usePublishedVersions(): UseQueryResult<readonly PublishedVersion[]> {
  return useIndexed(['versions'], fetchPublishedVersions);
}

export function useAccredited(): UseQueryResult<readonly Accredited[]> {
  return useIndexed(['accredited'], fetchAccredited);
}

export function useRegistryState(): UseQueryResult<RegistryState> {
  const { registry } = useDeployment();
  const client = usePublicClient();
  return useQuery({
    queryKey: [ON_CHAIN, 'registry'],
    queryFn: () => {
      if (client === undefined) throw new Error('The chain of this deployment is not configured');
      return fetchRegistryState(client, registry);
    },
    refetchInterval: REFRESH_MS,
  });
}

/** The wallet that sends batches for the oracle of this page. */
export function useSubmitter(): UseQueryResult<Address> {
  const { oracleUrl } = useDeployment();
  return useQuery({
    queryKey: ['submitter'],
    queryFn: () => fetchSubmitter(oracleUrl),
    staleTime: Infinity,
  });
}
