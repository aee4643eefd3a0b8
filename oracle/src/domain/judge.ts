import {
  walkWindow,
  WHOLE_WINDOW,
  type ReadingEnergy,
  type ReasonCode,
  type SealedWindow,
  type WalkState,
} from '@truetonne/protocol';
import { vintageOf, yearOf } from './calendar.ts';
import { findReadingReason } from './rules.ts';

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
 * Judges the next window of a device: what follows from the bytes (protocol's `walkWindow`), the
 * calendar, and the oracle's own rules, which may only lower the credit. Pure: the same windows give
 * the same judgement, however they arrived.
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
  return [next, { kind, energies, findings: withOwnRules(window, energies, findings) }];
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

function withOwnRules(
  window: SealedWindow,
  energies: readonly ReadingEnergy[],
  findings: readonly WindowFinding[],
): readonly WindowFinding[] {
  return window.readings.flatMap((reading, readingIndex) => {
    const found = findings.find((finding) => finding.readingIndex === readingIndex);
    if (found !== undefined) return [found];
    const reason = findReadingReason(reading);
    if (reason === undefined) return [];
    return [{ readingIndex, reason, deductedWh: energies[readingIndex]?.exportedWh ?? 0n }];
  });
}
