import type { Hex, Reading, SealedWindow } from '@truetonne/protocol';
import type { DeviceKey } from './key.ts';
import { headOfClaim, headOfWindow, sealWindow, signClaim, type SignedClaim } from './seal.ts';
import { readSerfSeries, SERF_PLANT } from './plants/serf.ts';

export interface HistoryOptions {
  readonly key: DeviceKey;
  readonly domain: Hex;
  /** Wallet that will register the device. */
  readonly owner: Hex;
  /** At most so many readings in a window, 1 to 256. */
  readonly readingsPerWindow: number;
}

export interface SealedHistory {
  readonly claim: SignedClaim;
  readonly windows: readonly SealedWindow[];
}

/**
 * Claims a device at the beginning of the SERF East series and seals the whole series. No window
 * straddles a calendar month at the plant, so that every month is a batch of whole windows.
 *
 * @throws TonneError VALUE_OUT_OF_RANGE or as `sealWindow`
 */
export function sealHistory(options: HistoryOptions): SealedHistory {
  const { key, domain, owner, readingsPerWindow } = options;
  const { startedAt, readings } = readSerfSeries();
  const claim = signClaim(key, { domain, owner, claimedAt: startedAt, exportWh: 0n, importWh: 0n });
  let head = headOfClaim(claim);
  const windows = groupReadings(readings, readingsPerWindow).map((group) => {
    const window = sealWindow(key, domain, head, group);
    head = headOfWindow(window);
    return window;
  });
  return { claim, windows };
}

/** Consecutive readings in groups of at most `size` that end where the plant's month ends. */
export function groupReadings(
  readings: readonly Reading[],
  size: number,
): readonly (readonly Reading[])[] {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new RangeError(`readings per window have to be 1 or more, not ${String(size)}`);
  }
  const groups: Reading[][] = [];
  for (const reading of readings) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    const fits = first !== undefined && monthOf(first) === monthOf(reading);
    if (group !== undefined && group.length < size && fits) group.push(reading);
    else groups.push([reading]);
  }
  return groups;
}

/** Month at the plant in which a reading's interval lies, like `2016-07`. */
function monthOf({ at }: Reading): string {
  // `at` is the interval's end: at midnight on the first it still is a reading of the month before.
  const local = new Date((at - 1 + SERF_PLANT.utcOffsetMinutes * 60) * 1000);
  return local.toISOString().slice(0, 7);
}
