import type { OracleFinding } from '../../api/index.ts';

/** Findings of one reason: how many and how much energy (Wh) they take away. */
export interface ReasonSum {
  /** Code and words of the catalogue. */
  readonly reason: OracleFinding['reason'];
  readonly findings: number;
  readonly deductedWh: bigint;
}

/** What the reasons add up to, the dearest first. */
export function sumByReason(
  findings: readonly Pick<OracleFinding, 'reason' | 'deductedWh'>[],
): readonly ReasonSum[] {
  const sums = new Map<string, ReasonSum>();
  for (const { reason, deductedWh } of findings) {
    const sum = sums.get(reason.code);
    sums.set(reason.code, {
      reason,
      findings: (sum?.findings ?? 0) + 1,
      deductedWh: (sum?.deductedWh ?? 0n) + deductedWh,
    });
  }
  return [...sums.values()].sort((a, b) => (a.deductedWh < b.deductedWh ? 1 : -1));
}
