import type { DevicePosition, Hex } from '@truetonne/protocol';
import { and, desc, eq, gt, isNull, lt, or } from 'drizzle-orm';
import { restartComparison } from './checkMeters.ts';
import type { Session } from './database/database.ts';
import {
  devices,
  equivocations,
  findings,
  flags,
  heads,
  meterReplacements,
  missedWindows,
  type MeterReplacementRow,
} from './tables/schema.ts';

/** The new key of a device, and the old one that it comes after. */
export async function saveRotation({ orm }: Session, deviceId: Hex, successor: Hex): Promise<void> {
  await orm.update(devices).set({ successor }).where(eq(devices.deviceId, deviceId));
  await orm.update(devices).set({ predecessor: deviceId }).where(eq(devices.deviceId, successor));
}

/** To whom a device is offered; `null` when the offer was withdrawn. */
export async function saveOffer(
  { orm }: Session,
  deviceId: Hex,
  offeredTo: Hex | null,
): Promise<void> {
  await orm.update(devices).set({ offeredTo }).where(eq(devices.deviceId, deviceId));
}

/** The device has another owner and belongs to no project. */
export async function saveHandOver({ orm }: Session, deviceId: Hex, owner: Hex): Promise<void> {
  await orm
    .update(devices)
    .set({ owner, projectId: null, capacityW: null, boundAt: null, offeredTo: null })
    .where(eq(devices.deviceId, deviceId));
}

/** The sequence number that was proven to be used twice. */
export async function saveFreeze(
  { orm }: Session,
  deviceId: Hex,
  frozenSequence: number,
): Promise<void> {
  await orm.update(devices).set({ frozenSequence }).where(eq(devices.deviceId, deviceId));
}

/** Where a device's crediting goes on after its meter was replaced. */
export async function saveReplacedMeter(
  { orm }: Session,
  deviceNumber: number,
  { closedAt, exportWh, importWh }: DevicePosition,
  statementHash: Hex,
): Promise<void> {
  await orm
    .update(devices)
    .set({
      creditedClosedAt: closedAt,
      creditedExportWh: exportWh,
      creditedImportWh: importWh,
      openingHash: statementHash,
    })
    .where(eq(devices.number, deviceNumber));
}

/** Where a device's judgement goes on after its meter was replaced. */
export async function moveHead(
  { orm }: Session,
  deviceNumber: number,
  { closedAt, exportWh, importWh, sequence }: DevicePosition,
  statementHash: Hex,
): Promise<void> {
  await orm
    .update(heads)
    .set({ sequence, closedAt, exportWh, importWh, previousHash: statementHash, unsettled: null })
    .where(and(eq(heads.deviceNumber, deviceNumber), eq(heads.lastSequence, sequence)));
}

export async function saveSignOff(
  { orm }: Session,
  statementHash: Hex,
  validator: Hex,
  signedAt: number,
): Promise<void> {
  await orm
    .update(meterReplacements)
    .set({ validator, signedAt })
    .where(eq(meterReplacements.statementHash, statementHash));
}

/** Keeps a statement until a validator signs it off; one that is here already stays as it is. */
export async function saveReplacement(
  { orm }: Session,
  statement: Omit<MeterReplacementRow, 'id' | 'validator' | 'signedAt'>,
): Promise<void> {
  await orm.insert(meterReplacements).values(statement).onConflictDoNothing();
}

export interface ReplacementView {
  readonly row: MeterReplacementRow;
  readonly device: typeof devices.$inferSelect;
}

/** Statements of replaced meters, the newest first. */
export async function readReplacements(
  { orm }: Session,
  filter: {
    readonly projectId?: number | undefined;
    readonly deviceNumber?: number | undefined;
    readonly pending?: boolean | undefined;
  },
  page: { readonly beforeId: number; readonly limit: number },
): Promise<readonly ReplacementView[]> {
  const { projectId, deviceNumber, pending } = filter;
  const conditions = [
    projectId === undefined ? undefined : eq(devices.projectId, projectId),
    deviceNumber === undefined ? undefined : eq(devices.number, deviceNumber),
    lt(meterReplacements.id, page.beforeId),
    pending === true ? isNull(meterReplacements.signedAt) : undefined,
    pending === false ? gt(meterReplacements.signedAt, 0) : undefined,
  ];
  return orm
    .select({ row: meterReplacements, device: devices })
    .from(meterReplacements)
    .innerJoin(devices, eq(devices.number, meterReplacements.deviceNumber))
    .where(and(...conditions))
    .orderBy(desc(meterReplacements.id))
    .limit(page.limit);
}

export async function findReplacement(
  { orm }: Session,
  statementHash: Hex,
): Promise<ReplacementView | undefined> {
  const [found] = await orm
    .select({ row: meterReplacements, device: devices })
    .from(meterReplacements)
    .innerJoin(devices, eq(devices.number, meterReplacements.deviceNumber))
    .where(eq(meterReplacements.statementHash, statementHash));
  return found;
}

/** The place of a second window among those of a device. */
export interface EquivocationPlace {
  readonly sequence: number;
  readonly headerHash: Hex;
}

/** Second windows with the sequence number of one that is stored, by sequence and hash. */
export function readEquivocations(
  { orm }: Session,
  deviceNumber: number,
  after: EquivocationPlace,
  limit: number,
) {
  const { sequence, headerHash } = equivocations;
  const isAfter = or(
    gt(sequence, after.sequence),
    and(eq(sequence, after.sequence), gt(headerHash, after.headerHash)),
  );
  return orm
    .select()
    .from(equivocations)
    .where(and(eq(equivocations.deviceNumber, deviceNumber), isAfter))
    .orderBy(sequence, headerHash)
    .limit(limit);
}

/** Forgets what judgement said of a device's windows after a sequence. */
export async function forgetJudgement(
  session: Session,
  deviceNumber: number,
  after: number,
): Promise<void> {
  for (const table of [findings, flags, missedWindows]) {
    await session.orm
      .delete(table)
      .where(and(eq(table.deviceNumber, deviceNumber), gt(table.sequence, after)));
  }
  await restartComparison(session, deviceNumber);
}

/**
 * Takes back sealed batches that hold a device and were not signed yet: they are sealed anew without
 * what no longer belongs to them.
 */
export async function dropSealedBatches({ run }: Session, deviceNumber: number): Promise<number> {
  const rows = await run(
    `DELETE FROM batches USING batch_devices
     WHERE batch_devices.batch_key = batches.key AND batch_devices.device_number = $1
       AND batches.own AND batches.phase = 'sealed'
     RETURNING batches.key`,
    [deviceNumber],
  );
  return rows.length;
}
