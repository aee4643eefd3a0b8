import { CATALOGUE, isErrorCode } from '@truetonne/protocol';
import type { OracleFinding } from '../../api/index.ts';

/** The catalogue's words for a reason; an unknown code stays what it is. */
export function reasonText(code: string): string {
  return isErrorCode(code) ? CATALOGUE[code].title : code;
}

/** Findings of one reason: how many and how much energy (Wh) they take away. */
export interface ReasonSum {
  readonly reason: string;
  readonly findings: number;
  readonly deductedWh: bigint;
}

/** What the reasons add up to, the dearest first. */
export function sumByReason(
  findings: readonly Pick<OracleFinding, 'reason' | 'deductedWh'>[],
): readonly ReasonSum[] {
  const sums = new Map<string, ReasonSum>();
  for (const { reason, deductedWh } of findings) {
    const sum = sums.get(reason);
    sums.set(reason, {
      reason,
      findings: (sum?.findings ?? 0) + 1,
      deductedWh: (sum?.deductedWh ?? 0n) + deductedWh,
    });
  }
  return [...sums.values()].sort((a, b) => (a.deductedWh < b.deductedWh ? 1 : -1));
}
