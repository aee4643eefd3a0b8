import type { Finding } from '../batch/findings.ts';
import { WHOLE_WINDOW } from '../batch/findings.ts';
import type { WalkedWindow } from '../batch/energy.ts';
import { VerificationError, type Place } from './failure.ts';

/** A walked window with its place in the batch. */
export interface PlacedWindow extends WalkedWindow {
  readonly place: Place;
}

/**
 * Law 3: a finding deducts no more than its reading exported, no reading is deducted twice, and no
 * finding that follows from the bytes alone is left out. Further findings may only lower the credit.
 */
export function verifyFindings(
  findings: readonly Finding[],
  walked: readonly PlacedWindow[],
): { readonly deductedWh: bigint } {
  const byWindow = new Map<number, Finding[]>();
  for (const finding of findings) {
    const window = walked[finding.windowIndex];
    if (window === undefined) throwInvalid(finding, { windowIndex: finding.windowIndex });
    byWindow.set(finding.windowIndex, [...(byWindow.get(finding.windowIndex) ?? []), finding]);
  }
  let deductedWh = 0n;
  walked.forEach((window, windowIndex) => {
    const own = byWindow.get(windowIndex) ?? [];
    assertWithinEnergy(own, window);
    assertNoneMissing(own, window);
    deductedWh += own.reduce((sum, finding) => sum + finding.deductedWh, 0n);
  });
  return { deductedWh };
}

function assertWithinEnergy(own: readonly Finding[], { energies, place }: PlacedWindow): void {
  const seen = new Set<number>();
  for (const finding of own) {
    const { readingIndex } = finding;
    const whole = readingIndex === WHOLE_WINDOW;
    const covered = whole ? energies : energies.slice(readingIndex, readingIndex + 1);
    const availableWh = covered.reduce((sum, { exportedWh }) => sum + exportedWh, 0n);
    const twice = seen.has(readingIndex) || seen.has(WHOLE_WINDOW) || (whole && seen.size > 0);
    if (covered.length === 0 || twice || finding.deductedWh > availableWh) {
      throwInvalid(finding, whole ? place : { ...place, readingIndex });
    }
    seen.add(readingIndex);
  }
}

function assertNoneMissing(own: readonly Finding[], { findings, place }: PlacedWindow): void {
  for (const required of findings) {
    const { readingIndex } = required;
    const found = own.find(
      (finding) => finding.readingIndex === readingIndex || finding.readingIndex === WHOLE_WINDOW,
    );
    if (found !== undefined && found.deductedWh >= required.deductedWh) continue;
    const details = { field: 'findings', value: 'none', expected: required.reason };
    const reading = readingIndex === WHOLE_WINDOW ? place : { ...place, readingIndex };
    throw new VerificationError('onlyDown', 'FINDING_MISSING', details, reading);
  }
}

function throwInvalid(finding: Finding, place: Place): never {
  const value = `${finding.reason} ${String(finding.deductedWh)} Wh`;
  throw new VerificationError('onlyDown', 'FINDING_INVALID', { field: 'findings', value }, place);
}
