/** Hooks over the fleet as the oracle sees it. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { Hex } from 'viem';
import {
  fetchAlerts,
  fetchEquivocations,
  fetchFleet,
  fetchMeterPairs,
  fetchPendingReplacements,
  fetchUploads,
  type Alert,
  type FleetFilter,
  type FleetPage,
  type MeterPairs,
  type PendingReplacement,
  type StoredEquivocation,
  type Upload,
} from '../api/index.ts';
import { useMeasured, useMeasuredPages, type CursorPages } from './measured.ts';

/** One page of the fleet; the page before stays visible while the next one loads. */
export function useFleet(
  filter: FleetFilter,
  cursor: string | undefined,
): UseQueryResult<FleetPage> {
  const key = ['fleet', filter.projectId, filter.state, cursor];
  return useMeasured(key, (url) => fetchFleet(url, filter, cursor));
}

export function useAlerts(projectId: number | undefined): UseQueryResult<readonly Alert[]> {
  return useMeasured(['alerts', projectId], (url) => fetchAlerts(url, projectId));
}

export function useEquivocations(deviceId: string): UseQueryResult<readonly StoredEquivocation[]> {
  return useMeasured(['equivocations', deviceId], (url) => fetchEquivocations(url, deviceId));
}

/** The meter that checks a device, and the one that it checks itself. */
export function useMeterPairs(id: Hex): UseQueryResult<MeterPairs> {
  return useMeasured(['check-meter', id], (url) => fetchMeterPairs(url, id));
}

export function usePendingReplacements(): UseQueryResult<readonly PendingReplacement[]> {
  return useMeasured(['replacements'], (url) => fetchPendingReplacements(url));
}

/** The newest first. */
export function useUploads(): CursorPages<Upload> {
  return useMeasuredPages(['uploads'], fetchUploads);
}
