import type {
  OptionalFieldName,
  Reading,
  ReadingEnergy,
  ReasonCode,
  SealedWindow,
  WalkState,
} from '@truetonne/protocol';
import type { Site } from '../sun.ts';

/** `flag`: a verifier should look. `deduct`: the reading's energy does not count. */
export type Severity = 'flag' | 'deduct';

export interface Rule {
  readonly severity: Severity;
  /** Where the rule comes from. */
  readonly source: string;
}

/**
 * Thresholds of the checks, by reason code. They belong to a version of a methodology; a check that is
 * not named does not run. Percent are whole numbers, angles degrees above the horizon.
 */
export interface Rules {
  readonly READING_OUT_OF_RANGE?: Rule & {
    /** Least and most of a field in its own unit. */
    readonly fields: Readonly<Partial<Record<OptionalFieldName, readonly [bigint, bigint]>>>;
  };
  readonly SENTINEL_VALUE?: Rule & {
    /** Markers as devices write them in JSON. */
    readonly markers: readonly bigint[];
  };
  readonly DEVICE_FAULT?: Rule & { readonly statuses: readonly number[] };
  readonly POWER_ABOVE_CAPACITY?: Rule & { readonly percent: bigint };
  readonly POWER_INCONSISTENT?: Rule & {
    readonly tolerancePercent: bigint;
    readonly toleranceMva: bigint;
  };
  readonly ENERGY_ABOVE_POWER?: Rule & {
    readonly tolerancePercent: bigint;
    /** Of the device's capacity. */
    readonly capacityPercent: bigint;
  };
  readonly ENERGY_ABOVE_IRRADIANCE?: Rule & {
    readonly performanceRatioPercent: bigint;
    readonly floorMwM2: bigint;
  };
  readonly ENERGY_AT_NIGHT?: Rule & { readonly sunBelow: number; readonly toleranceWh: bigint };
  readonly ENERGY_ABOVE_CLEAR_SKY?: Rule & {
    readonly performanceRatioPercent: bigint;
    readonly floorMwM2: bigint;
  };
  readonly STUCK_VALUE?: Rule & { readonly readings: number; readonly seconds: number };
  readonly DAYLIGHT_GAP?: Rule & { readonly sunAbove: number };
  readonly CLOCK_SKEW?: Rule & { readonly seconds: number };
  readonly CHECK_METER_MISMATCH?: Rule & {
    /** How many times the accuracy class the two meters may differ by. */
    readonly classes: bigint;
  };
}

/** What the checks of a device remember from window to window. */
export interface CheckMemory {
  /** Active power that has not changed: since when (Unix seconds), and over how many readings. */
  readonly stuck?: { readonly powerMw: string; readonly since: number; readonly readings: number };
}

/** A reading with what it added and the time it stands for. */
export interface CheckedReading {
  readonly reading: Reading;
  readonly index: number;
  readonly energy: ReadingEnergy;
  /** Beginning of its interval, Unix seconds. */
  readonly from: number;
  /** The reading before it in the window. */
  readonly before: Reading | undefined;
}

/** Everything a check may look at; it looks at nothing else. */
export interface CheckInput {
  readonly window: SealedWindow;
  readonly readings: readonly CheckedReading[];
  readonly state: WalkState;
  /** Why the first reading stands for a gap as well, if it does. */
  readonly gap: ReasonCode | undefined;
  readonly capacityW: bigint;
  /** `undefined` where the plant's place is not known. */
  readonly site: Site | undefined;
  readonly receivedAt: number;
  readonly memory: CheckMemory;
}

/** Wh are 3,600 Ws; and a register that counts whole Wh may be one ahead. */
export const WS_PER_WH = 3_600n;
