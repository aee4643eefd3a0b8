import {
  parseWindow,
  startWalk,
  WHOLE_WINDOW,
  type Hex,
  type SealedWindow,
  type WalkState,
} from '@truetonne/protocol';
import { bucketStart } from '../domain/calendar.ts';
import {
  deductedWhOf,
  exportedWhOf,
  importedWhOf,
  judgeWindow,
  type JudgedWindow,
  type ProjectTerms,
} from '../domain/judge.ts';
import type { Database, Session } from '../store/database.ts';
import {
  addHours,
  findHead,
  saveFindings,
  saveHead,
  saveMissed,
  walkStateOf,
  type HourEnergy,
  type NewFinding,
} from '../store/judgement.ts';
import { readDevices, readProjects } from '../store/registry.ts';
import type { DeviceRow, ProjectRow } from '../store/schema.ts';
import { readMark, saveSetting } from '../store/settings.ts';
import { findLastSequenceUntil, readArrivals, readWindows } from '../store/windows.ts';

/** Windows looked at in one transaction: small enough that the embedded database is free in between. */
const CHUNK = 1_000;

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
    for (const [deviceNumber, arrived] of byDevice) {
      const device = devices.get(deviceNumber);
      if (device === undefined) continue;
      const state = await readWalkState(session, device.row);
      const missed = arrived.filter(({ sequence }) => sequence <= state.lastSequence);
      await saveMissed(
        session,
        deviceNumber,
        missed.map(({ sequence }) => sequence),
      );
      const continues = arrived.some(({ sequence }) => sequence === state.lastSequence + 1);
      if (continues) await walkOn(session, device, { state, domain, mark, throughGapsTo: 0 });
    }
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
    const state = await readWalkState(session, device.row);
    const range = { deviceNumber: device.row.number, after: state.lastSequence, mark };
    const throughGapsTo = await findLastSequenceUntil(session, range, until);
    await walkOn(session, device, { state, domain, mark, throughGapsTo });
  });
}

/** Where the judgement of a device stands: its head, or the last credited state where that is further. */
async function readWalkState(session: Session, device: DeviceRow): Promise<WalkState> {
  const head = await findHead(session, device.number);
  if (head !== undefined && head.lastSequence >= device.creditedSequence) return walkStateOf(head);
  const credited = {
    sequence: device.creditedSequence,
    closedAt: device.creditedClosedAt,
    exportWh: device.creditedExportWh,
    importWh: device.creditedImportWh,
  };
  return startWalk(credited, device.creditedSequence === 0 ? device.claimHash : undefined);
}

interface Walk {
  readonly state: WalkState;
  readonly domain: Hex;
  /** Windows stored after this id are left for the next time. */
  readonly mark: number;
  /** Gaps before this sequence are judged as gaps; beyond it they are waited for. */
  readonly throughGapsTo: number;
}

async function walkOn(session: Session, device: BoundDevice, walk: Walk): Promise<void> {
  let state = walk.state;
  for (;;) {
    const range = { deviceNumber: device.row.number, after: state.lastSequence, mark: walk.mark };
    const rows = await readWindows(session, range, CHUNK);
    const judged: { readonly window: SealedWindow; readonly judgement: JudgedWindow }[] = [];
    for (const { sequence, bytes } of rows) {
      if (sequence !== state.lastSequence + 1 && sequence > walk.throughGapsTo) break;
      const window = parseWindow(bytes, walk.domain);
      const [next, judgement] = judgeWindow(state, window, device.capacityW, device.terms);
      judged.push({ window, judgement });
      state = next;
    }
    if (judged.length === 0) return;
    await saveJudged(session, device, state, judged);
    if (judged.length < CHUNK) return;
  }
}

async function saveJudged(
  session: Session,
  { row, terms }: BoundDevice,
  state: WalkState,
  judged: readonly { readonly window: SealedWindow; readonly judgement: JudgedWindow }[],
): Promise<void> {
  const energies = judged.flatMap(({ judgement }) => judgement.energies);
  const found = judged.flatMap(({ window, judgement }) => findingsOf(window, judgement));
  await saveHead(session, row.number, state, {
    windows: judged.length,
    readings: energies.length,
    exportedWh: exportedWhOf(energies),
    importedWh: importedWhOf(energies),
    deductedWh: deductedWhOf(found),
  });
  await saveFindings(session, row.number, found);
  await addHours(session, row.number, hoursOf(judged, terms.utcOffsetMinutes));
}

function findingsOf(window: SealedWindow, { findings }: JudgedWindow): readonly NewFinding[] {
  const { sequence, closedAt } = window.header;
  return findings.map((finding) => ({
    ...finding,
    sequence,
    at: window.readings[finding.readingIndex]?.at ?? closedAt,
  }));
}

function hoursOf(
  judged: readonly { readonly window: SealedWindow; readonly judgement: JudgedWindow }[],
  utcOffsetMinutes: number,
): readonly HourEnergy[] {
  const hours = new Map<number, HourEnergy>();
  for (const { window, judgement } of judged) {
    window.readings.forEach((reading, index) => {
      const startsAt = bucketStart(reading.at, 'hour', utcOffsetMinutes);
      const hour = hours.get(startsAt);
      const energy = judgement.energies[index];
      hours.set(startsAt, {
        startsAt,
        readings: (hour?.readings ?? 0) + 1,
        exportedWh: (hour?.exportedWh ?? 0n) + (energy?.exportedWh ?? 0n),
        importedWh: (hour?.importedWh ?? 0n) + (energy?.importedWh ?? 0n),
        deductedWh: (hour?.deductedWh ?? 0n) + deductedFrom(judgement, index),
      });
    });
  }
  return [...hours.values()];
}

/** A finding about the whole window deducts all that each of its readings exported. */
function deductedFrom({ findings, energies }: JudgedWindow, index: number): bigint {
  const whole = findings.some(({ readingIndex }) => readingIndex === WHOLE_WINDOW);
  if (whole) return energies[index]?.exportedWh ?? 0n;
  return findings.find(({ readingIndex }) => readingIndex === index)?.deductedWh ?? 0n;
}
