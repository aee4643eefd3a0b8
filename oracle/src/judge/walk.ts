import { WHOLE_WINDOW, type SealedWindow, type WalkState } from '@truetonne/protocol';
import { bucketStart } from '../domain/calendar.ts';
import {
  deductedWhOf,
  exportedWhOf,
  importedWhOf,
  judgeWindow,
  type JudgedWindow,
  type ProjectTerms,
} from '../domain/judge.ts';
import type { HeadStep, HourEnergy, NewFinding } from '../store/judgement.ts';

/** What judging a stretch of a device's windows gives to store. */
export interface Walked {
  readonly step: HeadStep;
  readonly findings: readonly NewFinding[];
  readonly hours: readonly HourEnergy[];
}

export interface WalkTerms {
  readonly deviceNumber: number;
  readonly capacityW: bigint;
  readonly project: ProjectTerms;
  /** Gaps before this sequence are judged as gaps; beyond it they are waited for. */
  readonly throughGapsTo: number;
}

interface PlacedJudgement {
  readonly window: SealedWindow;
  readonly judgement: JudgedWindow;
}

/** Judges windows in the order of their sequences, up to the first gap that is still waited for. */
export function walkOn(
  start: WalkState,
  windows: Iterable<SealedWindow>,
  terms: WalkTerms,
): Walked {
  let state = start;
  const judged: PlacedJudgement[] = [];
  for (const window of windows) {
    const { sequence } = window.header;
    if (sequence !== state.lastSequence + 1 && sequence > terms.throughGapsTo) break;
    const [next, judgement] = judgeWindow(state, window, terms.capacityW, terms.project);
    judged.push({ window, judgement });
    state = next;
  }
  return toWalked(state, judged, terms);
}

function toWalked(
  state: WalkState,
  judged: readonly PlacedJudgement[],
  { deviceNumber, project }: WalkTerms,
): Walked {
  const energies = judged.flatMap(({ judgement }) => judgement.energies);
  const findings = judged.flatMap((one) => findingsOf(one, deviceNumber));
  const step = {
    deviceNumber,
    state,
    windows: judged.length,
    readings: energies.length,
    exportedWh: exportedWhOf(energies),
    importedWh: importedWhOf(energies),
    deductedWh: deductedWhOf(findings),
  };
  return { step, findings, hours: hoursOf(judged, deviceNumber, project.utcOffsetMinutes) };
}

function findingsOf(
  { window, judgement }: PlacedJudgement,
  deviceNumber: number,
): readonly NewFinding[] {
  const { sequence, closedAt } = window.header;
  return judgement.findings.map((finding) => ({
    ...finding,
    deviceNumber,
    sequence,
    at: window.readings[finding.readingIndex]?.at ?? closedAt,
  }));
}

function hoursOf(
  judged: readonly PlacedJudgement[],
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
