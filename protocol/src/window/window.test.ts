import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createWebCryptoVerifier } from '../identity/signature.ts';
import { TonneError } from '../errors/tonneError.ts';
import { decodeClaim, encodeClaim } from './claim.ts';
import { decodeHeader, encodeHeader } from './header.ts';
import { decodeReading, encodeReading } from './reading.ts';
import { draftWindow, encodeWindow, parseWindow } from './window.ts';
import {
  anyReading,
  anyReadings,
  createSampleKey,
  DOMAIN,
  hasCode,
  NO_HASH,
  readingAt,
  sealSigned,
  sealUnsigned,
} from '../../test/samples.ts';

const verify = createWebCryptoVerifier();
const key = await createSampleKey();
const anyHash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => {
  return `0x${Buffer.from(bytes).toString('hex')}` as const;
});
const anyTime = fc.integer({ min: 0, max: 2 ** 40 - 1 });
const anyRegister = fc.bigInt(0n, (1n << 56n) - 1n);

/** Whether a receiver that knows the device's key would take these bytes. */
async function isAccepted(bytes: Uint8Array): Promise<boolean> {
  try {
    const { header, headerBytes, signature } = parseWindow(bytes, DOMAIN);
    const known = header.deviceId === key.deviceId;
    return known && (await verify(key.publicKey, headerBytes, signature));
  } catch (error) {
    if (error instanceof TonneError) return false;
    throw error;
  }
}

test('a reading is the same after packing and unpacking', () => {
  fc.assert(
    fc.property(anyReading, (reading) => {
      assert.deepEqual(decodeReading(encodeReading(reading)), reading);
    }),
  );
});

test('a header is the same after packing and unpacking', () => {
  const anyHeader = fc.record(
    {
      domain: anyHash,
      deviceId: anyHash,
      sequence: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
      openedAt: anyTime,
      closedAt: anyTime,
      exportWh: anyRegister,
      importWh: anyRegister,
      count: fc.integer({ min: 1, max: 256 }),
      flags: fc.integer({ min: 0, max: 7 }),
      readingsHash: anyHash,
      previousHash: anyHash,
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(anyHeader, (header) => {
      assert.deepEqual(decodeHeader(encodeHeader(header)), header);
    }),
  );
});

test('a claim is the same after packing and unpacking', () => {
  const anyOwner = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => {
    return `0x${Buffer.from(bytes).toString('hex')}` as const;
  });
  const anyClaim = fc.record(
    {
      domain: anyHash,
      deviceId: anyHash,
      owner: anyOwner,
      claimedAt: anyTime,
      exportWh: anyRegister,
      importWh: anyRegister,
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(anyClaim, (claim) => {
      assert.deepEqual(decodeClaim(encodeClaim(claim)), claim);
    }),
  );
});

test('a window is the same after packing and unpacking', () => {
  fc.assert(
    fc.property(anyReadings(20), (readings) => {
      const window = sealUnsigned({ readings });
      assert.deepEqual(parseWindow(encodeWindow(window), DOMAIN), window);
      assert.deepEqual(window.readings, readings);
    }),
  );
});

test('every changed byte of a window is refused', async () => {
  const readings = [readingAt(900, 5n, 1n), { ...readingAt(1_800, 9n, 2n), status: 1 }];
  const bytes = encodeWindow(await sealSigned(key, { readings }));
  assert.equal(await isAccepted(bytes), true);
  for (let offset = 0; offset < bytes.length; offset++) {
    for (const mask of [0x01, 0x80, 0xff]) {
      const changed = bytes.slice();
      changed[offset] = (changed[offset] ?? 0) ^ mask;
      assert.equal(await isAccepted(changed), false, `byte ${offset} with mask ${mask}`);
    }
  }
});

test('a window cut off anywhere is refused', async () => {
  const bytes = encodeWindow(await sealSigned(key, { readings: [readingAt(900, 5n)] }));
  for (let length = 0; length < bytes.length; length++) {
    const parse = () => parseWindow(bytes.subarray(0, length), DOMAIN);
    assert.throws(parse, hasCode('WINDOW_TRUNCATED', 'COUNT_MISMATCH'));
  }
});

test('random bytes are answered with a code of the catalogue, never with another error', () => {
  const [magic, rest] = [Uint8Array.of(0x54, 0x54, 0x57, 1), fc.uint8Array({ maxLength: 700 })];
  const anyBytes = fc.oneof(
    rest,
    rest.map((bytes) => Uint8Array.of(...magic, ...bytes)),
  );
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      assert.throws(() => parseWindow(bytes, DOMAIN), TonneError);
      assert.throws(() => decodeClaim(bytes), TonneError);
    }),
    { numRuns: 1_000 },
  );
});

test('a window with random bytes anywhere is answered with a code of the catalogue', () => {
  const valid = encodeWindow(sealUnsigned({ readings: [readingAt(900, 5n), readingAt(950, 6n)] }));
  const anyDamage = fc.tuple(
    fc.nat(valid.length - 1),
    fc.uint8Array({ minLength: 1, maxLength: 200 }),
  );
  fc.assert(
    fc.property(anyDamage, ([offset, damage]) => {
      const bytes = valid.slice();
      bytes.set(damage.subarray(0, bytes.length - offset), offset);
      try {
        parseWindow(bytes, DOMAIN);
      } catch (error) {
        assert.ok(error instanceof TonneError, String(error));
      }
    }),
    { numRuns: 1_000 },
  );
});

test('numbers above their limits are not packed', () => {
  const reading = readingAt(900, 5n);
  const spoilt = [
    { ...reading, at: 2 ** 40 },
    { ...reading, exportWh: 1n << 56n },
    { ...reading, importWh: -1n },
    { ...reading, status: 2 ** 32 },
    { ...reading, fields: { voltageMv: 1n << 31n } },
    { ...reading, fields: { activePowerMw: -(1n << 63n) - 1n } },
  ];
  for (const each of spoilt)
    assert.throws(() => encodeReading(each), hasCode('VALUE_OUT_OF_RANGE'));
});

test('a window without readings is not drafted', () => {
  const draft = {
    domain: DOMAIN,
    deviceId: NO_HASH,
    sequence: 1,
    openedAt: 0,
    flags: 0,
    previousHash: NO_HASH,
    readings: [],
  };
  assert.throws(() => draftWindow(draft), hasCode('COUNT_OUT_OF_RANGE'));
});
