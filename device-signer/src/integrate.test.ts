import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { divideRounded, integrate, NO_ENERGY, registersDown } from './integrate.ts';

test('an hour of a watt is a watt-hour', () => {
  assert.deepEqual(registersDown(integrate(NO_ENERGY, 1_000n, 3600), 1_000n), {
    exportWh: 1n,
    importWh: 0n,
  });
});

test('a second less than an hour of a watt is not yet a watt-hour, and is not lost', () => {
  const almost = integrate(NO_ENERGY, 1_000n, 3599);
  assert.equal(registersDown(almost, 1_000n).exportWh, 0n);
  assert.equal(registersDown(integrate(almost, 1_000n, 1), 1_000n).exportWh, 1n);
});

test('negative power moves only the import register', () => {
  const energy = integrate(integrate(NO_ENERGY, -2_000n, 3600), 5_000n, 3600);
  assert.deepEqual(registersDown(energy, 1_000n), { exportWh: 5n, importWh: 2n });
});

test('registers are the exact sums rounded down and never run backwards', () => {
  const steps = fc.array(
    fc.tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.integer({ min: 1, max: 10_000 })),
  );
  fc.assert(
    fc.property(steps, (powers) => {
      let energy = NO_ENERGY;
      let before = registersDown(energy, 1n);
      for (const [power, seconds] of powers) {
        energy = integrate(energy, power, seconds);
        const after = registersDown(energy, 1n);
        assert.ok(after.exportWh >= before.exportWh && after.importWh >= before.importWh);
        before = after;
      }
      const exact = powers.reduce((sum, [power, seconds]) => sum + power * BigInt(seconds), 0n);
      assert.equal(energy.exported - energy.imported, exact);
      assert.equal(before.exportWh, energy.exported / 3600n);
    }),
  );
});

test('quotients round to the nearest, halves away from zero', () => {
  const cases = [
    [25n, 10n, 3n],
    [24n, 10n, 2n],
    [-25n, 10n, -3n],
    [-24n, 10n, -2n],
    [0n, 7n, 0n],
    [-1n, 100n, 0n],
  ] as const;
  for (const [value, divisor, expected] of cases) {
    assert.equal(divideRounded(value, divisor), expected);
  }
});
