import type { UseQueryResult } from '@tanstack/react-query';
import type { Address } from 'viem';
import { fetchEntitlement, type MeteredEntitlement } from '../api/index.ts';
import { orNullFor404, useMeasured } from './measured.ts';

/** What the wallet uses of its rights, as the oracle meters it; null where it does not. */
export function useMeteredEntitlement(account: Address): UseQueryResult<MeteredEntitlement | null> {
  return useMeasured(['entitlement', account], (url) =>
    orNullFor404(fetchEntitlement(url, account)),
  );
}
