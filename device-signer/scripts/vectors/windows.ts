import {
  concatBytes,
  domainOf,
  encodeReading,
  encodeWindow,
  fromHex,
  toHex,
  WINDOW_FLAGS,
  type ErrorCode,
  type Reading,
} from '@truetonne/protocol';
import { sealWindow } from '../../src/seal.ts';
import { AT, forge, u16, u64, type Forgery, type Patch } from './forge.ts';
import {
  CHAIN_ID,
  CLAIM,
  CLAIMED_AT,
  describeFile,
  DOMAIN,
  HEAD,
  KEY,
  OWNER,
  REGISTRY,
} from './place.ts';
import { PLAIN } from './readings.ts';
import { makeCase, ONE, PLAIN_ONE, TWO, type WindowCase } from './windowCase.ts';
import { orderCases, readingCases, signatureCases } from './windowFaults.ts';

const BYTES = encodeWindow(ONE);

function validCases(): readonly WindowCase[] {
  const seal = (readings: readonly Reading[], flags = 0): Uint8Array =>
    encodeWindow(sealWindow(KEY, DOMAIN, HEAD, readings, { flags }));
  const many = Array.from({ length: 256 }, (_, index) => ({
    ...PLAIN,
    at: CLAIMED_AT + 60 * (index + 1),
    exportWh: 1_000n + BigInt(index),
  }));
  const { readingsMerged, clockAdjusted, deviceRestarted } = WINDOW_FLAGS;
  const largest: readonly Patch[] = [
    [AT.sequence, u64((1n << 32n) - 1n)],
    [AT.closedAt, u64((1n << 40n) - 1n)],
    [AT.exportWh, u64((1n << 56n) - 1n)],
    [AT.importWh, u64((1n << 56n) - 1n)],
  ];
  const lastNumbers: readonly Patch[] = [
    [0, u64((1n << 40n) - 1n)],
    [8, u64((1n << 56n) - 1n)],
    [16, u64((1n << 56n) - 1n)],
  ];
  const valid: readonly (readonly [string, Uint8Array])[] = [
    ['one reading with every field', BYTES],
    ['one reading with nothing but registers', encodeWindow(PLAIN_ONE)],
    ['a voltage measured as zero', seal([{ ...PLAIN, fields: { voltageMv: 0n } }])],
    ['two readings', encodeWindow(TWO)],
    ['256 readings', seal(many)],
    ['registers that did not move', seal([{ ...PLAIN, exportWh: 1_000n }])],
    ['all known flags', seal([PLAIN], readingsMerged | clockAdjusted | deviceRestarted)],
    ['opened later than the claim', forge(ONE, { header: [[AT.openedAt, u64(CLAIMED_AT + 600)]] })],
    ['the largest numbers', forge(ONE, { header: largest, readings: lastNumbers })],
  ];
  return valid.map(([name, window]) => makeCase(name, 'valid', 'accepts', window));
}

function lengthCases(): readonly WindowCase[] {
  const cut = [0, 1, 108, 175, 176, 239].map((length) =>
    makeCase(
      `cut off after ${length} bytes`,
      'WINDOW_TRUNCATED',
      undefined,
      BYTES.slice(0, length),
    ),
  );
  const spare = encodeReading({ ...PLAIN, at: CLAIMED_AT + 1_800 });
  const none = forge(ONE, { header: [[AT.count, u16(0)]], readingsBytes: new Uint8Array(0) });
  const tooMany = concatBytes(Array.from({ length: 257 }, () => ONE.readingsBytes));
  const header: readonly Patch[] = [[AT.count, u16(257)]];
  return [
    ...cut,
    makeCase('no readings', 'COUNT_MISMATCH', 'accepts', BYTES.slice(0, 240)),
    makeCase('the last byte missing', 'COUNT_MISMATCH', 'accepts', BYTES.slice(0, -1)),
    makeCase(
      'a byte after the end',
      'COUNT_MISMATCH',
      'accepts',
      concatBytes([BYTES, new Uint8Array(1)]),
    ),
    makeCase('a reading too many', 'COUNT_MISMATCH', 'accepts', concatBytes([BYTES, spare])),
    makeCase(
      'count 2 for one reading',
      'COUNT_MISMATCH',
      'accepts',
      forge(ONE, { header: [[AT.count, u16(2)]] }),
    ),
    makeCase('count 0', 'COUNT_OUT_OF_RANGE', 'COUNT_OUT_OF_RANGE', none),
    makeCase(
      'count 257',
      'COUNT_OUT_OF_RANGE',
      'COUNT_OUT_OF_RANGE',
      forge(ONE, { header, readingsBytes: tooMany }),
    ),
  ];
}

/** Faults of the header that contract and receiver name alike. */
function headerCases(): readonly WindowCase[] {
  const limit = (field: keyof typeof AT, value: bigint): Forgery => ({
    header: [[AT[field], u64(value)]],
  });
  const faults: readonly (readonly [string, ErrorCode, Forgery])[] = [
    ['version 2', 'VERSION_UNKNOWN', { header: [[3, Uint8Array.of(2)]] }],
    ['version 0', 'VERSION_UNKNOWN', { header: [[3, Uint8Array.of(0)]] }],
    ['the magic of a claim', 'VERSION_UNKNOWN', { header: [[2, Uint8Array.of(0x43)]] }],
    ['flag bit 3', 'FLAGS_UNKNOWN', { header: [[AT.flags, u16(8)]] }],
    ['flag bit 15', 'FLAGS_UNKNOWN', { header: [[AT.flags, u16(0x8000)]] }],
    ['sequence 0', 'VALUE_OUT_OF_RANGE', limit('sequence', 0n)],
    ['sequence at the limit', 'VALUE_OUT_OF_RANGE', limit('sequence', 1n << 32n)],
    ['the largest u64 as sequence', 'VALUE_OUT_OF_RANGE', limit('sequence', (1n << 64n) - 1n)],
    ['openedAt at the limit', 'VALUE_OUT_OF_RANGE', limit('openedAt', 1n << 40n)],
    ['closedAt at the limit', 'VALUE_OUT_OF_RANGE', limit('closedAt', 1n << 40n)],
    ['exportWh at the limit', 'VALUE_OUT_OF_RANGE', limit('exportWh', 1n << 56n)],
    ['importWh at the limit', 'VALUE_OUT_OF_RANGE', limit('importWh', 1n << 56n)],
    ['the largest u64 as exportWh', 'VALUE_OUT_OF_RANGE', limit('exportWh', (1n << 64n) - 1n)],
    [
      'signed for another chain',
      'DOMAIN_MISMATCH',
      { header: [[AT.domain, fromHex(domainOf(CHAIN_ID + 1, REGISTRY))]] },
    ],
    [
      'signed for another registry',
      'DOMAIN_MISMATCH',
      { header: [[AT.domain, fromHex(domainOf(CHAIN_ID, OWNER))]] },
    ],
    ['opened when it closed', 'TIME_ORDER', limit('openedAt', BigInt(CLAIMED_AT + 900))],
    ['opened after it closed', 'TIME_ORDER', limit('openedAt', BigInt(CLAIMED_AT + 901))],
  ];
  return faults.map(([name, code, forgery]) => makeCase(name, code, code, forge(ONE, forgery)));
}

/** SPEC section 4, a window alone. */
export function makeWindows(): object {
  return {
    ...describeFile('Windows alone, SPEC section 4.'),
    claim: toHex(CLAIM.claimBytes),
    cases: [
      ...validCases(),
      ...lengthCases(),
      ...headerCases(),
      ...readingCases(),
      ...signatureCases(),
      ...orderCases(),
    ],
  };
}
