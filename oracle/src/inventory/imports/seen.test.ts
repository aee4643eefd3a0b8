import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import type { Hex } from '@truetonne/protocol';
import fc from 'fast-check';
import { SeenPrints, type Place } from './seen.ts';

const printOf = (row: number): Hex => `0x${createHash('sha256').update(String(row)).digest('hex')}`;
const atLine = (line: number): Place => ({ line, column: undefined });

/** Prints that crowd: few first words, so that nearly every look has to walk past others. */
const crowded = fc
  .tuple(fc.integer({ min: 4_090, max: 4_097 }), fc.integer({ min: 0, max: 40 }))
  .map(([word, rest]): Hex => {
    const hex = [word, rest % 3, rest % 5, rest].map((one) => one.toString(16).padStart(8, '0'));
    return `0x${hex.join('')}${'0'.repeat(32)}`;
  });

void test('a print is found with the place that it had first, whatever came between', () => {
  const row = fc.record({
    print: crowded,
    line: fc.nat({ max: 2 ** 32 - 1 }),
    column: fc.option(fc.nat({ max: 500 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 300 }), (rows) => {
      const seen = new SeenPrints();
      const model = new Map<Hex, Place>();
      for (const { print, ...place } of rows) {
        assert.deepEqual(seen.findOrKeep(print, place), model.get(print));
        if (!model.has(print)) model.set(print, place);
      }
    }),
  );
});

void test('no print is lost, and none found that was not there, while the table grows', () => {
  const seen = new SeenPrints();
  for (let row = 1; row <= 60_000; row++) {
    assert.equal(seen.findOrKeep(printOf(row), atLine(row)), undefined);
  }
  for (let row = 1; row <= 60_000; row += 7) {
    assert.deepEqual(seen.findOrKeep(printOf(row), atLine(1)), atLine(row));
  }
});

void test('prints that differ in one of their first 128 bits are two', () => {
  const seen = new SeenPrints();
  const base = BigInt(printOf(1));
  for (let bit = 128; bit < 256; bit++) {
    const hex = (base ^ (1n << BigInt(bit))).toString(16).padStart(64, '0');
    assert.equal(seen.findOrKeep(`0x${hex}`, atLine(bit)), undefined);
  }
});
