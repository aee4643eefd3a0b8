import { startWalk, type Hex, type WalkState } from '@truetonne/protocol';
import type { ProjectTerms } from '../domain/judge.ts';
import type { Database, Session } from '../store/database.ts';
import {
  addHours,
  readHeads,
  saveFindings,
  saveHeads,
  saveMissed,
  walkStateOf,
} from '../store/judgement.ts';
import { readDevices, readProjects } from '../store/registry.ts';
import type { DeviceRow, HeadRow, ProjectRow } from '../store/schema.ts';
import { readMark, saveSetting } from '../store/settings.ts';
import { findLastSequenceUntil, readArrivals, readNextWindows } from '../store/windows.ts';
import { walkOn } from './walk.ts';

/** Windows looked at in one transaction: small enough that the embedded database is free in between. */
const CHUNK = 1_000;

/** Windows of one device judged in one go. */
const PAGE = 500;

/** A device that belongs to a project, which is what judging needs. */
export interface BoundDevice {
  readonly row: DeviceRow;
  readonly capacityW: bigint;
  readonly terms: ProjectTerms;
}

/** Bound devices by number, as of now. */
export async function readBoundDevices(
  session: Session,
): Promise<ReadonlyMap<number, BoundDevice>> {
  const projects = new Map((await readProjects(session)).map((project) => [project.id, project]));
  const bound = new Map<number, BoundDevice>();
  for (const row of await readDevices(session)) {
    const project = row.projectId === null ? undefined : projects.get(row.projectId);
    if (project === undefined || row.capacityW === null) continue;
    bound.set(row.number, { row, capacityW: row.capacityW, terms: termsOf(project) });
  }
  return bound;
}

export function termsOf(project: ProjectRow): ProjectTerms {
  const { utcOffsetMinutes, creditingFrom, creditingUntil } = project;
  return { utcOffsetMinutes, creditingFrom, creditingUntil };
}

/**
 * Judges what arrived since the last time, in one transaction with the mark that says so. Returns
 * whether there may be more. Windows that continue a device's unbroken row are judged at once; those
 * beyond a gap wait; those whose place was judged as a gap before have missed their period.
 */
export async function judgeArrivals(
  database: Database,
  domain: Hex,
  devices: ReadonlyMap<number, BoundDevice>,
): Promise<boolean> {
  return database.transaction(async (session) => {
    const arrivals = await readArrivals(session, await readMark(session), CHUNK);
    const mark = arrivals.at(-1)?.id;
    if (mark === undefined) return false;
    const byDevice = Map.groupBy(arrivals, ({ deviceNumber }) => deviceNumber);
    const bound = [...byDevice.keys()]
      .map((number) => devices.get(number))
      .filter((one) => one !== undefined);
    const states = await readWalkStates(session, bound);
    const lastOf = (number: number): number => states.get(number)?.lastSequence ?? Infinity;
    await saveMissed(
      session,
      arrivals.filter(
        ({ deviceNumber, sequence }) =>
          devices.has(deviceNumber) && sequence <= lastOf(deviceNumber),
      ),
    );
    const continued = bound.filter(({ row }) =>
      byDevice.get(row.number)?.some(({ sequence }) => sequence === lastOf(row.number) + 1),
    );
    await judgeOn(session, continued, { domain, mark, states, throughGapsTo: 0 });
    await saveSetting(session, 'judgedThrough', String(mark));
    return arrivals.length === CHUNK;
  });
}

/**
 * Judges all that is stored of a device as far as it goes; what closes at or before `until` also
 * beyond gaps, because its period is being closed.
 */
export async function judgeDevice(
  database: Database,
  domain: Hex,
  device: BoundDevice,
  until: number,
): Promise<void> {
  await database.transaction(async (session) => {
    const mark = await readMark(session);
    const states = await readWalkStates(session, [device]);
    const after = states.get(device.row.number)?.lastSequence ?? 0;
    const range = { deviceNumber: device.row.number, after, mark };
    const throughGapsTo = await findLastSequenceUntil(session, range, until);
    await judgeOn(session, [device], { domain, mark, states, throughGapsTo });
  });
}

/** Where each device's judgement stands: its head, or the last credited state where that is further. */
async function readWalkStates(
  session: Session,
  devices: readonly BoundDevice[],
): Promise<ReadonlyMap<number, WalkState>> {
  const rows = await readHeads(
    session,
    devices.map(({ row }) => row.number),
  );
  const heads = new Map(rows.map((head) => [head.deviceNumber, head]));
  return new Map(devices.map(({ row }) => [row.number, walkStateFrom(row, heads.get(row.number))]));
}

function walkStateFrom(device: DeviceRow, head: HeadRow | undefined): WalkState {
  if (head !== undefined && head.lastSequence >= device.creditedSequence) return walkStateOf(head);
  const credited = {
    sequence: device.creditedSequence,
    closedAt: device.creditedClosedAt,
    exportWh: device.creditedExportWh,
    importWh: device.creditedImportWh,
  };
  return startWalk(credited, device.creditedSequence === 0 ? device.claimHash : undefined);
}

interface JudgeFrom {
  readonly domain: Hex;
  /** Windows stored after this id are left for the next time. */
  readonly mark: number;
  readonly states: ReadonlyMap<number, WalkState>;
  readonly throughGapsTo: number;
}

/** Judges devices side by side, page by page, with a handful of statements for all of them. */
async function judgeOn(
  session: Session,
  devices: readonly BoundDevice[],
  { domain, mark, states, throughGapsTo }: JudgeFrom,
): Promise<void> {
  const current = new Map(states);
  let rest = devices;
  while (rest.length > 0) {
    const after = new Map(
      rest.map(({ row }) => [row.number, current.get(row.number)?.lastSequence ?? 0]),
    );
    const pages = await readNextWindows(session, after, mark, PAGE);
    const walked = rest.flatMap(({ row, capacityW, terms }) => {
      const state = current.get(row.number);
      const page = pages.get(row.number);
      if (state === undefined || page === undefined) return [];
      const deviceNumber = row.number;
      return [
        walkOn(state, page, { deviceNumber, domain, capacityW, project: terms, throughGapsTo }),
      ];
    });
    const moved = walked.filter(({ step }) => step.windows > 0);
    await saveHeads(
      session,
      moved.map(({ step }) => step),
    );
    await saveFindings(
      session,
      moved.flatMap(({ findings }) => findings),
    );
    await addHours(
      session,
      moved.flatMap(({ hours }) => hours),
    );
    for (const { step } of moved) current.set(step.deviceNumber, step.state);
    const full = new Set(
      moved.filter(({ step }) => step.windows === PAGE).map(({ step }) => step.deviceNumber),
    );
    rest = rest.filter(({ row }) => full.has(row.number));
  }
}
