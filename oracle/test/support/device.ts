import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import {
  claimHashOf,
  concatBytes,
  deviceIdOf,
  draftWindow,
  encodeClaim,
  encodeMeterReplacement,
  meterReplacementHashOf,
  parseWindow,
  toLowS,
  type Hex,
  type Reading,
  type SealedWindow,
} from '@truetonne/protocol';

/** A device with a key of its own that seals windows as firmware does. */
export interface TestDevice {
  readonly deviceId: Hex;
  readonly publicKey: Uint8Array;
  readonly claim: Uint8Array;
  readonly claimHash: Hex;
  readonly claimSignature: Uint8Array;
  /** Seals the next window: `exportWh` and `importWh` are what it adds, over `seconds`. */
  readonly seal: (step?: SealStep) => SealedWindow;
  readonly sign: (message: Uint8Array) => Uint8Array;
  /** The meter behind it is replaced `pause` seconds on: its registers go on from those given. */
  readonly replaceMeter: (meter: {
    readonly exportWh: bigint;
    readonly importWh: bigint;
    readonly pause: number;
  }) => { readonly statement: Uint8Array; readonly signature: Uint8Array };
  /** Another window with the sequence number of one that it sealed, as a copied key could. */
  readonly forge: (window: SealedWindow, exportWh: bigint) => SealedWindow;
}

export interface SealStep {
  readonly exportWh?: bigint;
  readonly importWh?: bigint;
  readonly seconds?: number;
  /** Readings in the window, equally far apart; the first ones add nothing. */
  readonly count?: number;
  readonly fields?: Reading['fields'];
  /** Seconds of pause before the window opens. */
  readonly pause?: number;
  readonly flags?: number;
}

export interface TestDeviceOptions {
  readonly domain: Hex;
  readonly claimedAt: number;
  readonly owner?: Hex;
  readonly exportWh?: bigint;
  readonly importWh?: bigint;
}

const NOBODY: Hex = '0x0000000000000000000000000000000000000001';
const SPKI_POINT_OFFSET = 27;

export function createTestDevice(options: TestDeviceOptions): TestDevice {
  const { domain, claimedAt } = options;
  const { privateKey, publicKey: publicObject } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  });
  const publicKey = pointOf(publicObject);
  const deviceId = deviceIdOf(publicKey);
  const registers = { exportWh: options.exportWh ?? 0n, importWh: options.importWh ?? 0n };
  const claim = encodeClaim({
    domain,
    deviceId,
    owner: options.owner ?? NOBODY,
    claimedAt,
    ...registers,
  });
  const signBytes = (message: Uint8Array): Uint8Array =>
    toLowS(sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
  const claimHash = claimHashOf(claim);
  let state = { sequence: 0, closedAt: claimedAt, previousHash: claimHash, ...registers };

  function seal(step: SealStep = {}): SealedWindow {
    const openedAt = state.closedAt + (step.pause ?? 0);
    const readings = readingsOf(state, openedAt, step);
    const draft = draftWindow({
      ...{ domain, deviceId, openedAt, readings, flags: step.flags ?? 0 },
      sequence: state.sequence + 1,
      previousHash: state.previousHash,
    });
    const signature = signBytes(draft.headerBytes);
    const bytes = concatBytes([draft.headerBytes, signature, draft.readingsBytes]);
    const window = parseWindow(bytes, domain);
    const { sequence, closedAt, exportWh, importWh } = window.header;
    state = { sequence, closedAt, exportWh, importWh, previousHash: window.headerHash };
    return window;
  }
  function replaceMeter(meter: {
    readonly exportWh: bigint;
    readonly importWh: bigint;
    readonly pause: number;
  }) {
    const { exportWh, importWh } = meter;
    const replacedAt = state.closedAt + meter.pause;
    const { sequence, previousHash } = state;
    const statement = encodeMeterReplacement({
      ...{ domain, deviceId, sequence, replacedAt, exportWh, importWh, previousHash },
    });
    const hash = meterReplacementHashOf(statement);
    state = { sequence, closedAt: replacedAt, exportWh, importWh, previousHash: hash };
    return { statement, signature: signBytes(statement) };
  }

  function forge({ header, readings }: SealedWindow, exportWh: bigint): SealedWindow {
    const last = readings.at(-1);
    if (last === undefined) throw new Error('a window without readings');
    const draft = draftWindow({
      ...{ domain, deviceId, openedAt: header.openedAt, flags: header.flags },
      readings: [...readings.slice(0, -1), { ...last, exportWh: last.exportWh + exportWh }],
      sequence: header.sequence,
      previousHash: header.previousHash,
    });
    const signature = signBytes(draft.headerBytes);
    return parseWindow(concatBytes([draft.headerBytes, signature, draft.readingsBytes]), domain);
  }
  return {
    replaceMeter,
    forge,
    deviceId,
    publicKey,
    claim,
    claimHash,
    claimSignature: signBytes(claim),
    seal,
    sign: signBytes,
  };
}

function readingsOf(
  before: { readonly exportWh: bigint; readonly importWh: bigint },
  openedAt: number,
  step: SealStep,
): readonly Reading[] {
  const { exportWh = 100n, importWh = 0n, seconds = 900, count = 1, fields = {} } = step;
  return Array.from({ length: count }, (_, index) => {
    const last = index === count - 1;
    return {
      at: openedAt + Math.floor((seconds * (index + 1)) / count),
      exportWh:
        before.exportWh + (last ? exportWh : (exportWh * BigInt(index + 1)) / BigInt(count)),
      importWh: before.importWh + (last ? importWh : 0n),
      status: 1,
      fields,
    };
  });
}

function pointOf(key: KeyObject): Uint8Array {
  const spki = key.export({ format: 'der', type: 'spki' });
  return new Uint8Array(spki.subarray(SPKI_POINT_OFFSET));
}
