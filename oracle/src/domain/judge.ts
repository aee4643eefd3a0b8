import {
  walkWindow,
  WHOLE_WINDOW,
  type ReadingEnergy,
  type ReasonCode,
  type SealedWindow,
  type WalkState,
} from '@truetonne/protocol';
import { vintageOf, yearOf } from './calendar.ts';
import type { CheckedReading, CheckInput, CheckMemory, Rules } from './checks/check.ts';
import { runChecks, type Hit } from './checks/run.ts';

/** What of a project decides whether energy can count: offset in minutes, times in Unix seconds. */
export interface ProjectTerms {
  readonly utcOffsetMinutes: number;
  readonly creditingFrom: number;
  readonly creditingUntil: number;
}

/** Why energy of a reading, or with `WHOLE_WINDOW` of a window, does not count; in Wh. */
export interface WindowFinding {
  readonly readingIndex: number;
  readonly reason: ReasonCode;
  readonly deductedWh: bigint;
}

/**
 * What a window can do in a batch. `crossing`: its energy spans two vintages or begins before the
 * crediting period; it moves the device on in a batch that deducts everything. `late`: it closes
 * after the crediting period and is in no batch. `setAside`: it can't be measured (SPEC section 6).
 */
export type WindowKind = 'creditable' | 'crossing' | 'late' | 'setAside';

export interface JudgedWindow {
  readonly kind: WindowKind;
  readonly energies: readonly ReadingEnergy[];
  readonly findings: readonly WindowFinding[];
}

/**
 * Judges the next window of a device by what follows from the bytes (protocol's `walkWindow`) and from
 * the calendar. Pure: the same windows give the same judgement, however they arrived.
 */
export function judgeWindow(
  state: WalkState,
  window: SealedWindow,
  capacityW: bigint,
  terms: ProjectTerms,
): readonly [WalkState, JudgedWindow] {
  const [next, walked] = walkWindow(state, window, capacityW);
  const { energies, findings } = walked;
  if (!walked.counted) return [next, { kind: 'setAside', energies, findings }];
  const calendar = findCalendarReason(state.closedAt, window.header.closedAt, terms);
  const whole = findings.find(({ readingIndex }) => readingIndex === WHOLE_WINDOW);
  const kind = calendar?.kind ?? 'creditable';
  if (whole !== undefined) return [next, { kind, energies, findings }];
  if (calendar !== undefined) {
    const deductedWh = exportedWhOf(energies);
    const finding = { readingIndex: WHOLE_WINDOW, reason: calendar.reason, deductedWh };
    return [next, { kind, energies, findings: [finding] }];
  }
  return [next, { kind, energies, findings }];
}

/** What the checks of a methodology's version look at besides the window. */
export interface CheckTerms extends Pick<CheckInput, 'capacityW' | 'site' | 'receivedAt'> {
  readonly rules: Rules;
  /** The device checked another one when the window's energy began: it is credited there. */
  readonly checksAnother: boolean;
}

const CHECKS_ANOTHER: Hit = { readingIndex: WHOLE_WINDOW, reason: 'CHECK_METER_NOT_CREDITED' };

/** A judged window with what the checks found: deductions among the findings, and flags. */
export interface CheckedWindow extends JudgedWindow {
  readonly flags: readonly Hit[];
}

/**
 * Adds what the checks find to a judgement. `state` is that before the window. A reading that is left
 * out already stays as it is, so that checks can only lower the credit.
 */
export function checkWindow(
  state: WalkState,
  window: SealedWindow,
  judged: JudgedWindow,
  memory: CheckMemory,
  { rules, checksAnother, ...terms }: CheckTerms,
): readonly [CheckMemory, CheckedWindow] {
  if (judged.kind === 'setAside') return [memory, { ...judged, flags: [] }];
  const gap = judged.findings.find(({ readingIndex }) => readingIndex === 0)?.reason;
  const readings = toChecked(window, judged.energies);
  const checked = runChecks({ ...terms, window, readings, state, gap, memory }, rules);
  const deductions = checksAnother ? [CHECKS_ANOTHER] : checked.deductions;
  const findings = withDeductions(judged, deductions);
  return [checked.memory, { ...judged, findings, flags: checked.flags }];
}

/**
 * Leaves readings out that are not left out yet, the first reason for each: all of their energy. What
 * is said of the whole window stands for all of its readings.
 */
export function withDeductions(
  { findings, energies }: JudgedWindow,
  deductions: readonly Hit[],
): readonly WindowFinding[] {
  const found = new Map(findings.map((finding) => [finding.readingIndex, finding]));
  if (found.has(WHOLE_WINDOW)) return findings;
  const whole = deductions.find(({ readingIndex }) => readingIndex === WHOLE_WINDOW);
  if (whole !== undefined) return [{ ...whole, deductedWh: exportedWhOf(energies) }];
  for (const { readingIndex, reason } of deductions) {
    const energy = energies[readingIndex];
    if (energy === undefined || found.has(readingIndex)) continue;
    found.set(readingIndex, { readingIndex, reason, deductedWh: energy.exportedWh });
  }
  return [...found.values()].sort((a, b) => a.readingIndex - b.readingIndex);
}

function toChecked(
  { header, readings }: SealedWindow,
  energies: readonly ReadingEnergy[],
): readonly CheckedReading[] {
  return energies.flatMap((energy, index) => {
    const reading = readings[index];
    const before = readings[index - 1];
    if (reading === undefined) return [];
    return [{ reading, index, energy, from: before?.at ?? header.openedAt, before }];
  });
}

/** Wh that the readings exported. */
export function exportedWhOf(energies: readonly ReadingEnergy[]): bigint {
  return energies.reduce((sum, { exportedWh }) => sum + exportedWh, 0n);
}

/** Wh that the readings imported. */
export function importedWhOf(energies: readonly ReadingEnergy[]): bigint {
  return energies.reduce((sum, { importedWh }) => sum + importedWh, 0n);
}

/** Wh that the findings deduct. */
export function deductedWhOf(findings: readonly WindowFinding[]): bigint {
  return findings.reduce((sum, { deductedWh }) => sum + deductedWh, 0n);
}

function findCalendarReason(
  openingAt: number,
  closedAt: number,
  terms: ProjectTerms,
): { readonly kind: 'crossing' | 'late'; readonly reason: ReasonCode } | undefined {
  const { utcOffsetMinutes, creditingFrom, creditingUntil } = terms;
  if (closedAt > creditingUntil) return { kind: 'late', reason: 'OUTSIDE_CREDITING_PERIOD' };
  if (openingAt < creditingFrom) return { kind: 'crossing', reason: 'OUTSIDE_CREDITING_PERIOD' };
  const spans = yearOf(openingAt, utcOffsetMinutes) !== vintageOf(closedAt, utcOffsetMinutes);
  return spans ? { kind: 'crossing', reason: 'VINTAGE_SPAN' } : undefined;
}
