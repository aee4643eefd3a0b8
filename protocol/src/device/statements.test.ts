import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toHex } from '../bytes.ts';
import { claimHashOf, encodeClaim } from '../window/claim.ts';
import {
  decodeMeterReplacement,
  encodeMeterReplacement,
  meterReplacementHashOf,
} from './meterReplacement.ts';
import { encodeRegistrationRecords, parseRegistrationFile } from './registration.ts';
import { decodeRotation, encodeRotation } from './rotation.ts';
import { DOMAIN, hasCode, NO_HASH } from '../../test/samples.ts';

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex);
const time = fc.integer({ min: 0, max: 2 ** 40 - 1 });
const register = fc.bigInt({ min: 0n, max: (1n << 56n) - 1n });

test('a rotation comes back as it was packed', () => {
  const rotation = fc.record({ domain: hash, deviceId: hash, successor: hash, rotatedAt: time });
  fc.assert(
    fc.property(rotation, (given) => {
      assert.deepEqual(decodeRotation(encodeRotation(given)), { ...given });
    }),
  );
});

test('a meter replacement comes back as it was packed', () => {
  const replacement = fc.record({
    domain: hash,
    deviceId: hash,
    sequence: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    replacedAt: time,
    exportWh: register,
    importWh: register,
    previousHash: hash,
  });
  fc.assert(
    fc.property(replacement, (given) => {
      const bytes = encodeMeterReplacement(given);
      assert.deepEqual(decodeMeterReplacement(bytes), { ...given });
      assert.equal(meterReplacementHashOf(bytes), claimHashOf(bytes));
    }),
  );
});

test('bytes are a statement whole or not at all: every other length and every other magic is refused', () => {
  const rotation = { domain: DOMAIN, deviceId: NO_HASH, successor: NO_HASH, rotatedAt: 1 };
  const whole = encodeRotation(rotation);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const code = bytes.length === whole.length ? 'VERSION_UNKNOWN' : 'STATEMENT_INVALID';
      assert.throws(() => decodeRotation(bytes), hasCode(code));
    }),
  );
  assert.throws(() => decodeMeterReplacement(whole), hasCode('STATEMENT_INVALID'));
});

test('numbers above their limits are not packed', () => {
  const rotation = { domain: DOMAIN, deviceId: NO_HASH, successor: NO_HASH, rotatedAt: 2 ** 40 };
  assert.throws(() => encodeRotation(rotation), hasCode('VALUE_OUT_OF_RANGE'));
  const given = {
    ...{ domain: DOMAIN, deviceId: NO_HASH, previousHash: NO_HASH },
    ...{ sequence: 0, replacedAt: 1, exportWh: 0n, importWh: 0n },
  };
  for (const over of [
    { sequence: 2 ** 32 },
    { replacedAt: 2 ** 40 },
    { exportWh: 1n << 56n },
    { importWh: -1n },
  ]) {
    assert.throws(
      () => encodeMeterReplacement({ ...given, ...over }),
      hasCode('VALUE_OUT_OF_RANGE'),
    );
  }
});

test('what is wrong with a registration is named by its record', () => {
  const claim = (byte: number) => {
    const deviceId = `0x${byte.toString(16).padStart(2, '0').repeat(32)}` as const;
    const owner = `0x${'bb'.repeat(20)}` as const;
    const state = { claimedAt: 1, exportWh: 0n, importWh: 0n };
    const [publicKey, signature] = [new Uint8Array(64), new Uint8Array(64)];
    const bytes = encodeClaim({ domain: DOMAIN, deviceId, owner, ...state });
    return { bytes, publicKey, signature, capacityW: byte };
  };
  const file = encodeRegistrationRecords([claim(1), claim(2)]);
  assert.deepEqual(
    parseRegistrationFile(file).map(({ capacityW }) => capacityW),
    [1, 2],
  );
  const spoilt = file.slice();
  spoilt[244] = 0;
  assert.throws(() => parseRegistrationFile(spoilt), /VERSION|records\[1\]\.magic/);
  const twice = encodeRegistrationRecords([claim(1), claim(2), claim(1)]);
  assert.throws(() => parseRegistrationFile(twice), /records\[2\]\.deviceId.*records\[0\] too/);
  for (const capacityW of [0, -1, 1.5, 2 ** 32, Number.NaN]) {
    const records = [{ ...claim(1), capacityW }];
    assert.throws(() => encodeRegistrationRecords(records), /records\[0\]\.capacityW/);
  }
});
