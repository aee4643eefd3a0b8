import type { Hex } from '../bytes.ts';
import type { DevicePosition } from './energy.ts';

/** A device's storage slot on the chain (SPEC section 8): position, and what the device is bound to. */
export interface DeviceSlot extends DevicePosition {
  readonly projectId: number;
  /** Registered capacity, W. */
  readonly capacityW: bigint;
}

/** Unpacks a device's slot: projectId 32, sequence 32, closedAt 40, exportWh 56, importWh 56, capacityW 32. */
export function decodeDeviceSlot(slot: bigint): DeviceSlot {
  return {
    projectId: Number(bitsOf(slot, 0n, 32n)),
    sequence: Number(bitsOf(slot, 32n, 32n)),
    closedAt: Number(bitsOf(slot, 64n, 40n)),
    exportWh: bitsOf(slot, 104n, 56n),
    importWh: bitsOf(slot, 160n, 56n),
    capacityW: bitsOf(slot, 216n, 32n),
  };
}

/** What a `DeviceAdvanced` event says; energy in Wh. */
export interface DeviceAdvance {
  readonly deviceId: Hex;
  readonly opening: DeviceSlot;
  readonly closing: DeviceSlot;
  readonly exportedWh: bigint;
  readonly importedWh: bigint;
}

/** Decodes the arguments of a `DeviceAdvanced` event. */
export function decodeAdvance(args: {
  readonly deviceId: Hex;
  readonly opening: bigint;
  readonly closing: bigint;
}): DeviceAdvance {
  const opening = decodeDeviceSlot(args.opening);
  const closing = decodeDeviceSlot(args.closing);
  return {
    deviceId: args.deviceId,
    opening,
    closing,
    exportedWh: closing.exportWh - opening.exportWh,
    importedWh: closing.importWh - opening.importWh,
  };
}

function bitsOf(slot: bigint, offset: bigint, width: bigint): bigint {
  return (slot >> offset) & ((1n << width) - 1n);
}
