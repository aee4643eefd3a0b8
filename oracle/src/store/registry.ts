import type { DevicePosition, Hex } from '@truetonne/protocol';
import { and, asc, count, eq, gt, inArray, isNull, lt, or, sql } from 'drizzle-orm';
import type { Session } from './database/database.ts';
import {
  devices,
  meterReplacements,
  projects,
  type DeviceRow,
  type ProjectRow,
} from './tables/schema.ts';

type NewProject = Omit<ProjectRow, 'validator' | 'submitter' | 'factorUgPerWh' | 'batchCount'>;

export async function saveProject({ orm }: Session, project: NewProject): Promise<void> {
  await orm
    .insert(projects)
    .values(project)
    .onConflictDoUpdate({ target: projects.id, set: project });
}

export async function saveValidation(
  { orm }: Session,
  projectId: number,
  validation: { readonly validator: Hex; readonly submitter: Hex; readonly factorUgPerWh: bigint },
): Promise<void> {
  await orm.update(projects).set(validation).where(eq(projects.id, projectId));
}

export async function saveBatchCount(
  { orm }: Session,
  projectId: number,
  batchCount: number,
): Promise<void> {
  await orm
    .update(projects)
    .set({ batchCount })
    .where(and(eq(projects.id, projectId), lt(projects.batchCount, batchCount)));
}

interface NewDevice {
  readonly deviceId: Hex;
  readonly owner: Hex;
  readonly publicKey: Uint8Array;
  readonly claimHash: Hex;
  readonly claimedAt: number;
  readonly exportWh: bigint;
  readonly importWh: bigint;
}

export async function saveDevice({ orm }: Session, device: NewDevice): Promise<void> {
  const { exportWh, importWh, ...rest } = device;
  await orm
    .insert(devices)
    .values({
      ...rest,
      claimExportWh: exportWh,
      claimImportWh: importWh,
      creditedSequence: 0,
      creditedClosedAt: device.claimedAt,
      creditedExportWh: exportWh,
      creditedImportWh: importWh,
    })
    .onConflictDoNothing();
}

export async function saveBinding(
  { orm }: Session,
  deviceId: Hex,
  binding: { readonly projectId: number; readonly capacityW: bigint },
): Promise<void> {
  await orm.update(devices).set(binding).where(eq(devices.deviceId, deviceId));
}

/**
 * Whether an event of a device's life is new here; it is known from then on. `place` ascends with the
 * order of events on the chain.
 */
export async function takeLifeEvent(
  { orm }: Session,
  deviceId: Hex,
  place: number,
): Promise<boolean> {
  const later = or(isNull(devices.lifeAt), lt(devices.lifeAt, place));
  const rows = await orm
    .update(devices)
    .set({ lifeAt: place })
    .where(and(eq(devices.deviceId, deviceId), later))
    .returning({ number: devices.number });
  return rows.length > 0;
}

/** A revocation only ever moves to an earlier time. */
export async function saveRevocation(
  { orm }: Session,
  deviceId: Hex,
  revokedFrom: number,
): Promise<void> {
  const earlier = or(isNull(devices.revokedFrom), gt(devices.revokedFrom, revokedFrom));
  await orm
    .update(devices)
    .set({ revokedFrom })
    .where(and(eq(devices.deviceId, deviceId), earlier));
}

/** Moves a device's credited state forward; a state it has passed changes nothing. */
export async function saveCredited(
  { orm }: Session,
  deviceId: Hex,
  position: DevicePosition,
): Promise<void> {
  await orm
    .update(devices)
    .set({
      creditedSequence: position.sequence,
      creditedClosedAt: position.closedAt,
      creditedExportWh: position.exportWh,
      creditedImportWh: position.importWh,
      openingHash: null,
    })
    .where(and(eq(devices.deviceId, deviceId), lt(devices.creditedSequence, position.sequence)));
}

/** Takes back all that batches and the lives of devices changed, because blocks were taken back and are read anew. */
export async function forgetBatches({ orm }: Session): Promise<void> {
  await orm.update(projects).set({ batchCount: 0 });
  await orm.update(devices).set({
    creditedSequence: 0,
    creditedClosedAt: sql`${devices.claimedAt}`,
    creditedExportWh: sql`${devices.claimExportWh}`,
    creditedImportWh: sql`${devices.claimImportWh}`,
    openingHash: null,
    frozenSequence: null,
    successor: null,
    predecessor: null,
    offeredTo: null,
    lifeAt: null,
  });
  await orm.update(meterReplacements).set({ validator: null, signedAt: null });
}

export function readProjects({ orm }: Session): Promise<readonly ProjectRow[]> {
  return orm.select().from(projects).orderBy(asc(projects.id));
}

export async function findProject({ orm }: Session, id: number): Promise<ProjectRow | undefined> {
  const [row] = await orm.select().from(projects).where(eq(projects.id, id));
  return row;
}

export function readDevices(
  { orm }: Session,
  filter: { readonly projectId?: number | undefined } = {},
): Promise<readonly DeviceRow[]> {
  const { projectId } = filter;
  const where = projectId === undefined ? undefined : eq(devices.projectId, projectId);
  return orm.select().from(devices).where(where).orderBy(asc(devices.deviceId));
}

/** Where a page of rows begins that are numbered in the order in which they came. */
interface NumberedPage {
  readonly after: number;
  readonly limit: number;
}

export function readProjectPage(
  { orm }: Session,
  { after, limit }: NumberedPage,
): Promise<readonly ProjectRow[]> {
  return orm
    .select()
    .from(projects)
    .where(gt(projects.id, after))
    .orderBy(asc(projects.id))
    .limit(limit);
}

/** Devices of a project or of all, by number. */
export function readDevicePage(
  { orm }: Session,
  { projectId }: { readonly projectId: number | undefined },
  { after, limit }: NumberedPage,
): Promise<readonly DeviceRow[]> {
  const ofProject = projectId === undefined ? undefined : eq(devices.projectId, projectId);
  return orm
    .select()
    .from(devices)
    .where(and(ofProject, gt(devices.number, after)))
    .orderBy(asc(devices.number))
    .limit(limit);
}

export function readDevicesByNumber(
  { orm }: Session,
  numbers: readonly number[],
): Promise<readonly DeviceRow[]> {
  if (numbers.length === 0) return Promise.resolve([]);
  return orm
    .select()
    .from(devices)
    .where(inArray(devices.number, [...numbers]));
}

export async function findDevice({ orm }: Session, deviceId: Hex): Promise<DeviceRow | undefined> {
  const [row] = await orm.select().from(devices).where(eq(devices.deviceId, deviceId));
  return row;
}

export async function countDevices({ orm }: Session): Promise<number> {
  const [row] = await orm.select({ devices: count() }).from(devices);
  return row?.devices ?? 0;
}
