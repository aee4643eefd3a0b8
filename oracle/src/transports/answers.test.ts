import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { TonneError } from '@truetonne/protocol';
import { beyond } from '../accounts/entitlements/limits.ts';
import type { Rights } from '../accounts/entitlements/rights.ts';
import type { RefusedWindow } from '../metering/ingest/accept.ts';
import { answersOf } from './answers.ts';

/** What the tests of the ESP32 have the broker say. */
const FILE = join(
  import.meta.dirname,
  '../../../device-signer/firmware/port/esp-idf/test/answers.json',
);
/** What the ESP32 takes in; a longer answer makes it keep the window for ever. */
const DEVICE_ROOM = 1_024;

const HASH = `0x${'5a'.repeat(32)}`;
const RIGHTS: Rights = {
  ...{ state: 'free', planId: 0, tier: 'free', until: 0, endsAt: 0 },
  ...{ seats: 1, devices: 2, apiCallsPerDay: 100, features: [] },
};

const refused = (error: TonneError, sequence = 1): RefusedWindow => ({
  ...{ status: 'refused', where: 'windows[99].', error, sequence },
});

/** The answers of `ingest/accept.ts` that a device waits at, and of the others the longest. */
const ERRORS = [
  new TonneError('TIME_FUTURE', {
    ...{ field: 'closedAt', value: '1790000120', expected: 'at most 1789990300' },
  }),
  beyond('devices', 3, RIGHTS, []),
  new TonneError('EQUIVOCATION', {
    field: 'sequence',
    value: `${2 ** 32 - 1} with header ${HASH}`,
    expected: `header ${HASH}, which is stored`,
  }),
  new TonneError('SIGNATURE_INVALID', { field: 'signature', value: `0x${'5a'.repeat(64)}` }),
];

test('the tests of the ESP32 hear what the oracle says', () => {
  const said = ERRORS.map((error) => answersOf([refused(error)])[0]);
  assert.deepEqual(JSON.parse(readFileSync(FILE, 'utf8')), said);
});

test('no answer is longer than a device takes in', () => {
  const longest = answersOf(ERRORS.map((error) => refused(error, 2 ** 32 - 1)));
  for (const text of longest) assert.ok(Buffer.byteLength(text) <= DEVICE_ROOM, text);
});
