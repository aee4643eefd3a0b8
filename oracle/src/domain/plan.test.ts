import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  createWebCryptoVerifier,
  encodeBatch,
  verifyBatch,
  type Hex,
  type SealedWindow,
} from '@truetonne/protocol';
import fc from 'fast-check';
import { createContractModel } from '../../test/support/contractModel.ts';
import { createTestDevice, type SealStep } from '../../test/support/device.ts';
import { periodOf, vintageOf, type Period } from './calendar.ts';
import type { ProjectTerms } from './judge.ts';
import { planBatch, type BatchPlan, type PendingDevice } from './plan.ts';

const DOMAIN: Hex = `0x${'d0'.repeat(32)}`;
const OFFSET = -420;
const at = (text: string): number => Date.parse(`${text}-07:00`) / 1000;
const START = at('2016-12-29T00:00:00');
const TERMS: ProjectTerms = {
  utcOffsetMinutes: OFFSET,
  creditingFrom: START - 40 * 86_400,
  creditingUntil: START + 400 * 86_400,
};
const YEAR_END = at('2017-01-01T00:00:00');
const DECEMBER = periodOf(START, 'month', OFFSET);
const JANUARY = periodOf(YEAR_END + 1, 'month', OFFSET);

/** A check struck every window that has fields. */
function deductionsOf(steps: readonly SealStep[]): PendingDevice['deductions'] {
  const hit = { readingIndex: 0, reason: 'SENTINEL_VALUE' } as const;
  const struck = steps.flatMap(({ fields = {} }, index) =>
    Object.keys(fields).length === 0 ? [] : [index + 1],
  );
  return new Map(struck.map((sequence) => [sequence, [hit]]));
}

function device(steps: readonly SealStep[], more: Partial<PendingDevice> = {}): PendingDevice {
  const made = createTestDevice({ domain: DOMAIN, claimedAt: START, exportWh: 10_000n });
  return {
    deviceId: made.deviceId,
    publicKey: made.publicKey,
    capacityW: 6_000n,
    revokedFrom: undefined,
    opening: { sequence: 0, closedAt: START, exportWh: 10_000n, importWh: 0n },
    openingHash: made.claimHash,
    windows: steps.map((step) => made.seal(step)),
    deductions: deductionsOf(steps),
    ...more,
  };
}

/** The device as it stands after a batch: what the batch took is gone. */
function after(pending: PendingDevice, plan: BatchPlan): PendingDevice {
  const closed = plan.devices.find(({ deviceId }) => deviceId === pending.deviceId);
  if (closed === undefined) return pending;
  const { sequence, closedAt, exportWh, importWh } = closed.closing.header;
  return {
    ...pending,
    opening: { sequence, closedAt, exportWh, importWh },
    openingHash: closed.closing.headerHash,
    windows: pending.windows.filter(({ header }) => header.sequence > sequence),
  };
}

const hours = (count: number): number => count * 3600;

describe('planning a batch', () => {
  it('takes all windows of the period and leaves the next period alone', () => {
    const one = device([{ seconds: hours(24) }, { seconds: hours(48) }, { seconds: hours(1) }]);
    const plan = planBatch([one], TERMS, DECEMBER);
    assert.ok(plan);
    assert.equal(plan.windows.length, 2);
    assert.deepEqual([plan.periodStart, plan.periodEnd], [DECEMBER.start, DECEMBER.end]);
    assert.equal(plan.vintage, 2016);
    assert.equal(plan.exportedWh, 200n);
  });

  it('stretches the period back to an earlier opening', () => {
    const one = device(
      [{ seconds: hours(20 * 24), exportWh: 5n }, { seconds: hours(24 * 10) }],
      {},
    );
    const crossing = planBatch([one], TERMS, JANUARY);
    assert.ok(crossing);
    assert.equal(crossing.crossing, true);
    const rest = after(one, crossing);
    const early = { ...rest, opening: { ...rest.opening, closedAt: YEAR_END + 3600 } };
    const february = periodOf(JANUARY.end + 1, 'month', OFFSET);
    assert.equal(planBatch([early], TERMS, february)?.periodStart, YEAR_END + 3600);
  });

  it('moves a device past New Year in a batch of its own that deducts everything', () => {
    const one = device([
      { seconds: hours(72) - 600, exportWh: 500n },
      { seconds: 900, exportWh: 40n },
      { seconds: 900, exportWh: 30n },
    ]);
    const december = planBatch([one], TERMS, DECEMBER);
    assert.ok(december);
    const crossing = planBatch([after(one, december)], TERMS, JANUARY);
    assert.ok(crossing);
    assert.deepEqual(
      [crossing.crossing, crossing.exportedWh, crossing.deductedWh, crossing.vintage],
      [true, 40n, 40n, 2017],
    );
    const january = planBatch([after(after(one, december), crossing)], TERMS, JANUARY);
    assert.ok(january);
    assert.deepEqual([january.crossing, january.exportedWh, january.deductedWh], [false, 30n, 0n]);
  });

  it('leaves a device out of a crossing batch that closes at midnight sharp', () => {
    const sharp = device([{ seconds: hours(72) }, {}]);
    const straddling = device([{ seconds: hours(72) - 600 }, {}, {}]);
    const december = planBatch([sharp, straddling], TERMS, DECEMBER);
    assert.ok(december);
    const rest = [after(sharp, december), after(straddling, december)];
    const crossing = planBatch(rest, TERMS, JANUARY);
    assert.deepEqual(
      crossing?.devices.map(({ deviceId }) => deviceId),
      [straddling.deviceId],
    );
  });

  it('keeps vintages apart when a device comes late with the old year', () => {
    const late = device([{ seconds: hours(24) }, { seconds: hours(48) }]);
    const current = device([{ seconds: hours(72) }, {}]);
    const before = planBatch([current], TERMS, DECEMBER);
    assert.ok(before);
    const plan = planBatch([late, after(current, before)], TERMS, JANUARY);
    assert.ok(plan);
    assert.equal(plan.vintage, 2016);
    assert.equal(plan.periodEnd, YEAR_END);
    assert.deepEqual(
      plan.devices.map(({ deviceId }) => deviceId),
      [late.deviceId],
    );
  });

  it('closes before a jump of the register that the capacity can not explain', () => {
    const one = device([{}, { exportWh: 900_000n }, {}]);
    const plan = planBatch([one], TERMS, DECEMBER);
    assert.equal(plan?.windows.length, 1);
    assert.equal(planBatch([after(one, plan ?? assert.fail())], TERMS, DECEMBER), undefined);
  });

  it('takes the jump, deducted, once enough time has passed for the contract to accept it', () => {
    const one = device([{}, { exportWh: 9_000n }, { seconds: hours(24), exportWh: 10n }]);
    const plan = planBatch([one], TERMS, DECEMBER);
    assert.ok(plan);
    assert.equal(plan.windows.length, 3);
    assert.equal(plan.deductedWh, 9_000n);
  });

  it('ends before a revocation', () => {
    const one = device([{}, {}, {}], { revokedFrom: START + 1_800 });
    assert.equal(planBatch([one], TERMS, DECEMBER)?.windows.length, 1);
  });

  it('keeps a window that was set aside at the end for the next batch', () => {
    const one = device([{}, { exportWh: -50n }]);
    const plan = planBatch([one], TERMS, DECEMBER);
    assert.equal(plan?.windows.length, 1);
    assert.equal(planBatch([after(one, plan ?? assert.fail())], TERMS, DECEMBER), undefined);
  });

  it('has nothing to plan without windows that count', () => {
    assert.equal(planBatch([], TERMS, DECEMBER), undefined);
    assert.equal(planBatch([device([])], TERMS, DECEMBER), undefined);
    assert.equal(planBatch([device([{ exportWh: -5n }])], TERMS, DECEMBER), undefined);
  });
});

const step: fc.Arbitrary<SealStep> = fc.record(
  {
    exportWh: fc.bigInt({ min: -300n, max: 4_000n }),
    importWh: fc.bigInt({ min: 0n, max: 20n }),
    seconds: fc.integer({ min: 60, max: hours(20) }),
    pause: fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      fc.integer({ min: -600, max: hours(30) }),
    ),
    fields: fc.constantFrom({}, {}, {}, { ambientMc: -999_000n }, { frequencyMhz: 1n }),
  },
  { requiredKeys: ['exportWh'] },
);
const fleet = fc.array(
  fc.record({
    steps: fc.array(step, { maxLength: 12 }),
    lost: fc.array(fc.nat(11), { maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 3 },
);

/** Plans and submits until nothing is left for any of the periods. */
async function submitAll(fleetDevices: readonly PendingDevice[], periods: readonly Period[]) {
  const model = createContractModel(DOMAIN, TERMS, fleetDevices);
  let devices = fleetDevices;
  const plans: BatchPlan[] = [];
  for (const period of periods) {
    for (;;) {
      const plan = planBatch(devices, TERMS, period);
      if (plan === undefined) break;
      const content = encodeBatch({
        ...plan,
        domain: DOMAIN,
        projectId: 1,
        number: plans.length + 1,
      });
      const fileDigest: Hex = `0x${createHash('sha256').update(content).digest('hex')}`;
      const record = await model.submit(plan, fileDigest);
      const result = await verifyBatch({
        ...{ content, fileDigest, record },
        verifySignature: createWebCryptoVerifier(),
      });
      assert.deepEqual(result.verified ? [] : result.failure, []);
      devices = devices.map((one) => after(one, plan));
      plans.push(plan);
    }
  }
  return { plans, devices };
}

describe('any history of a fleet', () => {
  const periods = [DECEMBER, JANUARY, periodOf(JANUARY.end + 1, 'month', OFFSET)];

  it('becomes batches that the contract accepts and anyone can verify, each window once', async () => {
    await fc.assert(
      fc.asyncProperty(fleet, async (histories) => {
        const devices = histories.map(({ steps, lost }) => {
          const made = device(steps);
          return { ...made, windows: made.windows.filter((_, index) => !lost.includes(index)) };
        });
        const { plans, devices: left } = await submitAll(devices, periods);
        const batched = plans.flatMap((plan) => plan.windows);
        const hashes = (windows: readonly SealedWindow[]) =>
          windows.map(({ headerHash }) => headerHash);
        const remaining = hashes(left.flatMap(({ windows }) => windows));
        const all = hashes(devices.flatMap(({ windows }) => windows));
        assert.equal(new Set(hashes(batched)).size, batched.length);
        assert.deepEqual([...hashes(batched), ...remaining].sort(), [...all].sort());
        for (const plan of plans) {
          assert.ok(plan.deductedWh <= plan.exportedWh);
          if (plan.crossing) assert.equal(plan.deductedWh, plan.exportedWh);
          else assert.ok(plan.windows.every((window) => isOfVintage(window, plan)));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('adds up: counted and deducted together are what the registers grew', async () => {
    await fc.assert(
      fc.asyncProperty(fleet, async (histories) => {
        const devices = histories.map(({ steps }) => device(steps));
        const { plans, devices: left } = await submitAll(devices, periods);
        const grownWh = left.reduce((sum, one) => sum + one.opening.exportWh - 10_000n, 0n);
        const exportedWh = plans.reduce((sum, plan) => sum + plan.exportedWh, 0n);
        assert.equal(exportedWh, grownWh);
      }),
      { numRuns: 40 },
    );
  });
});

/** Set-aside windows carry no energy, so their clock may say anything. */
function isOfVintage({ header, headerHash }: SealedWindow, plan: BatchPlan): boolean {
  const index = plan.windows.findIndex((window) => window.headerHash === headerHash);
  const setAside = plan.findings.some(
    (finding) =>
      finding.windowIndex === index &&
      ['REGISTER_ROLLBACK', 'TIME_OVERLAP'].includes(finding.reason),
  );
  return setAside || vintageOf(header.closedAt, OFFSET) === plan.vintage;
}
