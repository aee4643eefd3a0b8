import type { DevicePosition, Hex } from '@truetonne/protocol';
import { and, asc, count, eq, gt, inArray, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Session } from './database/database.ts';
import { devices, projects, type DeviceRow, type ProjectRow } from './tables/schema.ts';

/** As the chain tells of it. */
export const IS_KNOWN = eq(devices.gone, false);

/** Whether what is known was told before a place on the chain, or is still to be told. */
const isBefore = (known: AnyPgColumn, place: number): SQL =>
  sql`(${known} IS NULL OR ${known} < ${place})`;

type NewProject = Omit<
  ProjectRow,
  'validator' | 'submitter' | 'factorUgPerWh' | 'batchCount' | 'registeredAt'
>;

/** What a project is before anybody said more of it. */
const NEW_PROJECT = { validator: null, submitter: null, factorUgPerWh: null, batchCount: 0 };

/**
 * A project as it was registered at a place that ascends with the order of events on the chain; an
 * event that is in here already changes nothing.
 */
export async function saveProject(
  { orm }: Session,
  project: NewProject,
  place: number,
): Promise<void> {
  const row = { ...project, ...NEW_PROJECT, registeredAt: place };
  await orm
    .insert(projects)
    .values(row)
    .onConflictDoUpdate({
      target: projects.id,
      set: row,
      setWhere: isBefore(projects.registeredAt, place),
    });
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

/** What a device is before anything happened to it. */
export const NEW_DEVICE = {
  ...{ projectId: null, capacityW: null, revokedFrom: null, frozenSequence: null },
  ...{ successor: null, predecessor: null, offeredTo: null, openingHash: null, gone: false },
};

/**
 * A device as it was claimed, at a place as that of a project; an event that is in here already changes
 * nothing.
 */
export async function saveDevice(
  { orm }: Session,
  { exportWh, importWh, ...claim }: NewDevice,
  place: number,
): Promise<void> {
  const row = {
    ...claim,
    ...NEW_DEVICE,
    ...{ claimExportWh: exportWh, claimImportWh: importWh, lifeAt: place, creditedSequence: 0 },
    ...{ creditedClosedAt: claim.claimedAt },
    ...{ creditedExportWh: exportWh, creditedImportWh: importWh },
  };
  await orm
    .insert(devices)
    .values(row)
    .onConflictDoUpdate({
      target: devices.deviceId,
      set: row,
      setWhere: isBefore(devices.lifeAt, place),
    });
}

interface Binding {
  readonly projectId: number;
  readonly capacityW: bigint;
  /** When it was heard of, Unix seconds. */
  readonly boundAt: number;
}

/** The device is in a project. When events are read anew, it is so since it was first heard of. */
export async function saveBinding(
  { orm }: Session,
  deviceId: Hex,
  { boundAt, ...binding }: Binding,
): Promise<void> {
  await orm
    .update(devices)
    .set({ ...binding, boundAt: sql`coalesce(${devices.boundAt}, ${boundAt}::bigint)` })
    .where(eq(devices.deviceId, deviceId));
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
  const rows = await orm
    .update(devices)
    .set({ lifeAt: place })
    .where(and(eq(devices.deviceId, deviceId), isBefore(devices.lifeAt, place)))
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
  const ofProject = projectId === undefined ? undefined : eq(devices.projectId, projectId);
  return orm.select().from(devices).where(and(IS_KNOWN, ofProject)).orderBy(asc(devices.deviceId));
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
    .where(and(IS_KNOWN, ofProject, gt(devices.number, after)))
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
  const isThis = eq(devices.deviceId, deviceId);
  const [row] = await orm.select().from(devices).where(and(isThis, IS_KNOWN));
  return row;
}

export async function countDevices({ orm }: Session): Promise<number> {
  const [row] = await orm.select({ devices: count() }).from(devices).where(IS_KNOWN);
  return row?.devices ?? 0;
}
