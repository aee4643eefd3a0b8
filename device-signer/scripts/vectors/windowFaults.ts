import {
  deviceIdOf,
  encodeWindow,
  fromHex,
  HEADER_SIZE,
  type ErrorCode,
} from '@truetonne/protocol';
import { createTestKey, withOtherS } from './deterministicKey.ts';
import { AT, forge, patched, u64, withSignature, type Forgery, type Patch } from './forge.ts';
import { CLAIM, CLAIMED_AT, OTHER_KEY } from './place.ts';
import { makeCase, ONE, PLAIN_ONE, TWO, type WindowCase } from './windowCase.ts';

/** Where the second reading's bytes begin, and byte 31 of a window's first reading, its status. */
const SECOND = 88;
const STATUS_AT = HEADER_SIZE + 64 + 31;

/** Faults of the readings: the contract does not see them, the receiver and the verifier do. */
export function readingCases(): readonly WindowCase[] {
  const time = 'READING_TIME_ORDER';
  const register = 'READING_REGISTER_ORDER';
  const faults: readonly (readonly [string, ErrorCode, Forgery])[] = [
    ['the first reading when the window opened', time, { readings: [[0, u64(CLAIMED_AT)]] }],
    ['two readings at one time', time, { readings: [[0, u64(CLAIMED_AT + 1_800)]] }],
    ['readings in the wrong order', time, { readings: [[0, u64(CLAIMED_AT + 1_801)]] }],
    ['the last reading before it closed', time, { readings: [[SECOND, u64(CLAIMED_AT + 1_799)]] }],
    ['export falls within it', register, { readings: [[8, u64(1_501)]] }],
    ['import falls within it', register, { readings: [[16, u64(21)]] }],
    ['export ends below the header', register, { readings: [[SECOND + 8, u64(1_499)]] }],
    ['export ends above the header', register, { readings: [[SECOND + 8, u64(1_501)]] }],
    ['import ends below the header', register, { readings: [[SECOND + 16, u64(19)]] }],
    [
      'a voltage that is not marked as present',
      'READING_NOT_CANONICAL',
      { readings: [[SECOND + 48, Uint8Array.of(0, 0, 0, 1)]] },
    ],
    [
      'an unknown bit of present',
      'READING_NOT_CANONICAL',
      { readings: [[24, Uint8Array.of(0, 0, 0x10, 0)]] },
    ],
    ['a time of a reading at the limit', 'VALUE_OUT_OF_RANGE', { readings: [[0, u64(1n << 40n)]] }],
    [
      'a register of a reading at the limit',
      'VALUE_OUT_OF_RANGE',
      { readings: [[8, u64(1n << 56n)]] },
    ],
  ];
  const changed = patched(encodeWindow(TWO), [[STATUS_AT, Uint8Array.of(4)]]);
  return [
    ...faults.map(([name, code, forgery]) => makeCase(name, code, 'accepts', forge(TWO, forgery))),
    makeCase('a status changed after sealing', 'READINGS_HASH_MISMATCH', 'accepts', changed),
  ];
}

export function signatureCases(): readonly WindowCase[] {
  const signature = ONE.signature;
  const zero = new Uint8Array(32);
  const offCurve = new Uint8Array(64).fill(0x11);
  const impostor = createTestKey('device 3');
  const faults: readonly (readonly [string, ErrorCode, Uint8Array, Uint8Array?])[] = [
    ['a high s', 'SIGNATURE_HIGH_S', withOtherS(signature)],
    ['the largest s', 'SIGNATURE_HIGH_S', patched(signature, [[32, zero.map(() => 0xff)]])],
    ['r = 0', 'SIGNATURE_INVALID', patched(signature, [[0, zero]])],
    ['s = 0', 'SIGNATURE_INVALID', patched(signature, [[32, zero]])],
    ['r above the order', 'SIGNATURE_INVALID', patched(signature, [[0, zero.map(() => 0xff)]])],
    ['signed by another device', 'SIGNATURE_INVALID', OTHER_KEY.sign(ONE.headerBytes)],
    ['the signature of another window', 'SIGNATURE_INVALID', PLAIN_ONE.signature],
    ['the signature of the claim', 'SIGNATURE_INVALID', CLAIM.signature],
    ['the key of another device', 'PUBLIC_KEY_MISMATCH', signature, impostor.publicKey],
    ['a key that is no point', 'PUBLIC_KEY_MISMATCH', signature, offCurve],
  ];
  const flipped = patched(encodeWindow(ONE), [[AT.previousHash, Uint8Array.of(0xff)]]);
  return [
    ...faults.map(([name, code, own, key]) =>
      makeCase(name, code, code, withSignature(ONE, own), key),
    ),
    makeCase('a header changed after signing', 'SIGNATURE_INVALID', 'SIGNATURE_INVALID', flipped),
    offCurveCase(),
  ];
}

/** A device id can be made of any 64 bytes; nothing can be signed for those that are no point. */
function offCurveCase(): WindowCase {
  const publicKey = new Uint8Array(64).fill(0x11);
  const window = forge(ONE, { header: [[AT.deviceId, fromHex(deviceIdOf(publicKey))]] });
  const code = 'SIGNATURE_INVALID';
  return makeCase('the id of a key that is no point', code, code, window, publicKey);
}

/** Two faults at once: the first in the order of SPEC section 4 is the answer. */
export function orderCases(): readonly WindowCase[] {
  const version: Patch = [3, Uint8Array.of(2)];
  const domain: Patch = [AT.domain, new Uint8Array(32)];
  const late: Patch = [AT.openedAt, u64(CLAIMED_AT + 5_000)];
  const highS = withOtherS(TWO.signature);
  const status: Patch = [STATUS_AT, Uint8Array.of(4)];
  const cut = forge(ONE, { header: [version] }).slice(0, -1);
  return [
    makeCase('cut off and of version 2', 'COUNT_MISMATCH', 'VERSION_UNKNOWN', cut),
    makeCase(
      'of version 2 and for another domain',
      'VERSION_UNKNOWN',
      'VERSION_UNKNOWN',
      forge(ONE, { header: [version, domain] }),
    ),
    makeCase(
      'for another domain and opened too late',
      'DOMAIN_MISMATCH',
      'DOMAIN_MISMATCH',
      forge(ONE, { header: [domain, late] }),
    ),
    makeCase(
      'readings changed and a high s',
      'READINGS_HASH_MISMATCH',
      'SIGNATURE_HIGH_S',
      patched(withSignature(TWO, highS), [status]),
    ),
    makeCase(
      'a high s and a wrong signature',
      'SIGNATURE_HIGH_S',
      'SIGNATURE_HIGH_S',
      withSignature(ONE, highS),
    ),
  ];
}
