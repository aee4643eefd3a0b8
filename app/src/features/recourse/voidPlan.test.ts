import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { planCarbonVoid, planEnergyVoid } from './voidPlan.ts';

const amount = fc.bigInt({ min: 0n, max: 10n ** 15n });

describe('what a void draws', () => {
  it('is taken from the owner first, then from the buffer, and the rest is a debt', () => {
    const basis = { held: 60n, buffered: 5n, remainderWh: 0n };
    const plan = { fromOwner: 60n, fromBuffer: 5n, debt: 35n, fromRemainderWh: 0n };
    assert.deepEqual(planCarbonVoid(basis, 100n), plan);
    const enough = { fromOwner: 50n, fromBuffer: 0n, debt: 0n, fromRemainderWh: 0n };
    assert.deepEqual(planCarbonVoid(basis, 50n), enough);
  });

  it('adds up to the batch and takes from nobody more than there is', () => {
    fc.assert(
      fc.property(amount, amount, amount, (held, buffered, grams) => {
        const plan = planCarbonVoid({ held, buffered, remainderWh: 0n }, grams);
        assert.equal(plan.fromOwner + plan.fromBuffer + plan.debt, grams);
        assert.ok(plan.fromOwner <= held && plan.fromBuffer <= buffered);
        assert.ok(plan.debt === 0n || (plan.fromOwner === held && plan.fromBuffer === buffered));
      }),
    );
  });

  it('of energy is what was carried first, then whole certificates, as in the chain test', () => {
    // indexer/test/judging.test.ts: 4.0005 MWh wrong, 0.701 MWh carried, 5 of 6 certificates held.
    const basis = { held: 3n, buffered: 0n, remainderWh: 701_000n };
    const plan = { fromOwner: 3n, fromBuffer: 0n, debt: 1n, fromRemainderWh: 701_000n };
    assert.deepEqual(planEnergyVoid(basis, 4_000_500n), plan);
  });

  it('of energy covers what was wrong, by less than one certificate too much', () => {
    fc.assert(
      fc.property(
        amount,
        amount,
        fc.bigInt({ min: 0n, max: 999_999n }),
        (wh, held, remainderWh) => {
          const plan = planEnergyVoid({ held, buffered: 0n, remainderWh }, wh);
          const covered = plan.fromRemainderWh + (plan.fromOwner + plan.debt) * 1_000_000n;
          assert.ok(covered >= wh && covered < wh + 1_000_000n);
          assert.ok(plan.fromOwner <= held && plan.fromRemainderWh <= remainderWh);
        },
      ),
    );
  });
});
