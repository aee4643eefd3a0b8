/** Hooks over the fleet as the oracle sees it. */
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Hex } from 'viem';
import {
  fetchAlerts,
  fetchEquivocation,
  fetchFleet,
  fetchMeterPairs,
  fetchPendingReplacements,
  type Alert,
  type AlertFilter,
  type FleetFilter,
  type FleetPage,
  type MeterPairs,
  type PendingReplacement,
  type StoredEquivocation,
} from '../api/index.ts';
import { useDeployment } from '../config/index.ts';
import { orNull } from './indexed.ts';
import { MEASURED, REFRESH_MS, useMeasured, useMeasuredPages, type CursorPages } from './measured.ts';

/** One page of the fleet; the one before stays, as a placeholder, while the next one loads. */
export function useFleet(
  filter: FleetFilter,
  cursor: string | undefined,
): UseQueryResult<FleetPage> {
  const { oracleUrl } = useDeployment();
  return useQuery({
    queryKey: [MEASURED, 'fleet', filter.projectId, filter.state, filter.device, cursor],
    queryFn: () => fetchFleet(oracleUrl, filter, cursor),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });
}

/** The newest first. */
export function useAlerts(filter: AlertFilter): CursorPages<Alert> {
  return useMeasuredPages(['alerts', filter.projectId, filter.open], (url, cursor) =>
    fetchAlerts(url, filter, cursor),
  );
}

/** The proof that a key was copied; null when there is none. */
export function useEquivocation(deviceId: string): UseQueryResult<StoredEquivocation | null> {
  return useMeasured(['equivocation', deviceId], (url) =>
    orNull(fetchEquivocation(url, deviceId)),
  );
}

/** The meter that checks a device, and the one that it checks itself. */
export function useMeterPairs(id: Hex): UseQueryResult<MeterPairs> {
  return useMeasured(['check-meter', id], (url) => fetchMeterPairs(url, id));
}

/** The newest first. */
export function usePendingReplacements(): CursorPages<PendingReplacement> {
  return useMeasuredPages(['replacements'], fetchPendingReplacements);
}
