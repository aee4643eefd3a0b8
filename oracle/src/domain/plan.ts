import {
  compareBytes,
  fromHex,
  startWalk,
  type BatchDevice,
  type DevicePosition,
  type Finding,
  type Hex,
  type ReadingEnergy,
  type SealedWindow,
} from '@truetonne/protocol';
import { endOfVintage, vintageOf, yearOf, type Period } from './calendar.ts';
import type { Hit } from './checks/run.ts';
import {
  deductedWhOf,
  exportedWhOf,
  importedWhOf,
  judgeWindow,
  withDeductions,
  type JudgedWindow,
  type ProjectTerms,
} from './judge.ts';

/** A device with its judged windows that are in no batch yet, by sequence. */
export interface PendingDevice {
  readonly deviceId: Hex;
  readonly publicKey: Uint8Array;
  readonly capacityW: bigint;
  /** Windows that close at or after it don't count, Unix seconds. */
  readonly revokedFrom: number | undefined;
  readonly opening: DevicePosition;
  /** Hash of the header (or claim) at the opening; `undefined` when another oracle credited it. */
  readonly openingHash: Hex | undefined;
  readonly windows: readonly SealedWindow[];
  /** What the checks deducted when the windows were judged, by sequence. */
  readonly deductions: ReadonlyMap<number, readonly Hit[]>;
}

export interface ClosedDevice extends BatchDevice {
  readonly deviceId: Hex;
  readonly closing: SealedWindow;
  readonly windowCount: number;
  readonly exportedWh: bigint;
  readonly importedWh: bigint;
}

/** A batch ready to be sealed: everything of its file but domain, project and number. Energy in Wh. */
export interface BatchPlan {
  readonly crossing: boolean;
  readonly vintage: number;
  readonly periodStart: number;
  readonly periodEnd: number;
  readonly exportedWh: bigint;
  readonly importedWh: bigint;
  readonly deductedWh: bigint;
  readonly devices: readonly ClosedDevice[];
  readonly windows: readonly SealedWindow[];
  /** What the readings of each window added. */
  readonly energies: readonly (readonly ReadingEnergy[])[];
  readonly findings: readonly Finding[];
}

interface PlacedWindow {
  readonly window: SealedWindow;
  readonly judged: JudgedWindow;
}

/** The windows of one device that go into one batch; the last one closes it. */
interface Run {
  readonly device: PendingDevice;
  readonly crossing: boolean;
  readonly vintage: number;
  readonly placed: readonly PlacedWindow[];
  readonly closing: SealedWindow;
}

/**
 * Plans the next batch of a project for a period, or `undefined` when no device can close.
 *
 * A device takes part with the longest run of its pending windows that the contract accepts as one:
 * of one vintage, closing within the period, the crediting period, the device's capacity and before
 * its revocation. Windows whose energy crosses a border of the calendar form a batch of their own, in
 * which everything is deducted (SPEC section 6, "Period"); such a batch comes first.
 */
export function planBatch(
  devices: readonly PendingDevice[],
  terms: ProjectTerms,
  period: Period,
): BatchPlan | undefined {
  const runs = devices
    .map((device) => findRun(device, terms, period.end))
    .filter((run) => run !== undefined);
  const crossing = runs.some((run) => run.crossing);
  const alike = runs.filter((run) => run.crossing === crossing);
  const vintage = Math.min(...alike.map((run) => run.vintage));
  const chosen = crossing ? alike : alike.filter((run) => run.vintage === vintage);
  if (chosen.length === 0) return undefined;
  const span = crossing ? spanOf(chosen) : withinVintage(spanOf(chosen), vintage, terms, period);
  return assemble(chosen, crossing, vintageOf(span.end, terms.utcOffsetMinutes), span);
}

/** The longest leading run of a device's windows that can be credited together. */
function findRun(device: PendingDevice, terms: ProjectTerms, until: number): Run | undefined {
  const placed: PlacedWindow[] = [];
  let state = startWalk(device.opening, device.openingHash);
  let found: Omit<Run, 'placed'> | undefined;
  let length = 0;
  let first: Pick<Run, 'crossing' | 'vintage'> | undefined;
  for (const window of device.windows) {
    const [next, walked] = judgeWindow(state, window, device.capacityW, terms);
    const own = device.deductions.get(window.header.sequence) ?? [];
    const judged = { ...walked, findings: withDeductions(walked, own) };
    state = next;
    if (judged.kind === 'setAside') {
      placed.push({ window, judged });
      continue;
    }
    const { closedAt } = window.header;
    if (judged.kind === 'late' || closedAt > until || closedAt >= (device.revokedFrom ?? Infinity))
      break;
    const crossing = judged.kind === 'crossing';
    const vintage = vintageOf(closedAt, terms.utcOffsetMinutes);
    first ??= { crossing, vintage };
    if (crossing !== first.crossing || (!crossing && vintage !== first.vintage)) break;
    placed.push({ window, judged });
    if (!isWithinCapacity(device, window)) continue;
    found = { device, ...first, closing: window };
    length = placed.length;
  }
  return found && { ...found, placed: placed.slice(0, length) };
}

/** SPEC section 7, "Capacity", as the contract checks it: from opening to closing, one Wh for rounding. */
function isWithinCapacity(device: PendingDevice, { header }: SealedWindow): boolean {
  const exportedWh = header.exportWh - device.opening.exportWh;
  const seconds = BigInt(header.closedAt - device.opening.closedAt);
  return exportedWh * 3600n <= device.capacityW * seconds + 3600n;
}

function spanOf(runs: readonly Run[]): Period {
  return {
    start: Math.min(...runs.map(({ device }) => device.opening.closedAt)),
    end: Math.max(...runs.map(({ closing }) => closing.header.closedAt)),
  };
}

/** The calendar's period where it fits, stretched back to an earlier opening, cut at the vintage. */
function withinVintage(span: Period, vintage: number, terms: ProjectTerms, period: Period): Period {
  const { utcOffsetMinutes, creditingFrom, creditingUntil } = terms;
  const natural = Math.max(period.start, creditingFrom);
  const fits = natural < span.end && yearOf(natural, utcOffsetMinutes) === vintage;
  return {
    start: fits ? Math.min(natural, span.start) : span.start,
    end: Math.min(period.end, creditingUntil, endOfVintage(vintage, utcOffsetMinutes)),
  };
}

function assemble(
  runs: readonly Run[],
  crossing: boolean,
  vintage: number,
  span: Period,
): BatchPlan {
  const ordered = [...runs].sort((a, b) =>
    compareBytes(fromHex(a.device.deviceId), fromHex(b.device.deviceId)),
  );
  const placed = ordered.flatMap((run) => run.placed);
  const findings = placed.flatMap(({ judged }, windowIndex) =>
    judged.findings.map((finding) => ({ windowIndex, ...finding })),
  );
  let index = 0;
  const devices = ordered.map((run): ClosedDevice => {
    index += run.placed.length;
    const energies = run.placed.flatMap(({ judged }) => judged.energies);
    const { deviceId, publicKey, opening } = run.device;
    return {
      deviceId,
      publicKey,
      opening,
      closingIndex: index - 1,
      closing: run.closing,
      windowCount: run.placed.length,
      exportedWh: exportedWhOf(energies),
      importedWh: importedWhOf(energies),
    };
  });
  return {
    crossing,
    vintage,
    periodStart: span.start,
    periodEnd: span.end,
    exportedWh: devices.reduce((sum, { exportedWh }) => sum + exportedWh, 0n),
    importedWh: devices.reduce((sum, { importedWh }) => sum + importedWh, 0n),
    deductedWh: deductedWhOf(findings),
    devices,
    windows: placed.map(({ window }) => window),
    energies: placed.map(({ judged }) => judged.energies),
    findings,
  };
}
