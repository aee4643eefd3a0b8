import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { it } from 'node:test';
import {
  createWebCryptoVerifier,
  creditBatchDown,
  encodeBatch,
  verifyBatch,
  type Hex,
} from '@truetonne/protocol';
import fc from 'fast-check';
import { createContractModel } from '../../../test/support/contractModel.ts';
import { createTestDevice, type SealStep } from '../../../test/support/device.ts';
import { planBatch, type BatchPlan, type PendingDevice } from '../plan.ts';
import { placeAdjustments, type Adjustment } from './place.ts';

const DOMAIN: Hex = `0x${'d0'.repeat(32)}`;
const START = Date.parse('2024-05-01T00:00:00Z') / 1000;
const TERMS = {
  utcOffsetMinutes: 0,
  creditingFrom: START,
  creditingUntil: START + 400 * 86_400,
};
const MAY = { start: START, end: START + 31 * 86_400 };

function device(steps: readonly SealStep[]): PendingDevice {
  const made = createTestDevice({ domain: DOMAIN, claimedAt: START });
  return {
    deviceId: made.deviceId,
    publicKey: made.publicKey,
    capacityW: 6_000n,
    revokedFrom: undefined,
    opening: { sequence: 0, closedAt: START, exportWh: 0n, importWh: 0n },
    openingHash: made.claimHash,
    windows: steps.map((step) => made.seal(step)),
    deductions: new Map(),
  };
}

function planOf(devices: readonly PendingDevice[]): BatchPlan {
  return planBatch(devices, TERMS, MAY) ?? assert.fail('nothing to seal');
}

const adjustment = (wh: bigint, deviceId?: string): Adjustment => ({
  reason: deviceId === undefined ? 'INVOICE_DIFFERS' : 'CALIBRATION_OVERDUE',
  ...{ subject: 1, deviceId, wh, dueWh: wh },
});

it('leaves whole readings out from the first on, of the device that the adjustment is about', () => {
  const [one, other] = [device([{}, {}, {}]), device([{}, {}, {}])];
  const judged = planOf([one, other]);
  const { plan, placed, met } = placeAdjustments(judged, [adjustment(150n, other.deviceId)]);
  const ids = placed.map(({ windowIndex }) => plan.windows[windowIndex]?.header);
  assert.deepEqual(
    placed.map(({ deductedWh, reason }) => [deductedWh, reason]),
    [
      [100n, 'CALIBRATION_OVERDUE'],
      [50n, 'CALIBRATION_OVERDUE'],
    ],
  );
  assert.deepEqual(
    ids.map((header) => [header?.deviceId, header?.sequence]),
    [
      [other.deviceId, 1],
      [other.deviceId, 2],
    ],
  );
  assert.deepEqual([met[0]?.deductedWh, plan.deductedWh], [150n, 150n]);
});

it('takes from other devices, and from readings that others began, before it leaves a rest', () => {
  const [one, other] = [device([{}]), device([{}])];
  const { plan, met } = placeAdjustments(planOf([one, other]), [
    adjustment(150n, one.deviceId),
    adjustment(70n),
  ]);
  assert.deepEqual([plan.deductedWh, plan.exportedWh], [200n, 200n]);
  assert.equal(
    met.reduce((sum, { deductedWh }) => sum + deductedWh, 0n),
    200n,
  );
});

it('changes nothing where nothing is due', () => {
  const judged = planOf([device([{}, { pause: 900 }, {}])]);
  const { plan, placed } = placeAdjustments(judged, [adjustment(0n)]);
  assert.deepEqual([plan, placed], [judged, []]);
});

const step: fc.Arbitrary<SealStep> = fc.record({
  exportWh: fc.bigInt({ min: 0n, max: 400n }),
  importWh: fc.bigInt({ min: 0n, max: 40n }),
  pause: fc.constantFrom(0, 0, 0, 600, -100),
  count: fc.integer({ min: 1, max: 3 }),
});
const fleet = fc.array(fc.array(step, { minLength: 1, maxLength: 8 }), {
  minLength: 1,
  maxLength: 3,
});
const adjustments = fc.array(
  fc.record({ wh: fc.bigInt({ min: 0n, max: 2_500n }), of: fc.option(fc.nat(2)) }),
  { maxLength: 4 },
);

it('never raises a credit, leaves out as much as there is room for, and gives a file that verifies', async () => {
  await fc.assert(
    fc.asyncProperty(fleet, adjustments, async (histories, wishes) => {
      const devices = histories.map(device);
      const judged = planOf(devices);
      const asked = wishes.map(({ wh, of }) =>
        adjustment(wh, of === null ? undefined : devices[of % devices.length]?.deviceId),
      );
      const { plan, met } = placeAdjustments(judged, asked);
      const askedWh = asked.reduce((sum, { wh }) => sum + wh, 0n);
      const roomWh = judged.exportedWh - judged.deductedWh;
      const metWh = met.reduce((sum, { deductedWh }) => sum + deductedWh, 0n);
      assert.equal(metWh, askedWh < roomWh ? askedWh : roomWh);
      assert.equal(plan.deductedWh, judged.deductedWh + metWh);
      assert.ok(met.every(({ deductedWh, wh }) => deductedWh <= wh));
      assert.ok(creditOf(plan) <= creditOf(judged));
      await assertVerifies(plan, devices);
    }),
    { numRuns: 60 },
  );
});

function creditOf({ exportedWh, importedWh, deductedWh }: BatchPlan): bigint {
  const carry = { deficitWh: 0n, remainderUg: 0n };
  const energy = { exportedWh, importedWh, deductedWh };
  return creditBatchDown({ ...energy, factorUgPerWh: 352_000n, carry }).creditableWh;
}

async function assertVerifies(plan: BatchPlan, devices: readonly PendingDevice[]): Promise<void> {
  const content = encodeBatch({ ...plan, domain: DOMAIN, projectId: 1, number: 1 });
  const fileDigest: Hex = `0x${createHash('sha256').update(content).digest('hex')}`;
  const record = await createContractModel(DOMAIN, TERMS, devices).submit(plan, fileDigest);
  const verifySignature = createWebCryptoVerifier();
  const result = await verifyBatch({ content, fileDigest, record, verifySignature });
  assert.deepEqual(result.verified ? [] : result.failure, []);
}
