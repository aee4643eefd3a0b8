import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addCredit, addEnergy, NO_CREDIT, NO_ENERGY, type Credited } from './totals.ts';

const july: Credited = {
  exportedWh: 900_000n,
  importedWh: 1_200n,
  deductedWh: 300n,
  creditableWh: 898_500n,
  grams: 316_272n,
};
const august: Credited = {
  exportedWh: 0n,
  importedWh: 40n,
  deductedWh: 0n,
  creditableWh: 0n,
  grams: 0n,
};

test('The totals of a project are the sums over its batches', () => {
  const totals = [july, august, july].reduce(addCredit, NO_CREDIT);
  assert.deepEqual(totals, {
    batchCount: 3,
    exportedWh: 1_800_000n,
    importedWh: 2_440n,
    deductedWh: 600n,
    creditableWh: 1_797_000n,
    grams: 632_544n,
  });
});

test('A batch without credit still counts, with its import', () => {
  assert.deepEqual(addCredit(NO_CREDIT, august), { ...NO_CREDIT, batchCount: 1, importedWh: 40n });
});

test('The totals of a device hold registers only, whatever else the batch says', () => {
  assert.deepEqual(addEnergy(NO_ENERGY, july), {
    batchCount: 1,
    exportedWh: 900_000n,
    importedWh: 1_200n,
  });
});

test('The totals that are added to stay as they were', () => {
  addCredit(NO_CREDIT, july);
  assert.equal(NO_CREDIT.exportedWh, 0n);
  assert.equal(NO_CREDIT.batchCount, 0);
});
