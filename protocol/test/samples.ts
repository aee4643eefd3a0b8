import fc from 'fast-check';
import {
  deviceIdOf,
  domainOf,
  draftWindow,
  concatBytes,
  OPTIONAL_FIELD_NAMES,
  parseWindow,
  TonneError,
  toLowS,
  type ErrorCode,
  type Hex,
  type OptionalFieldName,
  type Reading,
  type SealedWindow,
  type WindowDraft,
} from '../src/index.ts';

export const DOMAIN = domainOf(31337, '0x00000000000000000000000000000000000000aa');
export const NO_HASH: Hex = `0x${'00'.repeat(32)}`;

/** A device of a test: its key lives as long as the test. */
export interface SampleKey {
  readonly publicKey: Uint8Array;
  readonly deviceId: Hex;
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
}

export async function createSampleKey(): Promise<SampleKey> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const publicKey = point.slice(1);
  return {
    publicKey,
    deviceId: deviceIdOf(publicKey),
    async sign(message) {
      const signed = await crypto.subtle.sign(algorithm, pair.privateKey, Uint8Array.from(message));
      return toLowS(new Uint8Array(signed));
    },
  };
}

/** A window whose signature is 64 zero bytes: enough wherever only its form is looked at. */
export function sealUnsigned(
  draft: Partial<WindowDraft> & Pick<WindowDraft, 'readings'>,
): SealedWindow {
  const { headerBytes, readingsBytes } = draftWindow({
    domain: DOMAIN,
    deviceId: NO_HASH,
    sequence: 1,
    openedAt: 0,
    flags: 0,
    previousHash: NO_HASH,
    ...draft,
  });
  return parseWindow(concatBytes([headerBytes, new Uint8Array(64), readingsBytes]), DOMAIN);
}

export async function sealSigned(
  key: SampleKey,
  draft: Partial<WindowDraft> & Pick<WindowDraft, 'readings'>,
): Promise<SealedWindow> {
  const window = sealUnsigned({ ...draft, deviceId: key.deviceId });
  return { ...window, signature: await key.sign(window.headerBytes) };
}

export function readingAt(at: number, exportWh: bigint, importWh = 0n): Reading {
  return { at, exportWh, importWh, status: 0, fields: {} };
}

/** For `assert.throws` and `assert.rejects`: a TonneError of one of these codes. */
export function hasCode(...codes: readonly ErrorCode[]): (error: unknown) => boolean {
  return (error) => error instanceof TonneError && codes.includes(error.code);
}

const WIDE = ['activePowerMw', 'apparentPowerMva'];

const anyFields = fc
  .record(
    Object.fromEntries(
      OPTIONAL_FIELD_NAMES.map((name) => {
        const limit = WIDE.includes(name) ? 1n << 63n : 1n << 31n;
        return [name, fc.bigInt(-limit, limit - 1n)];
      }),
    ),
    { requiredKeys: [], noNullPrototype: true },
  )
  .map((fields): Partial<Record<OptionalFieldName, bigint>> => fields);

/** Any reading that fits its bytes. */
export const anyReading: fc.Arbitrary<Reading> = fc.record(
  {
    at: fc.integer({ min: 0, max: 2 ** 40 - 1 }),
    exportWh: fc.bigInt(0n, (1n << 56n) - 1n),
    importWh: fc.bigInt(0n, (1n << 56n) - 1n),
    status: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    fields: anyFields,
  },
  { noNullPrototype: true },
);

/** 1 to `max` readings in order: times ascend, registers never fall. */
export function anyReadings(max: number): fc.Arbitrary<readonly Reading[]> {
  const step = fc.record({
    seconds: fc.integer({ min: 1, max: 100_000 }),
    exported: fc.bigInt(0n, 1n << 40n),
    imported: fc.bigInt(0n, 1n << 40n),
    reading: anyReading,
  });
  return fc.array(step, { minLength: 1, maxLength: max }).map((steps) => {
    let before = readingAt(0, 0n);
    return steps.map(({ seconds, exported, imported, reading }) => {
      before = {
        ...reading,
        at: before.at + seconds,
        exportWh: before.exportWh + exported,
        importWh: before.importWh + imported,
      };
      return before;
    });
  });
}
