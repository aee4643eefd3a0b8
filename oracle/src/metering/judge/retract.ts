import { parseWindow, walkWindow, type SealedWindow, type WalkState } from '@truetonne/protocol';
import {
  deductedWhOf,
  exportedWhOf,
  importedWhOf,
  type JudgedWindow,
  type WindowFinding,
} from '../../domain/judge.ts';
import type { Session } from '../../store/database/database.ts';
import {
  findHead,
  readFindingsIn,
  saveHeads,
  walkStateOf,
  type DeviceRange,
} from '../../store/judgement.ts';
import { forgetJudgement } from '../../store/life.ts';
import { readWindows } from '../../store/ranges.ts';
import { findProject } from '../../store/registry.ts';
import { addEnergy } from '../../store/rollups.ts';
import { getDomain, readMark } from '../../store/settings.ts';
import type { DeviceRow, HeadRow } from '../../store/tables/schema.ts';
import { markWaiting } from '../../store/waiting.ts';
import { findWindowIndex } from '../../store/windows.ts';
import { creditedWalk } from './devices.ts';
import { hoursOf } from './walk.ts';

/** Windows in memory at once: a device may have 2,678,400 between two batches, a month by the second. */
const PAGE = 1_000;

/** A window whose judgement is taken back, with what it had counted for. */
interface TakenBack {
  readonly window: SealedWindow;
  readonly judgement: JudgedWindow;
}

/** How the windows of a device had been measured. */
export interface Measure {
  /** Where the walk begins. */
  readonly origin: WalkState;
  /** Where it went on from a new meter, by the sequence before. */
  readonly replaced: ReadonlyMap<number, WalkState>;
  /** The time of the project in whose days they were counted. */
  readonly utcOffsetMinutes: number;
}

/**
 * Takes the judgement of a device's windows after `keep` back, as if they had just arrived: the
 * device went to another project, or its meter was replaced at that place. None of them may be in a
 * batch on the chain, so `keep` is the last credited sequence or later.
 */
export async function retractJudgement(
  session: Session,
  device: DeviceRow,
  keep: number,
): Promise<void> {
  const head = await findHead(session, device.number);
  if (head === undefined || head.lastSequence <= keep) return;
  const project = await findProject(session, head.projectId ?? 0);
  const kept = await subtractAfter(session, head, keep, {
    origin: await readCreditedWalk(session, device),
    replaced: new Map(),
    utcOffsetMinutes: project?.utcOffsetMinutes ?? 0,
  });
  await leaveAt(session, head, kept);
}

/** The state at a device's last credited window. */
export async function readCreditedWalk(session: Session, device: DeviceRow): Promise<WalkState> {
  const credited = await findWindowIndex(session, device.number, device.creditedSequence);
  return creditedWalk(device, credited?.headerHash);
}

/**
 * Measures windows as they were measured, page by page, and subtracts those after `keep`; what was
 * deducted is what the findings say. Answers the state at `keep`.
 */
export async function subtractAfter(
  session: Session,
  head: HeadRow,
  keep: number,
  measure: Measure,
): Promise<WalkState> {
  const domain = await getDomain(session);
  const mark = await readMark(session);
  const { deviceNumber, lastSequence: upTo } = head;
  let walk = measure.origin;
  let kept = walk;
  for (let after = walk.lastSequence, isFull = true; isFull;) {
    const rows = await readWindows(session, { deviceNumber, after, upTo, mark }, PAGE);
    const last = rows.at(-1)?.sequence ?? upTo;
    const findings = await readFindingsBySequence(session, { deviceNumber, after, upTo: last });
    const taken: TakenBack[] = [];
    for (const { bytes, sequence } of rows) {
      const window = parseWindow(bytes, domain);
      const from = measure.replaced.get(walk.lastSequence) ?? walk;
      // The capacity decides what is found, not what is measured.
      const [next, { energies }] = walkWindow(from, window, 0n);
      const found = findings.get(sequence) ?? [];
      if (sequence <= keep) kept = next;
      else taken.push({ window, judgement: { kind: 'creditable', energies, findings: found } });
      walk = next;
    }
    await subtract(session, head, taken, measure.utcOffsetMinutes);
    isFull = rows.length === PAGE;
    after = last;
  }
  return kept;
}

async function readFindingsBySequence(
  session: Session,
  range: DeviceRange,
): Promise<ReadonlyMap<number, readonly WindowFinding[]>> {
  return Map.groupBy(await readFindingsIn(session, range), ({ sequence }) => sequence);
}

async function subtract(
  session: Session,
  head: HeadRow,
  taken: readonly TakenBack[],
  utcOffsetMinutes: number,
): Promise<void> {
  const { deviceNumber } = head;
  const projectId = head.projectId ?? 0;
  const energies = taken.flatMap(({ judgement }) => judgement.energies);
  await saveHeads(session, [
    {
      ...{ deviceNumber, projectId, state: walkStateOf(head), memory: {} },
      windows: -taken.length,
      readings: -energies.length,
      exportedWh: -exportedWhOf(energies),
      importedWh: -importedWhOf(energies),
      deductedWh: -deductedWhOf(taken.flatMap(({ judgement }) => judgement.findings)),
    },
  ]);
  const hours = hoursOf(taken, deviceNumber, utcOffsetMinutes).map((hour) => ({
    ...hour,
    readings: -hour.readings,
    exportedWh: -hour.exportedWh,
    importedWh: -hour.importedWh,
    deductedWh: -hour.deductedWh,
  }));
  await addEnergy(session, hours, () => ({ projectId, utcOffsetMinutes }));
}

/** Judgement of a device stands at a place and knows nothing of what comes after it. */
export async function leaveAt(
  session: Session,
  { deviceNumber, projectId }: HeadRow,
  state: WalkState,
): Promise<void> {
  const nothing = { windows: 0, readings: 0, exportedWh: 0n, importedWh: 0n, deductedWh: 0n };
  const head = { deviceNumber, projectId: projectId ?? 0, state, memory: {} };
  await saveHeads(session, [{ ...head, ...nothing }]);
  await forgetJudgement(session, deviceNumber, state.lastSequence);
  await markWaiting(session, deviceNumber, state.lastSequence, await readMark(session));
}
