/** What the oracle answers, by type. Energy in Wh, power in mW, times in Unix seconds. */
import { big, hex, integer, listOf, object, optional, text } from '../parse.ts';

/** What of a window does not count and why; without `readingIndex` it is the whole window. */
export const finding = object({
  deviceId: hex,
  sequence: integer,
  readingIndex: optional(integer),
  reason: text,
  deductedWh: big,
  at: integer,
});
export type OracleFinding = ReturnType<typeof finding>;

export const reading = object({
  id: text,
  deviceId: hex,
  sequence: integer,
  index: integer,
  at: integer,
  exportWh: big,
  importWh: big,
  activePowerMw: optional(big),
  state: text,
  reason: optional(text),
  deductedWh: optional(big),
});
export type OracleReading = ReturnType<typeof reading>;

export const energyBucket = object({
  startsAt: integer,
  exportedWh: big,
  importedWh: big,
  deductedWh: big,
});
export type EnergyBucket = ReturnType<typeof energyBucket>;

export const storedWindow = object({
  header: hex,
  signature: hex,
  readings: hex,
  batchId: optional(big),
  proof: optional(listOf(hex)),
});
export type StoredWindow = ReturnType<typeof storedWindow>;

export const readingStatus = object({
  state: text,
  reason: optional(text),
  deductedWh: optional(big),
  batchId: optional(big),
});
export type ReadingStatus = ReturnType<typeof readingStatus>;
