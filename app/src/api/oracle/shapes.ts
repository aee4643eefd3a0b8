/** What the oracle answers, by type. Energy in Wh, power in mW, times in Unix seconds. */
import { big, hex, integer, listOf, object, oneOf, optional, text } from '../parse.ts';

/** An entry of the error catalogue. */
const reason = object({ code: text, title: text });

/** What of a window does not count and why; without `index` it is the whole window. */
export const finding = object({
  id: integer,
  deviceId: hex,
  sequence: integer,
  index: optional(integer),
  at: integer,
  reason,
  deductedWh: big,
});
export type OracleFinding = ReturnType<typeof finding>;

const judgement = {
  state: oneOf('received', 'waiting', 'counted', 'excluded', 'batched'),
  reason: optional(reason),
  deductedWh: big,
  flags: listOf(reason),
  waiting: optional(object({ since: integer, deadline: integer })),
};

/** Whether a reading counts, and why not where it does not. */
export const readingStatus = object(judgement);
export type ReadingStatus = ReturnType<typeof readingStatus>;

export const reading = object({
  id: text,
  deviceId: hex,
  sequence: integer,
  index: integer,
  at: integer,
  exportWh: big,
  importWh: big,
  fields: object({ activePowerMw: optional(big) }),
  ...judgement,
});
export type OracleReading = ReturnType<typeof reading>;

export const energyBucket = object({
  startsAt: integer,
  exportedWh: big,
  importedWh: big,
  deductedWh: big,
});
export type EnergyBucket = ReturnType<typeof energyBucket>;

export const oracleDevice = object({
  deviceId: hex,
  projectId: optional(integer),
  lastReading: optional(
    object({ at: integer, exportWh: big, importWh: big, activePowerMw: optional(big) }),
  ),
});
export type OracleDevice = ReturnType<typeof oracleDevice>;

export const projectProgress = object({
  totals: object({ exportedWh: big, importedWh: big, deductedWh: big }),
  pendingWindows: integer,
});
export type ProjectProgress = ReturnType<typeof projectProgress>;

/** A window as its bytes; what they say is decoded and checked in the browser. */
export const storedWindow = object({
  header: hex,
  signature: hex,
  readingsBytes: hex,
  batchId: optional(big),
  proof: optional(listOf(hex)),
});
export type StoredWindow = ReturnType<typeof storedWindow>;
