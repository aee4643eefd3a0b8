import type { ErrorCode } from '@truetonne/protocol';

export type ReadingState = 'received' | 'waiting' | 'counted' | 'excluded' | 'batched';

/** What the store knows of a reading; energy in Wh. */
export interface ReadingFacts {
  /** The device belongs to a project; until then nothing is judged. */
  readonly bound: boolean;
  /** The window was judged in its place in the row. */
  readonly judged: boolean;
  /** It came after its place in the row had been closed. */
  readonly missedPeriod: boolean;
  /** What it waits for, when it waits for something before it. */
  readonly waitsFor: 'PREDECESSOR_MISSING' | 'METER_REPLACEMENT_PENDING' | undefined;
  /** It closes at or after the device's revocation. */
  readonly revoked: boolean;
  /** The device's key was shown to be copied: nothing of it counts from then on. */
  readonly frozen: boolean;
  readonly finding: { readonly reason: ErrorCode; readonly deductedWh: bigint } | undefined;
  readonly batched: boolean;
}

export interface ReadingJudgement {
  readonly state: ReadingState;
  /** Why it does not count, or what it waits for. */
  readonly reason: ErrorCode | undefined;
  readonly deductedWh: bigint;
}

/** State of a reading and the reason for it: the answer to "why was this not issued?". */
export function judgementOf(facts: ReadingFacts): ReadingJudgement {
  const { finding } = facts;
  if (facts.missedPeriod) return { state: 'excluded', reason: 'PERIOD_CLOSED', deductedWh: 0n };
  if (finding !== undefined) {
    return { state: 'excluded', reason: finding.reason, deductedWh: finding.deductedWh };
  }
  if (facts.batched) return { state: 'batched', reason: undefined, deductedWh: 0n };
  if (facts.frozen) return { state: 'excluded', reason: 'DEVICE_FROZEN', deductedWh: 0n };
  if (facts.revoked) return { state: 'excluded', reason: 'DEVICE_REVOKED', deductedWh: 0n };
  if (facts.judged) return { state: 'counted', reason: undefined, deductedWh: 0n };
  if (facts.waitsFor !== undefined)
    return { state: 'waiting', reason: facts.waitsFor, deductedWh: 0n };
  const waitsFor = facts.bound ? undefined : 'DEVICE_UNBOUND';
  return { state: 'received', reason: waitsFor, deductedWh: 0n };
}
