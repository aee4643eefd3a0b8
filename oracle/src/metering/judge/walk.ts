import { WHOLE_WINDOW, type SealedWindow, type WalkState } from '@truetonne/protocol';
import { bucketStart } from '../../domain/calendar.ts';
import type { CheckMemory, Rules } from '../../domain/checks/check.ts';
import {
  checkWindow,
  deductedWhOf,
  exportedWhOf,
  importedWhOf,
  judgeWindow,
  type CheckedWindow,
  type JudgedWindow,
  type ProjectTerms,
} from '../../domain/judge.ts';
import type { Site } from '../../domain/sun.ts';
import type { NewFlag } from '../../store/flags.ts';
import type { HeadStep, NewFinding } from '../../store/judgement.ts';
import type { HourEnergy } from '../../store/rollups.ts';

/** A stored window and when it came, Unix seconds. */
export interface ArrivedWindow {
  readonly window: SealedWindow;
  readonly receivedAt: number;
}

/** Where judging a device stands: what the next window is measured from, and what checks remember. */
export interface JudgeState {
  readonly walk: WalkState;
  readonly memory: CheckMemory;
  /** Until when the device checks another one, Unix seconds; 0 when it never did. */
  readonly checksUntil: number;
}

/** What judging a stretch of a device's windows gives to store. */
export interface Walked {
  readonly step: HeadStep;
  readonly findings: readonly NewFinding[];
  readonly flags: readonly NewFlag[];
  readonly hours: readonly HourEnergy[];
}

export interface WalkTerms {
  readonly deviceNumber: number;
  readonly projectId: number;
  readonly capacityW: bigint;
  readonly project: ProjectTerms;
  readonly site: Site;
  readonly rules: Rules;
  /** Gaps before this sequence are judged as gaps; beyond it they are waited for. */
  readonly throughGapsTo: number;
  /** Windows beyond this sequence wait for the sign-off of a meter's replacement. */
  readonly holdAfter: number | undefined;
}

interface PlacedJudgement {
  readonly window: SealedWindow;
  readonly judgement: CheckedWindow;
}

/** Judges windows in the order of their sequences, up to the first that has to wait. */
export function walkOn(
  start: JudgeState,
  windows: Iterable<ArrivedWindow>,
  terms: WalkTerms,
): Walked {
  let { walk, memory } = start;
  const judged: PlacedJudgement[] = [];
  for (const { window, receivedAt } of windows) {
    const { sequence } = window.header;
    if (sequence !== walk.lastSequence + 1 && sequence > terms.throughGapsTo) break;
    if (terms.holdAfter !== undefined && sequence > terms.holdAfter) break;
    const [next, judgement] = judgeWindow(walk, window, terms.capacityW, terms.project);
    const [remembered, checked] = checkWindow(walk, window, judgement, memory, {
      ...{ capacityW: terms.capacityW, site: terms.site, rules: terms.rules, receivedAt },
      checksAnother: walk.closedAt < start.checksUntil,
    });
    judged.push({ window, judgement: checked });
    [walk, memory] = [next, remembered];
  }
  return toWalked({ ...start, walk, memory }, judged, terms);
}

function toWalked(
  state: JudgeState,
  judged: readonly PlacedJudgement[],
  { deviceNumber, projectId, project }: WalkTerms,
): Walked {
  const energies = judged.flatMap(({ judgement }) => judgement.energies);
  const findings = judged.flatMap((one) =>
    placesOf(one, one.judgement.findings).map((place) => ({ ...place, deviceNumber })),
  );
  const flags = judged.flatMap((one) =>
    placesOf(one, one.judgement.flags).map((place) => ({ ...place, deviceNumber })),
  );
  const step = {
    deviceNumber,
    projectId,
    state: state.walk,
    memory: state.memory,
    windows: judged.length,
    readings: energies.length,
    exportedWh: exportedWhOf(energies),
    importedWh: importedWhOf(energies),
    deductedWh: deductedWhOf(findings),
  };
  const hours = hoursOf(judged, deviceNumber, project.utcOffsetMinutes);
  return { step, findings, flags, hours };
}

/** Findings or flags of a window with its sequence and the time of their reading. */
function placesOf<Found extends { readonly readingIndex: number }>(
  { window }: PlacedJudgement,
  found: readonly Found[],
) {
  const { sequence, closedAt } = window.header;
  return found.map((one) => ({
    ...one,
    sequence,
    at: window.readings[one.readingIndex]?.at ?? closedAt,
  }));
}

/** Energy of judged windows by hour of the project's own time. */
export function hoursOf(
  judged: readonly { readonly window: SealedWindow; readonly judgement: JudgedWindow }[],
  deviceNumber: number,
  utcOffsetMinutes: number,
): readonly HourEnergy[] {
  const hours = new Map<number, HourEnergy>();
  for (const { window, judgement } of judged) {
    window.readings.forEach((reading, index) => {
      const startsAt = bucketStart(reading.at, 'hour', utcOffsetMinutes);
      const hour = hours.get(startsAt);
      const energy = judgement.energies[index];
      hours.set(startsAt, {
        deviceNumber,
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
