import {
  parseWindow,
  startWalk,
  type Hex,
  type SealedWindow,
  type WalkState,
} from '@truetonne/protocol';
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
import { findLastSequenceUntil, readArrivals, readNextWindows } from '../store/ranges.ts';
import type { RecentWindows } from './recent.ts';
import { walkOn, type Walked, type WalkTerms } from './walk.ts';

/** Windows looked at in one transaction: small enough that the embedded database is free in between. */
const CHUNK = 1_000;

/** Windows of one device judged in one go. */
const PAGE = 500;

export interface JudgeContext {
  readonly database: Database;
  readonly domain: Hex;
  readonly recent: RecentWindows;
}

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
  { database, domain, recent }: JudgeContext,
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
    const continued = bound.filter(({ row }) => {
      const next = lastOf(row.number) + 1;
      return (byDevice.get(row.number) ?? []).some(({ sequence }) => sequence === next);
    });
    await judgeOn(session, continued, { domain, recent, mark, states, throughGapsTo: 0 });
    await saveSetting(session, 'judgedThrough', String(mark));
    return arrivals.length === CHUNK;
  });
}

/**
 * Judges all that is stored of a device as far as it goes; what closes at or before `until` also
 * beyond gaps, because its period is being closed.
 */
export async function judgeDevice(
  { database, domain, recent }: JudgeContext,
  device: BoundDevice,
  until: number,
): Promise<void> {
  await database.transaction(async (session) => {
    const mark = await readMark(session);
    const states = await readWalkStates(session, [device]);
    const after = states.get(device.row.number)?.lastSequence ?? 0;
    const range = { deviceNumber: device.row.number, after, mark };
    const throughGapsTo = await findLastSequenceUntil(session, range, until);
    await judgeOn(session, [device], { domain, recent, mark, states, throughGapsTo });
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
  readonly recent: RecentWindows;
  /** Windows stored after this id are left for the next time. */
  readonly mark: number;
  readonly states: ReadonlyMap<number, WalkState>;
  readonly throughGapsTo: number;
}

/** Judges devices side by side, page by page, with a handful of statements for all of them. */
async function judgeOn(
  session: Session,
  devices: readonly BoundDevice[],
  from: JudgeFrom,
): Promise<void> {
  const states = new Map(from.states);
  const judgePages = async (
    pageOf: (device: BoundDevice, state: WalkState) => Iterable<SealedWindow>,
    of: readonly BoundDevice[],
  ): Promise<readonly Walked[]> => {
    const walked = of.flatMap((device) => {
      const state = states.get(device.row.number);
      if (state === undefined) return [];
      return [walkOn(state, pageOf(device, state), termsOfWalk(device, from))];
    });
    const moved = walked.filter(({ step }) => step.windows > 0);
    await saveWalked(session, moved);
    for (const { step } of moved) states.set(step.deviceNumber, step.state);
    return moved;
  };

  await judgePages(
    ({ row }, state) => from.recent.takeRow(row.number, state.lastSequence, from.mark),
    devices,
  );
  let rest = devices;
  while (rest.length > 0) {
    const after = new Map(
      rest.map(({ row }) => [row.number, states.get(row.number)?.lastSequence ?? 0]),
    );
    const pages = await readNextWindows(session, after, from.mark, PAGE);
    const moved = await judgePages(
      ({ row }) => parseAll(pages.get(row.number) ?? [], from.domain),
      rest,
    );
    const full = new Set(
      moved.filter(({ step }) => step.windows === PAGE).map(({ step }) => step.deviceNumber),
    );
    rest = rest.filter(({ row }) => full.has(row.number));
  }
}

/** Parses only as far as someone reads on. */
function* parseAll(
  page: readonly { readonly bytes: Uint8Array }[],
  domain: Hex,
): Generator<SealedWindow> {
  for (const { bytes } of page) yield parseWindow(bytes, domain);
}

function termsOfWalk(
  { row, capacityW, terms }: BoundDevice,
  { throughGapsTo }: JudgeFrom,
): WalkTerms {
  return { deviceNumber: row.number, capacityW, project: terms, throughGapsTo };
}

async function saveWalked(session: Session, walked: readonly Walked[]): Promise<void> {
  await saveHeads(
    session,
    walked.map(({ step }) => step),
  );
  await saveFindings(
    session,
    walked.flatMap(({ findings }) => findings),
  );
  await addHours(
    session,
    walked.flatMap(({ hours }) => hours),
  );
}
