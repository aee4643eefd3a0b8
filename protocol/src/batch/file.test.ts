import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { concatBytes } from '../bytes.ts';
import { TonneError } from '../errors/tonneError.ts';
import { encodeWindow } from '../window/window.ts';
import { decodeBatch } from './decode.ts';
import { cidOf, encodeBatch, findDigestOfCid, type BatchContent } from './file.ts';
import { REASON_NUMBERS, WHOLE_WINDOW, type ReasonCode } from './findings.ts';
import { anyReadings, DOMAIN, hasCode, readingAt, sealUnsigned } from '../../test/samples.ts';

const REASONS: readonly ReasonCode[] = [
  'SEQUENCE_GAP',
  'TIME_GAP',
  'CHAIN_BROKEN',
  'REGISTER_ROLLBACK',
  'CAPACITY_EXCEEDED',
  'READING_OUT_OF_RANGE',
  'SENTINEL_VALUE',
  'TIME_OVERLAP',
  'VINTAGE_SPAN',
  'OUTSIDE_CREDITING_PERIOD',
  'DEVICE_FAULT',
  'POWER_ABOVE_CAPACITY',
  'POWER_INCONSISTENT',
  'ENERGY_ABOVE_POWER',
  'ENERGY_ABOVE_IRRADIANCE',
  'ENERGY_AT_NIGHT',
  'ENERGY_ABOVE_CLEAR_SKY',
  'STUCK_VALUE',
  'DAYLIGHT_GAP',
  'CLOCK_SKEW',
  'CHECK_METER_MISMATCH',
];

const anyU64 = fc.bigInt(0n, (1n << 64n) - 1n);
const anyU32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const anyTime = fc.integer({ min: 0, max: 2 ** 40 - 1 });
const anyRegister = fc.bigInt(0n, (1n << 56n) - 1n);

const anyDevice = fc.record(
  {
    publicKey: fc.uint8Array({ minLength: 64, maxLength: 64 }),
    opening: fc.record(
      { sequence: anyU32, closedAt: anyTime, exportWh: anyRegister, importWh: anyRegister },
      { noNullPrototype: true },
    ),
    closingIndex: anyU32,
  },
  { noNullPrototype: true },
);

const anyFinding = fc.record(
  {
    windowIndex: anyU32,
    readingIndex: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constant(WHOLE_WINDOW)),
    reason: fc.constantFrom(...REASONS),
    deductedWh: anyU64,
  },
  { noNullPrototype: true },
);

const anyBatch: fc.Arbitrary<BatchContent> = fc.record({
  domain: fc.constant(DOMAIN),
  projectId: anyU32,
  number: anyU32,
  periodStart: anyTime,
  periodEnd: anyTime,
  deductedWh: anyU64,
  devices: fc.array(anyDevice, { maxLength: 3 }),
  windows: fc.array(
    anyReadings(4).map((readings) => sealUnsigned({ readings })),
    { maxLength: 4 },
  ),
  findings: fc.array(anyFinding, { maxLength: 4 }),
});

const SMALL: BatchContent = {
  domain: DOMAIN,
  projectId: 1,
  number: 1,
  periodStart: 0,
  periodEnd: 1_000,
  deductedWh: 5n,
  devices: [
    {
      publicKey: new Uint8Array(64),
      opening: { sequence: 0, closedAt: 0, exportWh: 0n, importWh: 0n },
      closingIndex: 0,
    },
  ],
  windows: [sealUnsigned({ readings: [readingAt(900, 5n)] })],
  findings: [{ windowIndex: 0, readingIndex: 0, reason: 'TIME_GAP', deductedWh: 5n }],
};

test('a batch file is the same after packing and unpacking', () => {
  fc.assert(
    fc.property(anyBatch, ({ windows, ...batch }) => {
      const decoded = decodeBatch(encodeBatch({ ...batch, windows }));
      assert.deepEqual(decoded, { ...batch, windows: windows.map(encodeWindow) });
    }),
  );
});

test('a batch file cut off anywhere, and one with bytes to spare, is malformed', () => {
  const bytes = encodeBatch(SMALL);
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(() => decodeBatch(bytes.subarray(0, length)), hasCode('FILE_MALFORMED'));
  }
  const longer = concatBytes([bytes, new Uint8Array(1)]);
  assert.throws(() => decodeBatch(longer), hasCode('FILE_MALFORMED'));
});

test('counts that the file can not hold are found out before anything is allocated for them', () => {
  for (const offset of [76, 80, 84]) {
    const bytes = encodeBatch(SMALL);
    bytes.fill(0xff, offset, offset + 4);
    assert.throws(() => decodeBatch(bytes), hasCode('FILE_MALFORMED'));
  }
});

test('random bytes are answered with a code of the catalogue, never with another error', () => {
  const magic = Uint8Array.of(0x54, 0x54, 0x42, 1);
  const anyBytes = fc.uint8Array({ maxLength: 1_000 });
  const plausible = anyBytes.map((bytes) => concatBytes([magic, bytes]));
  const damaged = fc
    .tuple(fc.nat(encodeBatch(SMALL).length - 1), fc.uint8Array({ minLength: 1, maxLength: 40 }))
    .map(([offset, damage]) => {
      const bytes = encodeBatch(SMALL);
      bytes.set(damage.subarray(0, bytes.length - offset), offset);
      return bytes;
    });
  fc.assert(
    fc.property(fc.oneof(anyBytes, plausible, damaged), (bytes) => {
      try {
        decodeBatch(bytes);
      } catch (error) {
        assert.ok(error instanceof TonneError, String(error));
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a finding of an unknown reason is malformed', () => {
  const bytes = encodeBatch(SMALL);
  const reasonAt = bytes.length - 10;
  bytes.set([0, Object.keys(REASON_NUMBERS).length + 1], reasonAt);
  assert.throws(() => decodeBatch(bytes), hasCode('FILE_MALFORMED'));
});

test('a CID names the digest that it was made of', () => {
  const digest = `0x${'5a'.repeat(32)}` as const;
  assert.match(cidOf(digest), /^bafkrei[a-z2-7]+$/);
  assert.equal(findDigestOfCid(cidOf(digest)), digest);
});

test('texts that are no CID of a batch file name nothing', () => {
  // A CIDv0, a dag-pb CIDv1 and noise.
  const others = [
    'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG',
    'bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi',
    'bafk',
    '',
    '../../etc/passwd',
  ];
  for (const text of others) assert.equal(findDigestOfCid(text), undefined, text);
});
