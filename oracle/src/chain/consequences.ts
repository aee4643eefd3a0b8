import type { DevicePosition, Hex } from '@truetonne/protocol';
import { retractJudgement } from '../metering/judge/retract.ts';
import { endPartedPairs } from '../store/checkMeters.ts';
import type { Session } from '../store/database/database.ts';
import { dropSealedBatches, moveHead } from '../store/life.ts';
import type { DeviceRow } from '../store/tables/schema.ts';
import { forgetWaiting } from '../store/waiting.ts';

/** What events of a device's life change beside the device: what was judged and sealed of it. */
export interface Consequences {
  /** Before the device changes hands. */
  readonly leaving: (session: Session, device: DeviceRow) => Promise<void>;
  /** Afterwards, at a time in Unix seconds. */
  readonly left: (session: Session, now: number) => Promise<void>;
  readonly frozen: (session: Session, device: DeviceRow) => Promise<void>;
  readonly meterReplaced: (
    session: Session,
    device: DeviceRow,
    position: DevicePosition,
    statementHash: Hex,
  ) => Promise<void>;
}

/** Of events as they come. */
export const AT_ONCE: Consequences = {
  /** What was measured and not yet credited goes with the device: its next project judges it anew. */
  async leaving(session, device) {
    await retractJudgement(session, device, device.creditedSequence);
    await stopJudging(session, device);
  },
  /** A pair of meters ends. */
  left: endPartedPairs,
  /** Nothing of a frozen device is judged or batched from then on. */
  frozen: stopJudging,
  /** Registers go on from those of the new meter, and the chain of headers from the statement. */
  async meterReplaced(session, device, position, statementHash) {
    await retractJudgement(session, device, position.sequence);
    await dropSealedBatches(session, device.number);
    await moveHead(session, device.number, position, statementHash);
  },
};

/**
 * Of events that are read anew: many of them had their consequences already, and what was judged since
 * builds on those. What differs in the end is judged anew then.
 */
export const LATER: Consequences = {
  leaving: () => Promise.resolve(),
  left: () => Promise.resolve(),
  frozen: () => Promise.resolve(),
  meterReplaced: () => Promise.resolve(),
};

async function stopJudging(session: Session, { number }: DeviceRow): Promise<void> {
  await dropSealedBatches(session, number);
  await forgetWaiting(session, new Map([[number, Number.MAX_SAFE_INTEGER]]));
}
