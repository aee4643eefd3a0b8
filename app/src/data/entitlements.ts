import type { UseQueryResult } from '@tanstack/react-query';
import type { Address } from 'viem';
import { fetchEntitlement, type MeteredEntitlement } from '../api/index.ts';
import { useMeasured } from './measured.ts';

/** What the wallet uses of its rights, as the oracle meters it. */
export function useMeteredEntitlement(account: Address): UseQueryResult<MeteredEntitlement> {
  return useMeasured(['entitlement', account], (url) => fetchEntitlement(url, account));
}
