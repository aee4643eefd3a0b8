import { setImmediate } from 'node:timers/promises';
import type { ReasonCode } from '@truetonne/protocol';
import type { CheckMemory, Rules } from '../../domain/checks/check.ts';
import type { ReasonTotal, ThresholdEnergy } from '../../domain/dryRun.ts';
import {
  checkWindow,
  exportedWhOf,
  importedWhOf,
  judgeWindow,
  type ProjectTerms,
  type WindowFinding,
} from '../../domain/judge.ts';
import type { Site } from '../../domain/sun.ts';
import type { SpanDevice } from './spans.ts';

/** Windows judged before others have their turn: a few milliseconds. */
const TURN = 500;

export interface SpanTerms {
  readonly project: ProjectTerms;
  readonly site: Site;
}

type Totals = Map<ReasonCode, ReasonTotal>;

/**
 * Judges the windows of a batch once for each of several sets of thresholds: the same steps that the
 * oracle takes, so that a project's own set deducts what judging did for its batch. When a window came is not in
 * the file, so nothing is said of clocks; that takes no energy anyway.
 */
export async function judgeSpan(
  devices: readonly SpanDevice[],
  terms: SpanTerms,
  ruleSets: readonly Rules[],
): Promise<readonly ThresholdEnergy[]> {
  const totals = ruleSets.map((): Totals => new Map());
  let [exportWh, importWh, turn] = [0n, 0n, 0];
  for (const { start, capacityW, windows, checking } of devices) {
    let state = start;
    const memories: CheckMemory[] = ruleSets.map(() => ({}));
    for (const window of windows) {
      const [next, judged] = judgeWindow(state, window, capacityW, terms.project);
      ruleSets.forEach((rules, index) => {
        const receivedAt = window.header.closedAt;
        const checksAnother = checking.has(window.header.sequence);
        const checkTerms = { rules, capacityW, site: terms.site, receivedAt, checksAnother };
        const memory = memories[index] ?? {};
        const [after, checked] = checkWindow(state, window, judged, memory, checkTerms);
        memories[index] = after;
        addFindings(totals[index], checked.findings);
      });
      exportWh += exportedWhOf(judged.energies);
      importWh += importedWhOf(judged.energies);
      state = next;
      if (++turn % TURN === 0) await setImmediate();
    }
  }
  return totals.map((found) => ({ exportWh, importWh, reasons: [...found.values()] }));
}

function addFindings(totals: Totals | undefined, findings: readonly WindowFinding[]): void {
  for (const { reason, deductedWh } of findings) {
    const before = totals?.get(reason);
    totals?.set(reason, {
      reason,
      findings: (before?.findings ?? 0) + 1,
      deductedWh: (before?.deductedWh ?? 0n) + deductedWh,
    });
  }
}
