import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { creditBatchDown, type Carry } from './crediting.ts';
import { hasCode } from '../../test/samples.ts';

const UG_PER_GRAM = 1_000_000n;
const NOTHING: Carry = { deficitWh: 0n, remainderUg: 0n };

const anyEnergy = fc.bigInt(0n, 1n << 40n);
const anyBatch = fc
  .record({ exportedWh: anyEnergy, importedWh: anyEnergy, share: fc.nat(100) })
  .map(({ exportedWh, importedWh, share }) => ({
    exportedWh,
    importedWh,
    deductedWh: (exportedWh * BigInt(share)) / 100n,
  }));
const anyBatches = fc.array(anyBatch, { minLength: 1, maxLength: 30 });
const anyFactor = fc.bigInt(0n, (1n << 32n) - 1n);

/** Credits batch after batch of one project. */
function creditAll(
  batches: readonly { exportedWh: bigint; importedWh: bigint; deductedWh: bigint }[],
  factorUgPerWh: bigint,
) {
  let carry = NOTHING;
  let creditableWh = 0n;
  let grams = 0n;
  for (const batch of batches) {
    const credited = creditBatchDown({ ...batch, factorUgPerWh, carry });
    carry = credited.carry;
    creditableWh += credited.creditableWh;
    grams += credited.grams;
  }
  return { carry, creditableWh, grams };
}

test('no microgram is lost or made: grams and rest are exactly energy x factor', () => {
  fc.assert(
    fc.property(anyBatches, anyFactor, (batches, factorUgPerWh) => {
      const { carry, creditableWh, grams } = creditAll(batches, factorUgPerWh);
      const exactUg = creditableWh * factorUgPerWh;
      assert.equal(grams * UG_PER_GRAM + carry.remainderUg, exactUg);
      assert.ok(carry.remainderUg >= 0n && carry.remainderUg < UG_PER_GRAM);
    }),
  );
});

test('credited energy less what is still owed is the net of all batches', () => {
  fc.assert(
    fc.property(anyBatches, (batches) => {
      const { carry, creditableWh } = creditAll(batches, 1n);
      const netWh = batches.reduce(
        (sum, { exportedWh, importedWh, deductedWh }) => sum + exportedWh - importedWh - deductedWh,
        0n,
      );
      assert.equal(creditableWh - carry.deficitWh, netWh);
      assert.ok(carry.deficitWh >= 0n);
    }),
  );
});

test('splitting energy into batches changes the sum by no gram, while none is in deficit', () => {
  const positive = fc.array(fc.bigInt(0n, 1n << 40n), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(positive, anyFactor, (energies, factorUgPerWh) => {
      const batchOf = (exportedWh: bigint) => ({ exportedWh, importedWh: 0n, deductedWh: 0n });
      const whole = batchOf(energies.reduce((sum, each) => sum + each, 0n));
      const split = creditAll(energies.map(batchOf), factorUgPerWh);
      assert.deepEqual(split, creditAll([whole], factorUgPerWh));
    }),
  );
});

test('more deduction never gives more grams', () => {
  fc.assert(
    fc.property(anyBatch, anyFactor, anyEnergy, (batch, factorUgPerWh, deficitWh) => {
      const credit = (deductedWh: bigint) =>
        creditBatchDown({
          ...batch,
          deductedWh,
          factorUgPerWh,
          carry: { deficitWh, remainderUg: 0n },
        });
      assert.ok(credit(batch.deductedWh).grams <= credit(0n).grams);
    }),
  );
});

test('more may not be deducted than was exported', () => {
  const energy = { exportedWh: 10n, importedWh: 0n, deductedWh: 11n };
  const credit = () => creditBatchDown({ ...energy, factorUgPerWh: 1n, carry: NOTHING });
  assert.throws(credit, hasCode('DEDUCTION_EXCEEDS_EXPORT'));
});
