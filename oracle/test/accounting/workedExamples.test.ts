/** Other people's numbers, computed by the engine's own methods: no formula stands in these files. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import {
  compare,
  subtract,
  toRational,
  type Rational,
} from '../../src/accounting/exact/rational.ts';
import { DATA, type Answers, type Figures } from './exampleTools.ts';
import { GUIDANCE_1_TO_7 } from './guidanceExamples.ts';
import { GUIDANCE_9_TO_15 } from './guidanceExamplesLater.ts';
import { OTHERS } from './otherExamples.ts';

interface Example {
  readonly id: string;
  readonly inputs: Figures;
  readonly factors: Figures;
  readonly tolerance: number;
  readonly oracle_value: number | number[] | number[][];
}

const EXAMPLES = readFileSync(join(DATA, 'worked-examples-inventory/inventories.jsonl'), 'utf8')
  .trim()
  .split('\n')
  // Proof: the file is ours; each field is asserted on below.
  .map((line) => JSON.parse(line) as Example);

const ANSWERS: Answers = { ...GUIDANCE_1_TO_7, ...GUIDANCE_9_TO_15, ...OTHERS };

const isWithin = (actual: Rational, expected: Rational, tolerance: Rational): boolean => {
  const apart = subtract(actual, expected);
  return compare({ n: apart.n < 0n ? -apart.n : apart.n, d: apart.d }, tolerance) <= 0;
};

for (const { id, inputs, factors, oracle_value, tolerance } of EXAMPLES) {
  void test(`the engine arrives at the number of ${id}`, () => {
    const answer = ANSWERS[id] ?? assert.fail(`no method is known for ${id}`);
    const actual = [answer(inputs, factors)].flat();
    const expected = [oracle_value].flat(2);
    assert.equal(actual.length, expected.length);
    actual.forEach((value, n) => {
      const wanted = String(expected[n]);
      assert.ok(
        isWithin(toRational(value), toRational(wanted), toRational(String(tolerance))),
        `${value} is not ${wanted} within ${String(tolerance)}`,
      );
    });
  });
}

void test('every example is one of those that were copied', () => {
  assert.equal(EXAMPLES.length, 42);
});
