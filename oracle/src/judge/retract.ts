import { parseWindow, walkWindow, type SealedWindow } from '@truetonne/protocol';
import {
  deductedWhOf,
  exportedWhOf,
  importedWhOf,
  type JudgedWindow,
  type WindowFinding,
} from '../domain/judge.ts';
import type { Session } from '../store/database/database.ts';
import { findHead, readFindingsIn, saveHeads } from '../store/judgement.ts';
import { forgetJudgement } from '../store/life.ts';
import { readWindows } from '../store/ranges.ts';
import { findProject } from '../store/registry.ts';
import { addEnergy } from '../store/rollups.ts';
import type { DeviceRow, HeadRow } from '../store/tables/schema.ts';
import { getDomain, readMark } from '../store/settings.ts';
import { markWaiting } from '../store/waiting.ts';
import { findWindowIndex } from '../store/windows.ts';
import { creditedWalk } from './devices.ts';
import { hoursOf, type JudgeState } from './walk.ts';

/** More than a device can have between two batches: a month by the second is 2,678,400 readings. */
const MAX_WINDOWS = 3_000_000;

/** A window whose judgement is taken back, with what it had counted for. */
interface TakenBack {
  readonly window: SealedWindow;
  readonly judgement: JudgedWindow;
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
  const mark = await readMark(session);
  const { kept, taken } = await walkAgain(session, device, { head, keep, mark });
  await subtract(session, device, head, kept, taken);
  await forgetJudgement(session, device.number, keep);
  await markWaiting(session, device.number, keep, mark);
}

/** Measures windows as they were measured; what was deducted is what the findings say. */
async function walkAgain(
  session: Session,
  device: DeviceRow,
  { head, keep, mark }: { readonly head: HeadRow; readonly keep: number; readonly mark: number },
): Promise<{ readonly kept: JudgeState['walk']; readonly taken: readonly TakenBack[] }> {
  const { number, creditedSequence } = device;
  const domain = await getDomain(session);
  const credited = await findWindowIndex(session, number, creditedSequence);
  const range = {
    deviceNumber: number,
    after: creditedSequence,
    upTo: head.lastSequence,
    mark,
  };
  const findings = Map.groupBy(await readFindingsIn(session, range), ({ sequence }) => sequence);
  let walk = creditedWalk(device, credited?.headerHash);
  let kept = walk;
  const taken: TakenBack[] = [];
  for (const { bytes, sequence } of await readWindows(session, range, MAX_WINDOWS)) {
    const window = parseWindow(bytes, domain);
    // The capacity decides what is found, not what is measured.
    const [next, { energies }] = walkWindow(walk, window, device.capacityW ?? 0n);
    const found: readonly WindowFinding[] = findings.get(sequence) ?? [];
    walk = next;
    if (sequence <= keep) kept = next;
    else taken.push({ window, judgement: { kind: 'creditable', energies, findings: found } });
  }
  return { kept, taken };
}

async function subtract(
  session: Session,
  { number }: DeviceRow,
  head: HeadRow,
  kept: JudgeState['walk'],
  taken: readonly TakenBack[],
): Promise<void> {
  const projectId = head.projectId ?? 0;
  const utcOffsetMinutes = (await findProject(session, projectId))?.utcOffsetMinutes ?? 0;
  const energies = taken.flatMap(({ judgement }) => judgement.energies);
  await saveHeads(session, [
    {
      ...{ deviceNumber: number, projectId, state: kept, memory: {} },
      windows: -taken.length,
      readings: -energies.length,
      exportedWh: -exportedWhOf(energies),
      importedWh: -importedWhOf(energies),
      deductedWh: -deductedWhOf(taken.flatMap(({ judgement }) => judgement.findings)),
    },
  ]);
  const hours = hoursOf(taken, number, utcOffsetMinutes).map((hour) => ({
    ...hour,
    readings: -hour.readings,
    exportedWh: -hour.exportedWh,
    importedWh: -hour.importedWh,
    deductedWh: -hour.deductedWh,
  }));
  await addEnergy(session, hours, () => ({ projectId, utcOffsetMinutes }));
}
