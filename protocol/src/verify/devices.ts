import { compareBytes, fromHex, type Hex } from '../bytes.ts';
import type { RawBatch } from '../batch/decode.ts';
import { startWalk, walkWindow, type DevicePosition } from '../batch/energy.ts';
import type { BatchDevice } from '../batch/file.ts';
import { deviceIdOf } from '../identity/identity.ts';
import type { SealedWindow } from '../window/window.ts';
import { VerificationError, type Law, type Place } from './failure.ts';
import type { PlacedWindow } from './findings.ts';
import type { ChainRecord, DeviceRecord } from './record.ts';
import { placeOf } from './windows.ts';

/** Throws CHAIN_RECORD_MISMATCH unless file and chain say the same. */
export function assertSame(
  law: Law,
  field: string,
  file: string | number | bigint,
  chain: string | number | bigint,
  place: Place = {},
): void {
  if (file === chain) return;
  const details = { field, value: String(file), expected: `${String(chain)} as on the chain` };
  throw new VerificationError(law, 'CHAIN_RECORD_MISMATCH', details, place);
}

/**
 * Laws 1 and 2: walks the windows of every device from its opening state and compares closing
 * registers, sequence and time with the chain. Returns the windows in file order.
 */
export function verifyDevices(
  raw: RawBatch,
  windows: readonly SealedWindow[],
  record: ChainRecord,
): readonly PlacedWindow[] {
  assertSame('sameBytes', 'devices', raw.devices.length, record.devices.length);
  assertDeviceOrder(raw.devices);
  const records = new Map(record.devices.map((device) => [device.deviceId, device]));
  return raw.devices.flatMap((device) => {
    const deviceId = deviceIdOf(device.publicKey);
    const known = records.get(deviceId);
    if (known === undefined) {
      const details = { field: 'deviceId', value: deviceId };
      throw new VerificationError('sameBytes', 'CHAIN_RECORD_MISMATCH', details, { deviceId });
    }
    assertOpening(device.opening, known);
    return walkDevice(device, deviceId, windows, known);
  });
}

/** Each device once, by id: one that stood twice could stand in for another that was left out. */
function assertDeviceOrder(devices: readonly BatchDevice[]): void {
  let before: Hex | undefined;
  for (const { publicKey } of devices) {
    const deviceId = deviceIdOf(publicKey);
    if (before !== undefined && compareBytes(fromHex(before), fromHex(deviceId)) >= 0) {
      const details = { field: 'devices', value: deviceId, expected: `a device after ${before}` };
      throw new VerificationError('once', 'WINDOW_ORDER', details, { deviceId });
    }
    before = deviceId;
  }
}

function assertOpening(opening: DevicePosition, known: DeviceRecord): void {
  const place = { deviceId: known.deviceId };
  const openingExportWh = known.exportWh - known.exportedWh;
  const openingImportWh = known.importWh - known.importedWh;
  assertSame('onlyDown', 'opening.sequence', opening.sequence, known.openingSequence, place);
  assertSame('onlyDown', 'opening.closedAt', opening.closedAt, known.openingClosedAt, place);
  assertSame('noEnergyFromNowhere', 'opening.exportWh', opening.exportWh, openingExportWh, place);
  assertSame('noEnergyFromNowhere', 'opening.importWh', opening.importWh, openingImportWh, place);
}

function walkDevice(
  device: BatchDevice,
  deviceId: Hex,
  windows: readonly SealedWindow[],
  known: DeviceRecord,
): readonly PlacedWindow[] {
  let state = startWalk(device.opening, undefined);
  let closingIndex = -1;
  const walked: PlacedWindow[] = [];
  windows.forEach((window, index) => {
    if (window.header.deviceId !== deviceId) return;
    const [next, result] = walkWindow(state, window, known.capacityW);
    state = next;
    if (result.counted) closingIndex = index;
    walked.push({ ...result, place: placeOf(window, index) });
  });
  const place = { deviceId };
  assertSame('once', 'closing window', closingIndex, device.closingIndex, place);
  assertSame('once', 'closing.sequence', state.sequence, known.sequence, place);
  assertSame('once', 'closing.closedAt', state.closedAt, known.closedAt, place);
  assertSame('noEnergyFromNowhere', 'closing.exportWh', state.exportWh, known.exportWh, place);
  assertSame('noEnergyFromNowhere', 'closing.importWh', state.importWh, known.importWh, place);
  return walked;
}
