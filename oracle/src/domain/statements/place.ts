import { WHOLE_WINDOW, type Finding, type ReasonCode } from '@truetonne/protocol';
import type { BatchPlan } from '../plan.ts';

/** Reasons of what the project's owner states. */
export const STATEMENT_REASONS = [
  'CALIBRATION_OVERDUE',
  'INVOICE_DIFFERS',
] as const satisfies readonly ReasonCode[];

export type StatementReason = (typeof STATEMENT_REASONS)[number];

/** What is to be left out, and for what: a device's number, or the first statement of an invoice. */
export interface Adjustment {
  readonly reason: StatementReason;
  readonly subject: number;
  /** Device that it is about, whose readings bear it first; `undefined` for an invoice. */
  readonly deviceId: string | undefined;
  /** What is left to be left out, with what earlier batches had no room for. */
  readonly wh: bigint;
  /** What of it was found to be due for this batch. */
  readonly dueWh: bigint;
}

/** A adjustment with what of it was left out. */
export interface MetAdjustment extends Adjustment {
  readonly deductedWh: bigint;
}

/** A reading's export that is not left out yet. */
interface Room {
  readonly windowIndex: number;
  readonly readingIndex: number;
  readonly deviceId: string;
  readonly exportedWh: bigint;
  finding: Finding | undefined;
}

/**
 * Leaves adjustments out of a plan, whole readings first to last in file order, those of the adjustment's own
 * device before others. What finds no room is left for the next batch. A reading bears one finding;
 * what a adjustment left of its last reading is taken by others only where nothing else is left.
 */
export function placeAdjustments(
  plan: BatchPlan,
  adjustments: readonly Adjustment[],
): {
  readonly plan: BatchPlan;
  readonly met: readonly MetAdjustment[];
  readonly placed: readonly Finding[];
} {
  const rooms = findRooms(plan);
  const byDevice = Map.groupBy(rooms, ({ deviceId }) => deviceId);
  const met = adjustments.map((adjustment) => {
    const own = byDevice.get(adjustment.deviceId ?? '') ?? [];
    const ownWh = fillRooms(own, adjustment.reason, adjustment.wh);
    const othersWh = fillRooms(rooms, adjustment.reason, adjustment.wh - ownWh);
    return { ...adjustment, deductedWh: ownWh + othersWh };
  });
  const topped = met.map((adjustment) => ({
    ...adjustment,
    deductedWh: adjustment.deductedWh + topUp(rooms, adjustment.wh - adjustment.deductedWh),
  }));
  const placed = rooms.flatMap(({ finding }) => (finding === undefined ? [] : [finding]));
  const findings = [...plan.findings, ...placed].sort((a, b) => placeOf(a) - placeOf(b));
  const deductedWh = findings.reduce((sum, finding) => sum + finding.deductedWh, 0n);
  return { plan: { ...plan, findings, deductedWh }, met: topped, placed };
}

/** Their order in the file: by window, then by reading (SPEC section 6). */
function placeOf({ windowIndex, readingIndex }: Finding): number {
  return windowIndex * (WHOLE_WINDOW + 1) + readingIndex;
}

function findRooms({ windows, findings, energies }: BatchPlan): readonly Room[] {
  const found = Map.groupBy(findings, ({ windowIndex }) => windowIndex);
  return windows.flatMap(({ header: { deviceId } }, windowIndex) => {
    const taken = new Set((found.get(windowIndex) ?? []).map(({ readingIndex }) => readingIndex));
    if (taken.has(WHOLE_WINDOW)) return [];
    return (energies[windowIndex] ?? []).flatMap(({ exportedWh }, readingIndex) =>
      taken.has(readingIndex) || exportedWh === 0n
        ? []
        : [{ windowIndex, readingIndex, deviceId, exportedWh, finding: undefined }],
    );
  });
}

/** Leaves readings out that are not yet, the first ones first; answers the Wh that found room. */
function fillRooms(rooms: readonly Room[], reason: StatementReason, wh: bigint): bigint {
  let left = wh;
  for (const room of rooms) {
    if (left === 0n) break;
    if (room.finding !== undefined) continue;
    const deductedWh = least(left, room.exportedWh);
    const { windowIndex, readingIndex } = room;
    room.finding = { windowIndex, readingIndex, reason, deductedWh };
    left -= deductedWh;
  }
  return wh - left;
}

/** Raises findings that took a part of their reading. */
function topUp(rooms: readonly Room[], wh: bigint): bigint {
  let left = wh;
  for (const room of rooms) {
    if (left === 0n) break;
    if (room.finding === undefined) continue;
    const moreWh = least(left, room.exportedWh - room.finding.deductedWh);
    room.finding = { ...room.finding, deductedWh: room.finding.deductedWh + moreWh };
    left -= moreWh;
  }
  return wh - left;
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
