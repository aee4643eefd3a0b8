import type { Hex } from '../bytes.ts';
import type { Reading } from '../window/reading.ts';
import type { SealedWindow } from '../window/window.ts';
import { WHOLE_WINDOW, type Finding, type ReasonCode } from './findings.ts';

/** Where the crediting of a device stands: registers in Wh, time in Unix seconds. */
export interface DevicePosition {
  readonly sequence: number;
  readonly closedAt: number;
  readonly exportWh: bigint;
  readonly importWh: bigint;
}

/** What one reading adds to the registers, in Wh (SPEC section 6, "Energy of a reading"). */
export interface ReadingEnergy {
  readonly exportedWh: bigint;
  readonly importedWh: bigint;
}

/** A device's position while its windows are walked, with what the next window is checked against. */
export interface WalkState extends DevicePosition {
  /** Header hash of the window before; `undefined` where it isn't known (opening of a later batch). */
  readonly previousHash: Hex | undefined;
  /** Sequence of the window before, counted or not. */
  readonly lastSequence: number;
  /** Set when the window before was set aside, so that the next reading stands for both. */
  readonly unsettled: ReasonCode | undefined;
}

/** What a window did: the energy of each reading and the findings that follow from the bytes alone. */
export interface WalkedWindow {
  readonly energies: readonly ReadingEnergy[];
  readonly findings: readonly Omit<Finding, 'windowIndex'>[];
  /** False when the window was set aside: it moves no register and can't close a batch. */
  readonly counted: boolean;
}

export function startWalk(position: DevicePosition, previousHash: Hex | undefined): WalkState {
  return { ...position, previousHash, lastSequence: position.sequence, unsettled: undefined };
}

/**
 * Walks one window on: SPEC section 6. Pure; the same code judges in the oracle and verifies in the
 * browser. `capacityW` is the device's registered capacity in W.
 */
export function walkWindow(
  state: WalkState,
  window: SealedWindow,
  capacityW: bigint,
): readonly [WalkState, WalkedWindow] {
  const { header, headerHash } = window;
  const seen = { previousHash: headerHash, lastSequence: header.sequence };
  const setAside = findSetAsideReason(state, window);
  if (setAside !== undefined) {
    const energies = window.readings.map(() => ({ exportedWh: 0n, importedWh: 0n }));
    const findings = [{ readingIndex: WHOLE_WINDOW, reason: setAside, deductedWh: 0n }];
    return [
      { ...state, ...seen, unsettled: setAside },
      { energies, findings, counted: false },
    ];
  }
  const energies = energiesOf(state, window.readings);
  const next: WalkState = {
    ...seen,
    sequence: header.sequence,
    closedAt: header.closedAt,
    exportWh: header.exportWh,
    importWh: header.importWh,
    unsettled: undefined,
  };
  return [next, { energies, findings: judge(state, window, energies, capacityW), counted: true }];
}

/** A window that can't be measured from the position before it: it counts for nothing. */
function findSetAsideReason(state: WalkState, window: SealedWindow): ReasonCode | undefined {
  const first = window.readings[0];
  if (first === undefined) return 'READING_OUT_OF_RANGE';
  if (first.exportWh < state.exportWh || first.importWh < state.importWh)
    return 'REGISTER_ROLLBACK';
  if (window.header.closedAt <= state.closedAt) return 'TIME_OVERLAP';
  return undefined;
}

function energiesOf(
  before: DevicePosition,
  readings: readonly Reading[],
): readonly ReadingEnergy[] {
  let last: Pick<DevicePosition, 'exportWh' | 'importWh'> = before;
  return readings.map((reading) => {
    const energy = {
      exportedWh: reading.exportWh - last.exportWh,
      importedWh: reading.importWh - last.importWh,
    };
    last = reading;
    return energy;
  });
}

function judge(
  state: WalkState,
  window: SealedWindow,
  energies: readonly ReadingEnergy[],
  capacityW: bigint,
): readonly Omit<Finding, 'windowIndex'>[] {
  const whole = findWholeWindowReason(state, window);
  if (whole !== undefined) {
    const deductedWh = energies.reduce((sum, { exportedWh }) => sum + exportedWh, 0n);
    return [{ readingIndex: WHOLE_WINDOW, reason: whole, deductedWh }];
  }
  const findings: Omit<Finding, 'windowIndex'>[] = [];
  let beganAt = window.header.openedAt;
  energies.forEach(({ exportedWh }, readingIndex) => {
    const at = window.readings[readingIndex]?.at ?? beganAt;
    const gap = readingIndex === 0 ? findGapReason(state, window) : undefined;
    const reason = gap ?? findCapacityReason(exportedWh, capacityW, at - beganAt);
    if (reason !== undefined) findings.push({ readingIndex, reason, deductedWh: exportedWh });
    beganAt = at;
  });
  return findings;
}

function findWholeWindowReason(state: WalkState, { header }: SealedWindow): ReasonCode | undefined {
  const follows = header.sequence === state.lastSequence + 1;
  const { previousHash } = state;
  if (follows && previousHash !== undefined && header.previousHash !== previousHash) {
    return 'CHAIN_BROKEN';
  }
  return header.openedAt < state.closedAt ? 'TIME_OVERLAP' : undefined;
}

function findGapReason(state: WalkState, { header }: SealedWindow): ReasonCode | undefined {
  if (state.unsettled !== undefined) return state.unsettled;
  if (header.sequence !== state.lastSequence + 1) return 'SEQUENCE_GAP';
  return header.openedAt > state.closedAt ? 'TIME_GAP' : undefined;
}

/** SPEC section 7, "Capacity": one Wh (3,600 Ws) is allowed for the register's rounding. */
function findCapacityReason(
  exportedWh: bigint,
  capacityW: bigint,
  seconds: number,
): ReasonCode | undefined {
  const exceeded = exportedWh * 3600n > capacityW * BigInt(seconds) + 3600n;
  return exceeded ? 'CAPACITY_EXCEEDED' : undefined;
}
