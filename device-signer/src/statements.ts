import {
  decodeMeterReplacement,
  decodeRotation,
  encodeMeterReplacement,
  encodeRotation,
  meterReplacementHashOf,
  TonneError,
  type Hex,
  type MeterReplacement,
  type Reading,
  type Rotation,
} from '@truetonne/protocol';
import type { DeviceKey } from './key.ts';
import type { ChainHead } from './seal.ts';

/** What a device signed about itself after its claim (SPEC section 9), and its signature. */
export interface SignedStatement {
  readonly statement: Uint8Array;
  readonly signature: Uint8Array;
}

/** A meter that takes the old one's place: its registers, Wh, at `replacedAt`, Unix seconds. */
export type NewMeter = Pick<MeterReplacement, 'replacedAt' | 'exportWh' | 'importWh'>;

/** Signs that the meter was replaced after `head`. Throws TIME_OVERLAP or VALUE_OUT_OF_RANGE. */
export function signReplacement(
  key: DeviceKey,
  domain: Hex,
  head: ChainHead,
  meter: NewMeter,
): SignedStatement {
  assertAfter(head, 'replacedAt', meter.replacedAt);
  const { sequence, hash } = head;
  const { deviceId } = key;
  const statement = encodeMeterReplacement({
    ...{ domain, deviceId, sequence, previousHash: hash },
    ...meter,
  });
  return { statement, signature: key.sign(statement) };
}

/** What the first window of the new meter follows. */
export function headOfReplacement({ statement }: SignedStatement): ChainHead {
  const { sequence, replacedAt, exportWh, importWh } = decodeMeterReplacement(statement);
  const hash = meterReplacementHashOf(statement);
  return { sequence, closedAt: replacedAt, exportWh, importWh, hash };
}

/** Signs that `successor` takes this key's place after `head`. Throws TIME_OVERLAP. */
export function signRotation(
  key: DeviceKey,
  domain: Hex,
  head: ChainHead,
  { successor, rotatedAt }: Pick<Rotation, 'successor' | 'rotatedAt'>,
): SignedStatement {
  assertAfter(head, 'rotatedAt', rotatedAt);
  const statement = encodeRotation({ domain, deviceId: key.deviceId, successor, rotatedAt });
  return { statement, signature: key.sign(statement) };
}

/** The rotation when it names this successor. Throws SUCCESSOR_MISMATCH when it names another. */
export function findRotation(
  rotation: SignedStatement | undefined,
  successor: Hex,
): SignedStatement | undefined {
  if (rotation === undefined) return undefined;
  const named = decodeRotation(rotation.statement).successor;
  if (named === successor) return rotation;
  const details = { field: 'successor', value: successor, expected: named };
  throw new TonneError('SUCCESSOR_MISMATCH', details);
}

/** Throws DEVICE_REVOKED when a window would close at or after the rotation: nobody would credit it. */
export function assertNotRotated(
  rotation: SignedStatement | undefined,
  readings: readonly Reading[],
): void {
  const last = readings.at(-1);
  if (rotation === undefined || last === undefined) return;
  const { rotatedAt, successor } = decodeRotation(rotation.statement);
  if (last.at < rotatedAt) return;
  const expected = `before ${String(rotatedAt)}, when ${successor} took its place`;
  throw new TonneError('DEVICE_REVOKED', { field: 'at', value: String(last.at), expected });
}

function assertAfter(head: ChainHead, field: string, time: number): void {
  if (time > head.closedAt) return;
  const expected = `> ${String(head.closedAt)}, when the last window closed`;
  throw new TonneError('TIME_OVERLAP', { field, value: String(time), expected });
}
