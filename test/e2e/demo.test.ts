import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runDemo } from '../../scripts/lib/demo.ts';
import { ROOT } from '../../scripts/lib/paths.ts';

/** Quarter-hour power in 10 uW, straight from the file and without any of our code: W x 0.25 h. */
function sumOfFile(sign: 1 | -1): bigint {
  const path = join(ROOT, 'data/pv-serf-east-104d/serf_east_15min_ac_power.csv');
  const rows = readFileSync(path, 'utf8').trim().split('\n').slice(1);
  const units = rows.map((row) => BigInt(Math.round(Number(row.split(',')[1]) * 100_000) * sign));
  return units.filter((unit) => unit > 0n).reduce((sum, unit) => sum + unit, 0n) / 400_000n;
}

const near = (actual: bigint, expected: bigint): boolean =>
  actual >= expected - 1n && actual <= expected + 1n;

test('real solar data becomes verified, minted and retired credits', async () => {
  const sums = await runDemo(() => undefined);

  assert.equal(sums.readings, 10_000);
  assert.ok(near(sums.exportWh, 2_941_907n), `exported ${sums.exportWh} Wh`);
  assert.ok(near(sums.importWh, 3_551n), `imported ${sums.importWh} Wh`);
  assert.ok(near(sums.exportWh, sumOfFile(1)), 'the file says otherwise');
  assert.ok(near(sums.importWh, sumOfFile(-1)), 'the file says otherwise');
  assert.equal(sums.batches, 4);
  assert.equal(sums.verifiedBatches, 4);
  assert.equal(sums.creditableWh, sums.exportWh - sums.importWh - sums.deductedWh);
  // 0.352 g/Wh, rounded down once: the remainder of each batch is carried to the next.
  assert.equal(sums.grams, (sums.creditableWh * 352n) / 1000n);
  assert.equal(sums.mintedGrams, sums.grams);
  assert.equal(sums.retiredGrams, 1_000_000n);
});
