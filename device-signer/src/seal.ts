import {
  claimHashOf,
  concatBytes,
  draftWindow,
  encodeClaim,
  parseWindow,
  TonneError,
  type Claim,
  type Hex,
  type Reading,
  type SealedWindow,
} from '@truetonne/protocol';
import type { DeviceKey } from './key.ts';

/** What a device needs of its past to seal its next window: times in Unix seconds, registers in Wh. */
export interface ChainHead {
  readonly sequence: number;
  readonly closedAt: number;
  readonly exportWh: bigint;
  readonly importWh: bigint;
  /** `previousHash` of the next window: hash of the last header, or of the claim. */
  readonly hash: Hex;
}

export interface SignedClaim {
  readonly claim: Claim;
  readonly claimBytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** Signs that `owner` may register this device (SPEC section 2). Throws VALUE_OUT_OF_RANGE. */
export function signClaim(key: DeviceKey, claim: Omit<Claim, 'deviceId'>): SignedClaim {
  const whole = { ...claim, deviceId: key.deviceId };
  const claimBytes = encodeClaim(whole);
  return {
    claim: whole,
    claimBytes,
    signature: key.sign(claimBytes),
    publicKey: key.publicKey,
  };
}

export function headOfClaim({ claim, claimBytes }: SignedClaim): ChainHead {
  return {
    sequence: 0,
    closedAt: claim.claimedAt,
    exportWh: claim.exportWh,
    importWh: claim.importWh,
    hash: claimHashOf(claimBytes),
  };
}

export function headOfWindow({ header, headerHash }: SealedWindow): ChainHead {
  const { sequence, closedAt, exportWh, importWh } = header;
  return { sequence, closedAt, exportWh, importWh, hash: headerHash };
}

export interface SealOptions {
  /** When the first reading's interval began, Unix seconds. Default: when the last window closed. */
  readonly openedAt?: number;
  /** Sum of `WINDOW_FLAGS`. Default: none. */
  readonly flags?: number;
}

/**
 * Seals 1 to 256 readings into the window after `head`. What a receiver would refuse is not signed.
 *
 * @throws TonneError as `parseWindow`; TIME_OVERLAP or REGISTER_ROLLBACK when it can't follow `head`
 */
export function sealWindow(
  key: DeviceKey,
  domain: Hex,
  head: ChainHead,
  readings: readonly Reading[],
  { openedAt = head.closedAt, flags = 0 }: SealOptions = {},
): SealedWindow {
  assertFollows(head, readings, openedAt);
  const { headerBytes, readingsBytes } = draftWindow({
    domain,
    deviceId: key.deviceId,
    sequence: head.sequence + 1,
    openedAt,
    flags,
    previousHash: head.hash,
    readings,
  });
  const unsigned = concatBytes([headerBytes, new Uint8Array(64), readingsBytes]);
  const window = parseWindow(unsigned, domain);
  return { ...window, signature: key.sign(headerBytes) };
}

function assertFollows(head: ChainHead, readings: readonly Reading[], openedAt: number): void {
  if (openedAt < head.closedAt) {
    const expected = `>= ${String(head.closedAt)}`;
    throw new TonneError('TIME_OVERLAP', { field: 'openedAt', value: String(openedAt), expected });
  }
  const first = readings[0];
  for (const field of ['exportWh', 'importWh'] as const) {
    if (first === undefined || first[field] >= head[field]) continue;
    const expected = `>= ${String(head[field])}`;
    throw new TonneError('REGISTER_ROLLBACK', { field, value: String(first[field]), expected });
  }
}
