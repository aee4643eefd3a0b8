/** Hooks over what the indexer knows of devices and of those who may act on them. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { Address } from 'viem';
import {
  fetchAccreditation,
  fetchDevice,
  fetchDeviceLife,
  fetchDevices,
  fetchKnownDevices,
  fetchOffers,
  fetchUnbound,
  type Device,
  type DeviceLife,
  type KnownDevice,
} from '../api/indexer/index.ts';
import { orNull, useIndexed, useIndexedPages, type Pages } from './indexed.ts';

export function useDevices(projectId: number): Pages<Device> {
  return useIndexedPages(['devices', projectId], (url, after) =>
    fetchDevices(url, projectId, after),
  );
}

export function useDevice(id: string): UseQueryResult<Device | null> {
  return useIndexed(['device', id], (url) => orNull(fetchDevice(url, id)));
}

export function useDeviceLife(id: string): UseQueryResult<DeviceLife | null> {
  return useIndexed(['life', id], (url) => orNull(fetchDeviceLife(url, id)));
}

/** Devices that the wallet may take over. */
export function useOffers(account: Address): UseQueryResult<readonly Device[]> {
  return useIndexed(['offers', account], (url) => fetchOffers(url, account));
}

/** Devices of a wallet that belong to no project. */
export function useUnbound(owner: Address): UseQueryResult<readonly Device[]> {
  return useIndexed(['unbound', owner], (url) => fetchUnbound(url, owner));
}

/** Which of these devices are claimed, by id. */
export function useKnownDevices(
  ids: readonly string[],
): UseQueryResult<ReadonlyMap<string, KnownDevice>> {
  const key = ['known', ids.length, ids[0], ids.at(-1)];
  return useIndexed(key, (url) => fetchKnownDevices(url, ids), ids.length > 0);
}

/** Until when a wallet is an accredited validator; null when it never was. */
export function useAccreditation(account: Address | undefined): UseQueryResult<number | null> {
  const load = (url: string): Promise<number | null> =>
    orNull(fetchAccreditation(url, account ?? '0x'));
  return useIndexed(['accreditation', account], load, account !== undefined);
}
