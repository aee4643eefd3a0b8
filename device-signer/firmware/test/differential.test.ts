import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  concatBytes,
  encodeWindow,
  draftWindow,
  OPTIONAL_FIELD_NAMES,
  parseWindow,
  TonneError,
  toHex,
  type Hex,
  type Reading,
  type SealedWindow,
} from '@truetonne/protocol';
import { build, startLines } from './build.ts';

const RUNS = Number(process.env['FIRMWARE_FUZZ_RUNS'] ?? 1500);
const DOMAIN: Hex = `0x${'d0'.repeat(32)}`;

const folder = await build(['lines'], { SANITIZE: '1' });
const { ask } = startLines(join(folder, 'lines'));

/** What the TypeScript parser says, in the words of the line program. */
function answerOf(bytes: Uint8Array): string {
  try {
    return ['valid', ...wordsOf(parseWindow(bytes, DOMAIN))].join(' ');
  } catch (error) {
    // Anything but a code of the catalogue fails the test: the parser must not break on any bytes.
    if (error instanceof TonneError) return error.code;
    throw error;
  }
}

function wordsOf({ header, readings }: SealedWindow): readonly string[] {
  const { sequence, openedAt, closedAt, exportWh, importWh, count, flags } = header;
  const numbers = [sequence, openedAt, closedAt, exportWh, importWh, count, flags].map(String);
  const hashes = [header.deviceId, header.previousHash].map((hash) => hash.slice(2));
  return [...numbers, ...hashes, ...readings.flatMap(wordsOfReading)];
}

function wordsOfReading({ at, exportWh, importWh, status, fields }: Reading): readonly string[] {
  const present = OPTIONAL_FIELD_NAMES.reduce(
    (bits, name, bit) => (fields[name] === undefined ? bits : bits | (1 << bit)),
    0,
  );
  const values = OPTIONAL_FIELD_NAMES.map((name) => fields[name] ?? 0n);
  return [at, exportWh, importWh, present, status, ...values].map(String);
}

async function assertSame(bytes: Uint8Array): Promise<string> {
  const hex = bytes.length === 0 ? '-' : toHex(bytes).slice(2);
  const inC = await ask(`window ${DOMAIN.slice(2)} - ${hex}`);
  const inTypeScript = answerOf(bytes);
  assert.equal(inC, inTypeScript, hex);
  return inTypeScript.split(' ')[0] ?? '';
}

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex);
const field = fc.bigInt({ min: -(1n << 31n), max: (1n << 31n) - 1n });
const wideField = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });

const fields = fc
  .tuple(...OPTIONAL_FIELD_NAMES.map((_, bit) => fc.option(bit < 2 ? wideField : field)))
  .map((values) => {
    const present = OPTIONAL_FIELD_NAMES.map((name, bit) => [name, values[bit] ?? null] as const);
    return Object.fromEntries(present.filter(([, value]) => value !== null));
  });

/** A reading by its steps from the one before: now and then no step, or one to the limit. */
const step = fc.record({
  seconds: fc.oneof({ weight: 20, arbitrary: fc.integer({ min: 1, max: 5000 }) }, fc.constant(0)),
  exportWh: fc.bigInt({ min: 0n, max: 10_000n }),
  importWh: fc.bigInt({ min: 0n, max: 10n }),
  status: fc.nat(0xffff_ffff),
  fields,
});

/** A window of correct form; its signature is random with a low s now and then a high one. */
const window = fc
  .record({
    deviceId: hash,
    previousHash: hash,
    sequence: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
    openedAt: fc.oneof(fc.nat(2 ** 31), fc.constant(2 ** 40 - 30_001)),
    flags: fc.nat(7),
    steps: fc.array(step, { minLength: 1, maxLength: 6 }),
    signature: fc.uint8Array({ minLength: 64, maxLength: 64 }),
    lowS: fc.integer({ min: 0, max: 9 }).map((dice) => dice > 0),
  })
  .map(({ steps, signature, lowS, ...draft }) => {
    let [at, exportWh, importWh] = [draft.openedAt, 0n, 0n];
    const readings = steps.map((each) => {
      at += each.seconds;
      exportWh += each.exportWh;
      importWh += each.importWh;
      return { at, exportWh, importWh, status: each.status, fields: each.fields };
    });
    const { headerBytes, readingsBytes } = draftWindow({ ...draft, domain: DOMAIN, readings });
    const signed = signature.slice();
    if (lowS) signed[32] = (signed[32] ?? 0) & 0x7f;
    return concatBytes([headerBytes, signed, readingsBytes]);
  });

type Mutation = (bytes: Uint8Array) => Uint8Array;

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(fc.nat(), fc.nat(255)).map(([place, value]): Mutation => (bytes) => {
    const changed = bytes.slice();
    changed[place % bytes.length] = value;
    return changed;
  }),
  fc.tuple(fc.nat(), fc.nat(7)).map(([place, bit]): Mutation => (bytes) => {
    const changed = bytes.slice();
    const index = place % bytes.length;
    changed[index] = (changed[index] ?? 0) ^ (1 << bit);
    return changed;
  }),
  // Numbers of the header and of the first reading become extreme.
  fc
    .tuple(
      fc.constantFrom(68, 76, 84, 92, 100, 108, 240, 248, 256, 264),
      fc.constantFrom(0, 0xff, 0x7f, 1),
    )
    .map(([place, value]): Mutation => (bytes) => {
      const changed = bytes.slice();
      changed.fill(value, place, place + (place === 108 ? 2 : 8));
      return changed;
    }),
  fc.nat().map(
    (size): Mutation =>
      (bytes) =>
        bytes.slice(0, size % (bytes.length + 1)),
  ),
  fc.uint8Array({ maxLength: 100 }).map(
    (more): Mutation =>
      (bytes) =>
        concatBytes([bytes, more]),
  ),
);

test('C and TypeScript read the same fields from any valid window', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(window, async (bytes) => {
      const answer = await assertSame(bytes);
      seen.add(answer);
      if (answer === 'valid') assert.deepEqual(encodeWindow(parseWindow(bytes, DOMAIN)), bytes);
    }),
    { numRuns: RUNS },
  );
  assert.ok(seen.has('valid') && seen.has('SIGNATURE_HIGH_S') && seen.has('READING_TIME_ORDER'));
});

test('C and TypeScript refuse changed windows with the same code', async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      window,
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      async (bytes, mutations) => {
        const answer = await assertSame(
          mutations.reduce(
            (changed, mutate) => (changed.length === 0 ? changed : mutate(changed)),
            bytes,
          ),
        );
        seen.set(answer, (seen.get(answer) ?? 0) + 1);
      },
    ),
    { numRuns: RUNS * 2 },
  );
  for (const code of [
    'WINDOW_TRUNCATED',
    'COUNT_MISMATCH',
    'VALUE_OUT_OF_RANGE',
    'READINGS_HASH_MISMATCH',
    'TIME_ORDER',
    'READING_NOT_CANONICAL',
  ]) {
    assert.ok(seen.has(code), `${code} was not reached: ${JSON.stringify([...seen])}`);
  }
});

test('C and TypeScript answer any bytes with the same code', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 1000 }),
      async (bytes) => void (await assertSame(bytes)),
    ),
    { numRuns: RUNS },
  );
});
