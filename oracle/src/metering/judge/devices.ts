import { startWalk, type DevicePosition } from '@truetonne/protocol';
import type { Rules } from '../../domain/checks/check.ts';
import type { ProjectTerms } from '../../domain/judge.ts';
import type { Site } from '../../domain/sun.ts';
import type { Session } from '../../store/database/database.ts';
import { memoryOf, readHeads, walkStateOf } from '../../store/judgement.ts';
import { readMethodologies } from '../../store/methodologies.ts';
import { readDevices, readDevicesByNumber, readProjects } from '../../store/registry.ts';
import type { DeviceRow, HeadRow, ProjectRow } from '../../store/tables/schema.ts';
import type { RuleBook } from './ruleBook.ts';
import type { JudgeState } from './walk.ts';

/** A device that belongs to a project, which is what judging needs. */
export interface BoundDevice {
  readonly row: DeviceRow;
  readonly projectId: number;
  readonly capacityW: bigint;
  readonly terms: ProjectTerms;
  readonly site: Site;
  readonly rules: Rules;
}

/** Bound devices by number, as of now: all, or those of some; a frozen device is judged no more. */
export async function readBoundDevices(
  session: Session,
  ruleBook: RuleBook,
  numbers?: readonly number[],
): Promise<ReadonlyMap<number, BoundDevice>> {
  const projects = new Map((await readProjects(session)).map((project) => [project.id, project]));
  const hashes = new Map(
    (await readMethodologies(session)).map(({ id, parametersHash }) => [id, parametersHash]),
  );
  const bound = new Map<number, BoundDevice>();
  const rows =
    numbers === undefined
      ? await readDevices(session)
      : await readDevicesByNumber(session, numbers);
  for (const row of rows) {
    const project = row.projectId === null ? undefined : projects.get(row.projectId);
    if (project === undefined || row.capacityW === null || row.frozenSequence !== null) continue;
    const { rules } = ruleBook.find(hashes.get(project.methodologyId));
    bound.set(row.number, {
      ...{ row, projectId: project.id, capacityW: row.capacityW, rules },
      terms: termsOf(project),
      site: { latitudeE6: project.latitudeE6, longitudeE6: project.longitudeE6 },
    });
  }
  return bound;
}

export function termsOf(project: ProjectRow): ProjectTerms {
  const { utcOffsetMinutes, creditingFrom, creditingUntil } = project;
  return { utcOffsetMinutes, creditingFrom, creditingUntil };
}

/**
 * Where each device's judgement stands: its head, or the last credited state where that is further.
 * Devices that left their project or were frozen since they were read are not among them.
 */
export async function readJudgeStates(
  session: Session,
  devices: readonly BoundDevice[],
): Promise<ReadonlyMap<number, JudgeState>> {
  const numbers = devices.map(({ row }) => row.number);
  const heads = new Map(
    (await readHeads(session, numbers)).map((head) => [head.deviceNumber, head]),
  );
  const boundTo = new Map(devices.map(({ row, projectId }) => [row.number, projectId]));
  const rows = (await readDevicesByNumber(session, numbers)).filter(
    (row) => row.frozenSequence === null && row.projectId === boundTo.get(row.number),
  );
  return new Map(rows.map((row) => [row.number, stateFrom(row, heads.get(row.number))]));
}

function stateFrom(device: DeviceRow, head: HeadRow | undefined): JudgeState {
  const checksUntil = device.checksUntil ?? 0;
  if (head !== undefined && head.lastSequence >= device.creditedSequence)
    return { walk: walkStateOf(head), memory: memoryOf(head), checksUntil };
  return { walk: creditedWalk(device, undefined), memory: {}, checksUntil };
}

/** The state at the last credited window, whose hash is told where it is known. */
export function creditedWalk(
  device: DeviceRow,
  headerHash: DeviceRow['claimHash'] | undefined,
): JudgeState['walk'] {
  const claimHash = device.creditedSequence === 0 ? device.claimHash : undefined;
  return startWalk(creditedOf(device), device.openingHash ?? claimHash ?? headerHash);
}

type Credited = Pick<
  DeviceRow,
  'creditedSequence' | 'creditedClosedAt' | 'creditedExportWh' | 'creditedImportWh'
>;

export function creditedOf(device: Credited): DevicePosition {
  return {
    sequence: device.creditedSequence,
    closedAt: device.creditedClosedAt,
    exportWh: device.creditedExportWh,
    importWh: device.creditedImportWh,
  };
}
