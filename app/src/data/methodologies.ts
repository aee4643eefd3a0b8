/** Hooks over methodology versions. Nothing here changes by itself, so nothing is asked again. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import {
  fetchCertified,
  fetchComparison,
  fetchDifference,
  fetchDryRun,
  fetchMethodologies,
  type Certified,
  type DeviceComparison,
  type DryRunQuestion,
  type DryRunScope,
  type MethodologyVersion,
  type ParameterDifference,
  type VersionResult,
} from '../api/index.ts';
import { useDeployment } from '../config/index.ts';

function useOnce<T>(
  key: readonly unknown[],
  load: (oracleUrl: string) => Promise<T>,
): UseQueryResult<T> {
  const { oracleUrl } = useDeployment();
  return useQuery({
    queryKey: ['methodologies', ...key],
    queryFn: () => load(oracleUrl),
    staleTime: Infinity,
    retry: false,
  });
}

export function useDryRun(
  scope: DryRunScope,
  question: DryRunQuestion,
): UseQueryResult<readonly VersionResult[]> {
  const key = 'projectId' in scope ? ['project', scope.projectId] : ['batch', String(scope.batchId)];
  return useOnce(['dryRun', ...key, question], (url) => fetchDryRun(url, scope, question));
}

export function useMethodologies(): UseQueryResult<readonly MethodologyVersion[]> {
  return useOnce(['versions'], fetchMethodologies);
}

export function useDifference(
  from: string,
  to: string,
): UseQueryResult<readonly ParameterDifference[]> {
  return useOnce(['difference', from, to], (url) => fetchDifference(url, from, to));
}

/** From the file of the batch, which never changes. */
export function useComparison(batchId: bigint): UseQueryResult<readonly DeviceComparison[]> {
  return useOnce(['comparison', String(batchId)], (url) => fetchComparison(url, batchId));
}

export function useCertified(batchId: bigint): UseQueryResult<Certified> {
  return useOnce(['certified', String(batchId)], (url) => fetchCertified(url, batchId));
}
