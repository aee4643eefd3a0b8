import type { ErrorCode } from '../errors/catalogue.ts';

/** Why energy of a reading or window does not count (SPEC section 6); numbers are never reused. */
export const REASON_NUMBERS = {
  SEQUENCE_GAP: 1,
  TIME_GAP: 2,
  CHAIN_BROKEN: 3,
  REGISTER_ROLLBACK: 4,
  CAPACITY_EXCEEDED: 5,
  READING_OUT_OF_RANGE: 6,
  SENTINEL_VALUE: 7,
  TIME_OVERLAP: 8,
  VINTAGE_SPAN: 9,
  OUTSIDE_CREDITING_PERIOD: 10,
  DEVICE_FAULT: 11,
  POWER_ABOVE_CAPACITY: 12,
  POWER_INCONSISTENT: 13,
  ENERGY_ABOVE_POWER: 14,
  ENERGY_ABOVE_IRRADIANCE: 15,
  ENERGY_AT_NIGHT: 16,
  ENERGY_ABOVE_CLEAR_SKY: 17,
  STUCK_VALUE: 18,
  DAYLIGHT_GAP: 19,
  CLOCK_SKEW: 20,
  CHECK_METER_MISMATCH: 21,
  CHECK_METER_NOT_CREDITED: 22,
  CALIBRATION_OVERDUE: 23,
  INVOICE_DIFFERS: 24,
} as const satisfies Partial<Record<ErrorCode, number>>;

export type ReasonCode = keyof typeof REASON_NUMBERS;

const CODES_BY_NUMBER = new Map(
  Object.entries(REASON_NUMBERS).map(([code, number]) => [number as number, code as ReasonCode]),
);

export function findReasonCode(number: number): ReasonCode | undefined {
  return CODES_BY_NUMBER.get(number);
}

/** `readingIndex` of a finding about a whole window. */
export const WHOLE_WINDOW = 0xffff;

/** What of a window does not count and why; `deductedWh` is at most the energy it exported. */
export interface Finding {
  readonly windowIndex: number;
  readonly readingIndex: number;
  readonly reason: ReasonCode;
  readonly deductedWh: bigint;
}
