import type { Hex, Reading } from '@truetonne/protocol';

/** The most readings of a window, so that (window id, reading index) is one ascending number. */
const READINGS_PER_WINDOW = 256;

/** What of a device every event of it tells. Registers at the claim, in Wh. */
export interface LiveDevice {
  readonly deviceId: Hex;
  /** Wallet; a project's devices are all of the wallet that owns the project. */
  readonly owner: Hex;
  readonly projectId: number | null;
  readonly claimExportWh: bigint;
  readonly claimImportWh: bigint;
  readonly factorUgPerWh: bigint | null;
}

/** A reading as it is sent to watchers. Numbers that must stay exact are decimal text. */
export interface LiveEvent {
  readonly id: string;
  readonly type: 'reading';
  readonly projectId: number | null;
  readonly deviceId: Hex;
  readonly sequence: number;
  readonly index: number;
  readonly at: number;
  readonly exportWh: string;
  readonly importWh: string;
  readonly activePowerMw: string | null;
  /** Net export since the claim times the project's factor: before any judgement, so an estimate. */
  readonly gramsEstimate: string | null;
}

/** A window on its way to watchers. */
export interface LiveWindow {
  readonly id: number;
  readonly deviceNumber: number;
  readonly sequence: number;
  readonly readings: readonly Reading[];
}

/** Id of a reading's event. Ids ascend with the order in which windows were stored. */
export function eventIdOf(windowId: number, index: number): number {
  return windowId * READINGS_PER_WINDOW + index;
}

/** The window that an event id belongs to. */
export function windowIdOf(eventId: number): number {
  return Math.floor(eventId / READINGS_PER_WINDOW);
}

/** Events of a window after an event id. */
export function eventsOf(
  window: LiveWindow,
  device: LiveDevice,
  after: number,
): readonly LiveEvent[] {
  return window.readings.flatMap((reading, index) => {
    const id = eventIdOf(window.id, index);
    return id <= after ? [] : [toEvent(window, reading, index, device)];
  });
}

function toEvent(
  { id, sequence }: LiveWindow,
  reading: Reading,
  index: number,
  device: LiveDevice,
): LiveEvent {
  return {
    id: String(eventIdOf(id, index)),
    type: 'reading',
    projectId: device.projectId,
    deviceId: device.deviceId,
    sequence,
    index,
    at: reading.at,
    exportWh: String(reading.exportWh),
    importWh: String(reading.importWh),
    activePowerMw: reading.fields.activePowerMw?.toString() ?? null,
    gramsEstimate: gramsEstimateOf(reading, device)?.toString() ?? null,
  };
}

function gramsEstimateOf(reading: Reading, device: LiveDevice): bigint | undefined {
  if (device.factorUgPerWh === null) return undefined;
  const exportedWh = reading.exportWh - device.claimExportWh;
  const importedWh = reading.importWh - device.claimImportWh;
  return ((exportedWh - importedWh) * device.factorUgPerWh) / 1_000_000n;
}
