import { splitBatchId, TonneError, type Hex } from '@truetonne/protocol';
import { findBatch } from '../store/batches.ts';
import type { Session } from '../store/database/database.ts';
import { findDevice, findProject } from '../store/registry.ts';
import type { BatchRow, DeviceRow, ProjectRow } from '../store/tables/schema.ts';
import type { ApiContext } from './context.ts';
import { MAX_INTEGER } from './route.ts';

/** Throws DEVICE_UNKNOWN. `deviceId` was parsed as an id. */
export async function getKnownDevice(
  { database }: { readonly database: Session },
  deviceId: string,
): Promise<DeviceRow> {
  // Proof: the parameter's schema takes nothing but 0x and 64 hex digits.
  const device = await findDevice(database, deviceId as Hex);
  if (device === undefined)
    throw new TonneError('DEVICE_UNKNOWN', { field: 'deviceId', value: deviceId });
  return device;
}

/** Throws PROJECT_UNKNOWN. */
export async function getKnownProject(
  { database }: { readonly database: Session },
  id: number,
): Promise<ProjectRow> {
  const project = await findProject(database, id);
  if (project === undefined)
    throw new TonneError('PROJECT_UNKNOWN', { field: 'id', value: String(id) });
  return project;
}

/** Throws BATCH_UNKNOWN. */
export async function getKnownBatch({ database }: ApiContext, batchId: string): Promise<BatchRow> {
  const { projectId, number } = splitBatchId(BigInt(batchId));
  const batch = projectId > MAX_INTEGER ? undefined : await findBatch(database, projectId, number);
  if (batch === undefined)
    throw new TonneError('BATCH_UNKNOWN', { field: 'batchId', value: batchId });
  return batch;
}
