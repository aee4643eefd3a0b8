import { type ErrorCode, type SealedWindow } from '@truetonne/protocol';
import { joinWindows } from './client.ts';
import { createTestDevice } from './device.ts';
import { CLAIMED_AT, DOMAIN, type LoneOracle } from './noChain.ts';

/** Bytes that are no good window, whatever way they come. */
export interface BadBytes {
  readonly name: string;
  /** Status of the answer over HTTP. */
  readonly status: number;
  readonly code: ErrorCode;
  readonly field: string;
  /** The device that sends it; `device` when left out. */
  readonly from?: 'unbound' | 'fast';
  /** From a sound window of `device` that is sent nowhere else. */
  readonly body: (window: SealedWindow, lone: LoneOracle) => Uint8Array<ArrayBuffer>;
}

/** A copy with bytes replaced from an offset on. */
function patched(
  window: SealedWindow,
  offset: number,
  ...bytes: number[]
): Uint8Array<ArrayBuffer> {
  const copy = joinWindows([window]);
  copy.set(bytes, offset);
  return copy;
}

const eightBytes = (value: bigint): number[] => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value);
  return [...bytes];
};

export const BAD_BYTES: readonly BadBytes[] = [
  {
    name: 'no bytes',
    status: 400,
    code: 'WINDOW_TRUNCATED',
    field: 'window',
    body: () => new Uint8Array(0),
  },
  {
    name: 'half a window',
    ...{ status: 400, code: 'WINDOW_TRUNCATED', field: 'window' },
    body: (window) => joinWindows([window]).slice(0, 100),
  },
  {
    name: 'bytes that are no window',
    ...{ status: 400, code: 'COUNT_OUT_OF_RANGE', field: 'count' },
    body: () => new Uint8Array(328),
  },
  {
    name: 'readings cut off',
    ...{ status: 400, code: 'COUNT_MISMATCH', field: 'readings' },
    body: (window) => joinWindows([window]).slice(0, 300),
  },
  {
    name: 'an unknown version',
    ...{ status: 400, code: 'VERSION_UNKNOWN', field: 'magic' },
    body: (window) => patched(window, 3, 2),
  },
  {
    name: 'unknown flags',
    ...{ status: 400, code: 'FLAGS_UNKNOWN', field: 'flags' },
    body: (window) => patched(window, 110, 0x80, 0),
  },
  {
    name: 'a register of 2^64 - 1',
    ...{ status: 400, code: 'VALUE_OUT_OF_RANGE', field: 'exportWh' },
    body: (window) => patched(window, 92, ...eightBytes(2n ** 64n - 1n)),
  },
  {
    name: 'a register of 2^56, one more than the largest',
    ...{ status: 400, code: 'VALUE_OUT_OF_RANGE', field: 'exportWh' },
    body: (window) => patched(window, 92, ...eightBytes(2n ** 56n)),
  },
  {
    name: 'a sequence of 0',
    ...{ status: 400, code: 'VALUE_OUT_OF_RANGE', field: 'sequence' },
    body: (window) => patched(window, 68, ...eightBytes(0n)),
  },
  {
    name: 'another registry',
    ...{ status: 400, code: 'DOMAIN_MISMATCH', field: 'domain' },
    body: () =>
      joinWindows([
        createTestDevice({ domain: `0x${'11'.repeat(32)}`, claimedAt: CLAIMED_AT }).seal(),
      ]),
  },
  {
    name: 'altered readings',
    ...{ status: 400, code: 'READINGS_HASH_MISMATCH', field: 'readingsHash' },
    body: (window) => patched(window, 240 + 31, 2),
  },
  {
    name: 'no signature',
    ...{ status: 400, code: 'SIGNATURE_INVALID', field: 'signature' },
    body: (window) => patched(window, 176, ...new Array<number>(64).fill(0)),
  },
  {
    name: 'a high s',
    ...{ status: 400, code: 'SIGNATURE_HIGH_S', field: 'signature' },
    body: (window) => patched(window, 176 + 32, ...new Array<number>(32).fill(0xff)),
  },
  {
    name: "another device's signature",
    ...{ status: 400, code: 'SIGNATURE_INVALID', field: 'signature' },
    body: (window, lone) => patched(window, 176, ...lone.unbound.sign(window.headerBytes)),
  },
  {
    name: 'an unknown device',
    ...{ status: 404, code: 'DEVICE_UNKNOWN', field: 'deviceId' },
    body: () => joinWindows([createTestDevice({ domain: DOMAIN, claimedAt: CLAIMED_AT }).seal()]),
  },
  {
    name: 'a clock in 2106',
    ...{ status: 422, code: 'TIME_FUTURE', field: 'closedAt' },
    from: 'fast',
    body: (_, lone) => joinWindows([lone.fast.seal({ pause: 2 ** 32 - CLAIMED_AT })]),
  },
  {
    name: 'a clock in 1970',
    ...{ status: 422, code: 'TIME_TOO_OLD', field: 'openedAt' },
    from: 'unbound',
    body: (_, lone) => joinWindows([lone.unbound.seal({ pause: 60 - CLAIMED_AT })]),
  },
];
