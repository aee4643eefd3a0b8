/** Hooks over who may judge batches, and what was said of them. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { Address } from 'viem';
import {
  fetchJudgements,
  fetchVerifier,
  type Judgements,
  type Verifier,
} from '../api/indexer/index.ts';
import { orNull, useIndexed } from './indexed.ts';

/** The accreditation of a wallet; `null` where it never had one. */
export function useVerifier(account: Address): UseQueryResult<Verifier | null> {
  return useIndexed(['verifier', account], (url) => orNull(fetchVerifier(url, account)));
}

export function useJudgements(batchIds: readonly bigint[]): UseQueryResult<Judgements> {
  const key = ['judgements', ...batchIds.map(String)];
  return useIndexed(key, (url) => fetchJudgements(url, batchIds), batchIds.length > 0);
}
