/** Hooks over emission factors. They change with a release only, so nothing is asked twice. */
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import {
  fetchFactor,
  fetchFactors,
  fetchFactorSets,
  fetchGases,
  type FactorDetail,
  type FactorPage,
  type FactorQuery,
  type FactorSet,
  type Gas,
} from '../api/index.ts';
import { useDeployment } from '../config/index.ts';

const FACTORS = 'factors';

/** The page before stays visible while the next one loads. */
export function useFactors(
  query: FactorQuery,
  cursor: string | undefined,
): UseQueryResult<FactorPage> {
  const { oracleUrl } = useDeployment();
  return useQuery({
    queryKey: [FACTORS, query, cursor],
    queryFn: () => fetchFactors(oracleUrl, query, cursor),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });
}

/** Gases and blends that the engine knows. */
export function useGases(): UseQueryResult<readonly Gas[]> {
  const { oracleUrl } = useDeployment();
  return useQuery({
    queryKey: ['gases'],
    queryFn: () => fetchGases(oracleUrl),
    staleTime: Infinity,
  });
}

export function useFactor(id: string): UseQueryResult<FactorDetail> {
  const { oracleUrl } = useDeployment();
  return useQuery({
    queryKey: [FACTORS, 'one', id],
    queryFn: () => fetchFactor(oracleUrl, id),
    staleTime: Infinity,
  });
}

export function useFactorSets(): UseQueryResult<readonly FactorSet[]> {
  const { oracleUrl } = useDeployment();
  return useQuery({
    queryKey: [FACTORS, 'sets'],
    queryFn: () => fetchFactorSets(oracleUrl),
    staleTime: Infinity,
  });
}
