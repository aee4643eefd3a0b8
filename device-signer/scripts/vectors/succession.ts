import {
  encodeWindow,
  fromHex,
  parseWindow,
  toHex,
  type ErrorCode,
  type Reading,
} from '@truetonne/protocol';
import { headOfWindow, sealWindow } from '../../src/seal.ts';
import { AT, forge, u64, type Forgery } from './forge.ts';
import { CLAIMED_AT, describeFile, DOMAIN, HEAD, KEY } from './place.ts';

interface SuccessionCase {
  readonly name: string;
  readonly expect: 'valid' | ErrorCode;
  /** With the window before as the device's last credited one. It sees no sequence gap and no hash. */
  readonly contract: 'accepts' | ErrorCode;
  readonly next: Uint8Array;
}

function readingAt(seconds: number, exportWh: bigint, importWh: bigint): Reading {
  return { at: CLAIMED_AT + seconds, exportWh, importWh, status: 0, fields: {} };
}

const BEFORE = sealWindow(KEY, DOMAIN, HEAD, [readingAt(900, 1_250n, 20n)]);
const NEXT = sealWindow(KEY, DOMAIN, headOfWindow(BEFORE), [readingAt(1_800, 1_500n, 30n)]);

/** Changes the one reading's register along with the header's, so that the window alone stays valid. */
function withRegister(field: 'exportWh' | 'importWh', value: bigint): Forgery {
  const offset = field === 'exportWh' ? 8 : 16;
  return { header: [[AT[field], u64(value)]], readings: [[offset, u64(value)]] };
}

function spanning(openedAt: number, closedAt: number): Forgery {
  return {
    header: [
      [AT.openedAt, u64(CLAIMED_AT + openedAt)],
      [AT.closedAt, u64(CLAIMED_AT + closedAt)],
    ],
    readings: [[0, u64(CLAIMED_AT + closedAt)]],
  };
}

function withSequence(value: number): Forgery {
  return { header: [[AT.sequence, u64(value)]] };
}

const FAULTS: readonly (readonly [string, ErrorCode, SuccessionCase['contract'], Forgery])[] = [
  ['a window is missing', 'SEQUENCE_GAP', 'accepts', withSequence(3)],
  ['many windows are missing', 'SEQUENCE_GAP', 'accepts', withSequence(4_000_000_000)],
  ['the same sequence again', 'SEQUENCE_REPLAY', 'SEQUENCE_REPLAY', withSequence(1)],
  [
    'the hash of another header',
    'CHAIN_BROKEN',
    'accepts',
    { header: [[AT.previousHash, fromHex(NEXT.headerHash)]] },
  ],
  [
    'the hash of nothing',
    'CHAIN_BROKEN',
    'accepts',
    { header: [[AT.previousHash, new Uint8Array(32)]] },
  ],
  ['opened before the one before it closed', 'TIME_OVERLAP', 'accepts', spanning(899, 1_800)],
  ['closed when the one before it closed', 'TIME_OVERLAP', 'TIME_OVERLAP', spanning(600, 900)],
  ['closed before the one before it closed', 'TIME_OVERLAP', 'TIME_OVERLAP', spanning(0, 600)],
  [
    'export runs backwards',
    'REGISTER_ROLLBACK',
    'REGISTER_ROLLBACK',
    withRegister('exportWh', 1_249n),
  ],
  [
    'import runs backwards',
    'REGISTER_ROLLBACK',
    'REGISTER_ROLLBACK',
    withRegister('importWh', 19n),
  ],
  [
    'both registers back at zero',
    'REGISTER_ROLLBACK',
    'REGISTER_ROLLBACK',
    {
      header: [
        [AT.exportWh, u64(0)],
        [AT.importWh, u64(0)],
      ],
      readings: [
        [8, u64(0)],
        [16, u64(0)],
      ],
    },
  ],
];

function makeCases(): readonly SuccessionCase[] {
  const standing = forge(
    forgeable(withRegister('exportWh', 1_250n)),
    withRegister('importWh', 20n),
  );
  return [
    { name: 'the next window', expect: 'valid', contract: 'accepts', next: encodeWindow(NEXT) },
    { name: 'registers stand still', expect: 'valid', contract: 'accepts', next: standing },
    {
      name: 'opened later than the one before it closed',
      expect: 'valid',
      contract: 'accepts',
      next: forge(NEXT, spanning(1_200, 1_800)),
    },
    {
      name: 'the same window again',
      expect: 'SEQUENCE_REPLAY',
      contract: 'SEQUENCE_REPLAY',
      next: encodeWindow(BEFORE),
    },
    {
      name: 'another window with the same sequence, which proves a copied key',
      expect: 'SEQUENCE_REPLAY',
      contract: 'SEQUENCE_REPLAY',
      next: encodeWindow(sealWindow(KEY, DOMAIN, HEAD, [readingAt(900, 1_251n, 20n)])),
    },
    ...FAULTS.map(([name, expect, contract, forgery]) => ({
      name,
      expect,
      contract,
      next: forge(NEXT, forgery),
    })),
  ];
}

/** A forged window that is still valid alone, to be forged further. */
function forgeable(forgery: Forgery) {
  return parseWindow(forge(NEXT, forgery), DOMAIN);
}

/** SPEC section 4, one window after another. All windows are valid alone. */
export function makeSuccession(): object {
  return {
    ...describeFile('Windows after one another, SPEC section 4. Each is valid alone.'),
    publicKey: toHex(KEY.publicKey),
    previous: toHex(encodeWindow(BEFORE)),
    cases: makeCases().map(({ next, ...rest }) => ({ ...rest, next: toHex(next) })),
  };
}
