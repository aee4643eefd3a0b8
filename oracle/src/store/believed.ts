import { and, asc, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Hex } from '@truetonne/protocol';
import type { Session } from './database/database.ts';
import { IS_KNOWN, NEW_DEVICE } from './registry.ts';
import {
  believedDevices,
  devices,
  meterReplacements,
  methodologies,
  projects,
  type BelievedDevice,
  type MeterReplacementRow,
} from './tables/schema.ts';

/** Statements of replaced meters of a device that were signed off, by id. */
const SIGNED_OFF = `
  SELECT id FROM meter_replacements
  WHERE device_number = devices.number AND signed_at IS NOT NULL ORDER BY id`;

/** All that judging a device's windows takes from the chain. */
const TERMS = `jsonb_build_array(devices.claim_hash, devices.project_id, devices.capacity_w,
  devices.opening_hash, projects.latitude_e6, projects.longitude_e6, projects.utc_offset_minutes,
  projects.crediting_from, projects.crediting_until, methodologies.parameters_hash,
  ARRAY(${SIGNED_OFF}))::text`;

const JUDGED = `
  FROM devices
  JOIN heads ON heads.device_number = devices.number
  LEFT JOIN projects ON projects.id = devices.project_id
  LEFT JOIN methodologies ON methodologies.id = projects.methodology_id`;

/** Keeps under which terms windows were judged. What is kept already stays: nothing was judged since. */
export async function saveBelieved({ run }: Session): Promise<void> {
  await run(
    `INSERT INTO believed_devices
     SELECT devices.number, ${TERMS}, coalesce(counted.utc_offset_minutes, 0),
       devices.claimed_at, devices.claim_export_wh, devices.claim_import_wh,
       devices.credited_sequence, devices.credited_closed_at, devices.credited_export_wh,
       devices.credited_import_wh, ARRAY(${SIGNED_OFF})
     ${JUDGED}
     LEFT JOIN projects AS counted ON counted.id = heads.project_id
     ON CONFLICT DO NOTHING`,
    [],
  );
}

/** Devices whose windows were judged under other terms than those of now, by number. */
export async function readDisbelieved({ orm, run }: Session): Promise<readonly BelievedDevice[]> {
  const rows = await run(
    `SELECT device_number FROM believed_devices
     LEFT JOIN (SELECT devices.number, ${TERMS} AS terms ${JUDGED}) AS today
       ON today.number = device_number
     WHERE today.terms IS DISTINCT FROM believed_devices.terms`,
    [],
  );
  if (rows.length === 0) return [];
  const { deviceNumber } = believedDevices;
  const numbers = rows.map(([number]) => Number(number));
  return orm
    .select()
    .from(believedDevices)
    .where(inArray(deviceNumber, numbers))
    .orderBy(asc(deviceNumber));
}

export async function forgetBelieved({ orm }: Session): Promise<void> {
  await orm.delete(believedDevices);
}

/**
 * Blocks were taken back, and all events are about to be read anew: each device and project stays as
 * it was until the new chain tells of it.
 */
export async function expectAnew({ orm }: Session): Promise<void> {
  await orm.update(projects).set({ registeredAt: null });
  await orm.update(devices).set({ lifeAt: null });
  await orm.update(meterReplacements).set({ validator: null, signedAt: null });
  await orm.delete(methodologies);
}

/** Devices and projects that were known and of which the new chain has not told. */
export async function readUntold({ orm }: Session): Promise<{
  readonly devices: readonly Hex[];
  readonly projects: readonly number[];
}> {
  const ofDevices = await orm
    .select({ deviceId: devices.deviceId })
    .from(devices)
    .where(and(isNull(devices.lifeAt), IS_KNOWN));
  const ofProjects = await orm
    .select({ id: projects.id })
    .from(projects)
    .where(isNull(projects.registeredAt));
  return {
    devices: ofDevices.map(({ deviceId }) => deviceId),
    projects: ofProjects.map(({ id }) => id),
  };
}

/** Lets go of the devices and projects of which the new chain did not tell. */
export async function letGo({ orm }: Session): Promise<void> {
  await orm.delete(projects).where(isNull(projects.registeredAt));
  await orm
    .update(devices)
    .set({
      ...NEW_DEVICE,
      ...{ gone: true, creditedSequence: 0, creditedClosedAt: devices.claimedAt },
      ...{ creditedExportWh: devices.claimExportWh, creditedImportWh: devices.claimImportWh },
    })
    .where(isNull(devices.lifeAt));
  // What the new chain binds later is bound from then on.
  await orm.update(devices).set({ boundAt: null }).where(isNull(devices.projectId));
}

/** Statements by id, in the order of their ids. */
export function readReplacementsById(
  { orm }: Session,
  ids: readonly number[],
): Promise<readonly MeterReplacementRow[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return orm
    .select()
    .from(meterReplacements)
    .where(inArray(meterReplacements.id, [...ids]))
    .orderBy(asc(meterReplacements.id));
}

/** Numbers of the devices that are frozen. */
export async function readFrozen({ orm }: Session): Promise<readonly number[]> {
  const rows = await orm
    .select({ number: devices.number })
    .from(devices)
    .where(isNotNull(devices.frozenSequence));
  return rows.map(({ number }) => number);
}
