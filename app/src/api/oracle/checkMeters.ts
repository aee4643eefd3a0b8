/** Meters that check others: which, and how far the two are compared. */
import type { Hex } from 'viem';
import { hex, integer, object, oneOf, optional } from '../parse.ts';
import { askOracle } from './client.ts';
import { writeOwn, type Writer } from './own.ts';

/** Accuracy classes of IEC 62053, percent. */
export const ACCURACY_CLASSES = ['0.1', '0.2', '0.5', '1', '2'] as const;
export type AccuracyClass = (typeof ACCURACY_CLASSES)[number];

const checkMeter = object({
  deviceId: hex,
  accuracyClass: oneOf(...ACCURACY_CLASSES),
  comparedUntil: optional(integer),
  mismatchedDays: integer,
});
export type CheckMeter = ReturnType<typeof checkMeter>;

const answer = object({ checkMeter: optional(checkMeter), checks: optional(hex) });
/** The two sides of a device: what checks it, and what it checks. */
export type MeterPairs = ReturnType<typeof answer>;

const pathOf = (deviceId: Hex): string => `/v1/devices/${deviceId}/check-meter`;

export function fetchMeterPairs(oracleUrl: string, id: Hex): Promise<MeterPairs> {
  return askOracle(oracleUrl, pathOf(id), answer);
}

export interface NamedMeter {
  readonly deviceId: Hex;
  /** Of the main meter. */
  readonly accuracyClass: AccuracyClass;
}

/** Names the meter that checks a device; both belong to the signed-in wallet. */
export function nameCheckMeter(writer: Writer, device: Hex, named: NamedMeter): Promise<unknown> {
  return writeOwn(writer, { method: 'PUT', path: pathOf(device), body: named }, answer);
}

export function endCheckMeter(writer: Writer, device: Hex): Promise<unknown> {
  return writeOwn(writer, { method: 'DELETE', path: pathOf(device) }, answer);
}
