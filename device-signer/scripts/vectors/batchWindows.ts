import { parseWindow, type Reading, type SealedWindow } from '@truetonne/protocol';
import type { DeviceKey } from '../../src/key.ts';
import { headOfWindow, sealWindow, type ChainHead } from '../../src/seal.ts';
import { AT, forge, type Forgery } from './forge.ts';
import { CLAIMED_AT, DOMAIN, HEAD, KEY, OTHER_KEY } from './place.ts';

const QUARTER = 900;

/** A reading at the end of a quarter of an hour, counted from the claim. */
function readingAt(quarter: number, exportWh: bigint, importWh = 10n): Reading {
  const at = CLAIMED_AT + QUARTER * quarter;
  return { at, exportWh, importWh, status: 1, fields: {} };
}

function startOf(quarter: number): number {
  return CLAIMED_AT + QUARTER * (quarter - 1);
}

function seal(key: DeviceKey, head: ChainHead, readings: readonly Reading[], openedAt: number) {
  return sealWindow(key, DOMAIN, head, readings, { openedAt });
}

function spoil(window: SealedWindow, forgery: Forgery): SealedWindow {
  return parseWindow(forge(window, forgery), DOMAIN);
}

/** A window after another whose registers or times may lie behind it, as `sealWindow` never makes one. */
function sealBehind(before: SealedWindow, reading: Reading, openedAt: number): SealedWindow {
  const behind = { ...headOfWindow(before), closedAt: 0, exportWh: 0n, importWh: 0n };
  return seal(KEY, behind, [reading], openedAt);
}

/**
 * The windows of the first device, which goes through every fault that follows from the bytes alone. Its
 * registers begin at 1,000 and 10 Wh, its capacity is 6,000 W.
 */
export function makeFaultyDevice(): readonly SealedWindow[] {
  const first = seal(KEY, HEAD, [readingAt(1, 2_000n)], startOf(1));
  const second = seal(
    KEY,
    headOfWindow(first),
    [readingAt(2, 2_500n), readingAt(3, 3_000n)],
    startOf(2),
  );
  // Sequence 3 is lost.
  const lost = seal(KEY, headOfWindow(second), [readingAt(4, 3_500n)], startOf(4));
  const fourth = seal(KEY, headOfWindow(lost), [readingAt(5, 4_000n)], startOf(5));
  // A quarter without a reading.
  const fifth = seal(KEY, headOfWindow(fourth), [readingAt(7, 4_300n)], startOf(7));
  const honest = seal(KEY, headOfWindow(fifth), [readingAt(8, 4_500n)], startOf(8));
  const sixth = spoil(honest, { header: [[AT.previousHash, new Uint8Array(32)]] });
  const seventh = sealBehind(sixth, readingAt(9, 4_400n), startOf(9));
  const eighth = seal(
    KEY,
    headOfWindow(seventh),
    [readingAt(10, 4_600n), readingAt(11, 4_700n)],
    startOf(10),
  );
  const ninth = seal(KEY, headOfWindow(eighth), [readingAt(12, 9_700n)], startOf(12));
  const tenth = sealBehind(ninth, readingAt(13, 9_800n), startOf(13) - 1);
  const eleventh = sealBehind(tenth, readingAt(13, 9_800n), startOf(12));
  const twelfth = seal(KEY, headOfWindow(eleventh), [readingAt(14, 9_900n, 60n)], startOf(14));
  return [
    ...[first, second, fourth, fifth, sixth, seventh],
    ...[eighth, ninth, tenth, eleventh, twelfth],
  ];
}

/** Where the second device stood after an earlier batch. */
export const SECOND_OPENING = {
  sequence: 5,
  closedAt: CLAIMED_AT + QUARTER,
  exportWh: 10_000n,
  importWh: 0n,
} as const;

/** The windows of the second device: sound ones, two of whose readings an oracle found wanting. */
export function makeSoundDevice(): readonly SealedWindow[] {
  const hash = `0x${'ab'.repeat(32)}` as const;
  const reading = (quarter: number, exportWh: bigint, ambientMc: bigint): Reading => ({
    ...readingAt(quarter, exportWh, 0n),
    fields: { ambientMc },
  });
  const opening = { ...SECOND_OPENING, hash };
  const first = seal(OTHER_KEY, opening, [reading(2, 10_500n, 21_000n)], startOf(2));
  const second = seal(OTHER_KEY, headOfWindow(first), [reading(3, 11_000n, 150_000n)], startOf(3));
  const third = seal(OTHER_KEY, headOfWindow(second), [reading(4, 11_200n, -999_000n)], startOf(4));
  return [first, second, third];
}

/** A time of this batch's period, Unix seconds. */
export const PERIOD_END = CLAIMED_AT + 15 * QUARTER;
