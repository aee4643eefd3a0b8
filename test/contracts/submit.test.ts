import assert from 'node:assert/strict';

import { concat } from 'viem';

import { creditBatchDown } from '../../protocol/src/index.ts';
import { advancesIn } from './support/advances.ts';
import { openChain } from './support/chain.ts';
import type { TestDevice } from './support/device.ts';
import {
  claim,
  close,
  DAY,
  FACTOR_UG_PER_WH,
  FILE_DIGEST,
  PLANT_W,
  register,
  ROOT,
  submissionOf,
  validate,
  YEAR_2026,
  YEAR_2027,
  type World,
} from './support/world.ts';

const { assertions, time, freshWorld, freshPlant } = await openChain();

/** Submits the state of one device at the end of a day of 2026, counted from 1. */
function submitDay(
  world: World,
  projectId: number,
  device: TestDevice,
  day: number,
  state: { exportWh: bigint; importWh?: bigint; deductedWh?: bigint },
) {
  const { exportWh, importWh = 0n, deductedWh = 0n } = state;
  const closedAt = YEAR_2026 + day * DAY;
  return world.registryOf(world.actors.submitter).write.submit([
    submissionOf(projectId, { deductedWh, periodEnd: closedAt }),
    close(world, device, {
      sequence: 96 * day,
      openedAt: closedAt - 900,
      closedAt,
      exportWh,
      importWh,
    }),
  ]);
}

describe('submit', () => {
  it('credits what the device exported since its claim, and tells of all it computed', async () => {
    const { world, projectId, device } = await freshPlant();
    const { registry } = world;

    const hash = await submitDay(world, projectId, device, 1, {
      exportWh: 30_001n,
      importWh: 40n,
      deductedWh: 1_234n,
    });

    const closedAt = YEAR_2026 + DAY;
    // (30,001 - 40 - 1,234) Wh x 352,000 ug/Wh = 10,111,904,000 ug.
    await assertions.emitWithArgs(hash, registry, 'BatchSubmitted', [
      1_000_001n,
      projectId,
      ROOT,
      FILE_DIGEST,
      YEAR_2026,
      closedAt,
      2026,
      30_001n,
      40n,
      1_234n,
      28_727n,
      10_111n,
      FACTOR_UG_PER_WH,
      0n,
      0,
    ]);
    const binding = (2n << 248n) | (BigInt(PLANT_W) << 216n) | BigInt(projectId);
    await assertions.emitWithArgs(hash, registry, 'DeviceAdvanced', [
      1_000_001n,
      device.id,
      binding | (BigInt(YEAR_2026) << 64n),
      binding | (40n << 160n) | (30_001n << 104n) | (BigInt(closedAt) << 64n) | (96n << 32n),
    ]);
    const { blockNumber } = await world.reader.getTransactionReceipt({ hash });
    assert.deepEqual(await registry.read.batch([1_000_001n]), {
      root: ROOT,
      grams: 10_111n,
      creditableWh: 28_727n,
      periodEnd: closedAt,
      vintage: 2026,
      // Verified at once: this methodology asks for no opinion and no recomputation.
      status: 3,
      blockNumber: Number(blockNumber),
      ...{ kind: 0, approvals: 0, recomputation: false },
    });
    const state = await registry.read.device([device.id]);
    assert.deepEqual(
      [state.sequence, state.closedAt, state.exportWh, state.importWh, state.status],
      [96, closedAt, 30_001n, 40n, 2],
    );
    const { batchCount, deficitWh, remainderUg } = await registry.read.project([projectId]);
    assert.deepEqual([batchCount, deficitWh, remainderUg], [1, 0n, 904_000]);
  });

  it('credits each Wh once: the next batch begins where this one closed', async () => {
    const { world, projectId, device } = await freshPlant();
    await submitDay(world, projectId, device, 1, { exportWh: 1_000n, importWh: 10n });
    await submitDay(world, projectId, device, 2, { exportWh: 1_500n, importWh: 10n });
    const { creditableWh } = await world.registry.read.batch([1_000_002n]);
    assert.equal(creditableWh, 500n);
  });

  it('carries remainders of rounding until they make a gram', async () => {
    const { world, projectId, device } = await freshPlant();
    const grams: bigint[] = [];
    const remainders: number[] = [];
    // 2 Wh x 352,000 ug = 704,000 ug a day.
    for (const day of [1, 2, 3]) {
      await submitDay(world, projectId, device, day, { exportWh: 2n * BigInt(day) });
      grams.push((await world.registry.read.batch([1_000_000n + BigInt(day)])).grams);
      remainders.push((await world.registry.read.project([projectId])).remainderUg);
    }
    assert.deepEqual(grams, [0n, 1n, 1n]);
    assert.deepEqual(remainders, [704_000, 408_000, 112_000]);
  });

  it('carries net import into the next batches until export makes up for it', async () => {
    const { world, projectId, device } = await freshPlant();
    const { registry } = world;
    await submitDay(world, projectId, device, 1, { exportWh: 100n, importWh: 400n });
    assert.equal((await registry.read.batch([1_000_001n])).creditableWh, 0n);
    assert.equal((await registry.read.project([projectId])).deficitWh, 300n);

    await submitDay(world, projectId, device, 2, { exportWh: 200n, importWh: 400n });
    assert.equal((await registry.read.project([projectId])).deficitWh, 200n);

    const hash = await submitDay(world, projectId, device, 3, { exportWh: 450n, importWh: 400n });
    assert.equal((await registry.read.batch([1_000_003n])).creditableWh, 50n);
    assert.equal((await registry.read.project([projectId])).deficitWh, 0n);
    const [event] = await registry.getEvents.BatchSubmitted(
      { batchId: 1_000_003n },
      { blockHash: (await world.reader.getTransactionReceipt({ hash })).blockHash },
    );
    assert.equal(event?.args.openingDeficitWh, 200n);
  });

  it('computes the grams of the protocol package over a run of days', async () => {
    const { world, projectId, device } = await freshPlant();
    let carry = { deficitWh: 0n, remainderUg: 0n };
    let registers = { exportWh: 0n, importWh: 0n };
    const days = [
      [31_337n, 12n, 100n],
      [0n, 977n, 0n],
      [3n, 0n, 3n],
      [40_960n, 1n, 1n],
      [1n, 0n, 0n],
    ] as const;
    for (const [index, [exportedWh, importedWh, deductedWh]] of days.entries()) {
      registers = {
        exportWh: registers.exportWh + exportedWh,
        importWh: registers.importWh + importedWh,
      };
      const factorUgPerWh = BigInt(FACTOR_UG_PER_WH);
      const input = { exportedWh, importedWh, deductedWh, factorUgPerWh, carry };
      const expected = creditBatchDown(input);
      await submitDay(world, projectId, device, index + 1, { ...registers, deductedWh });
      const batch = await world.registry.read.batch([1_000_001n + BigInt(index)]);
      assert.deepEqual(
        [batch.creditableWh, batch.grams],
        [expected.creditableWh, expected.grams],
        `day ${index + 1}`,
      );
      ({ carry } = expected);
      const project = await world.registry.read.project([projectId]);
      assert.deepEqual(
        [project.deficitWh, BigInt(project.remainderUg)],
        [carry.deficitWh, carry.remainderUg],
      );
    }
  });

  it('adds up several devices, one of them twice', async () => {
    const world = await freshWorld();
    const projectId = await register(world);
    await validate(world, projectId);
    const [first, second] = [await claim(world), await claim(world, { exportWh: 70n })];
    const owner = world.registryOf(world.actors.owner);
    await owner.write.bindDevice([first.id, projectId, 3_000]);
    await owner.write.bindDevice([second.id, projectId, 3_000]);
    const at = (device: TestDevice, sequence: number, exportWh: bigint, importWh: bigint) =>
      close(world, device, {
        sequence,
        openedAt: YEAR_2026 + (sequence - 1) * 900,
        closedAt: YEAR_2026 + sequence * 900,
        exportWh,
        importWh,
      });
    const closings = concat([
      at(first, 1, 100n, 1n),
      at(second, 2, 570n, 2n),
      at(first, 3, 250n, 1n),
    ]);

    await world
      .registryOf(world.actors.submitter)
      .write.submit([submissionOf(projectId), closings]);

    assert.equal((await world.registry.read.batch([1_000_001n])).creditableWh, 750n - 3n);
    const advances = advancesIn(await world.registry.getEvents.DeviceAdvanced());
    assert.deepEqual(
      advances.map(({ deviceId, exportedWh, importedWh }) => [deviceId, exportedWh, importedWh]),
      [
        [first.id, 100n, 1n],
        [second.id, 500n, 2n],
        [first.id, 150n, 0n],
      ],
    );
  });

  it('allows what the capacity gives in the time, and one Wh for rounding', async () => {
    const { world, projectId, device } = await freshPlant();
    // 6,000 W x 86,400 s = 144,000 Wh.
    await submitDay(world, projectId, device, 1, { exportWh: 144_001n });
    assert.equal((await world.registry.read.batch([1_000_001n])).creditableWh, 144_001n);
  });

  it('takes a period that ends in the very second of the block', async () => {
    const { world, projectId, device } = await freshPlant();
    const now = (await time.latest()) + 10;
    await time.setNextBlockTimestamp(now);
    await world
      .registryOf(world.actors.submitter)
      .write.submit([
        submissionOf(projectId, { periodEnd: now }),
        close(world, device, { closedAt: now }),
      ]);
    assert.equal((await world.registry.read.batch([1_000_001n])).periodEnd, now);
  });

  it('credits a revoked device for what closed before', async () => {
    const { world, projectId, device } = await freshPlant();
    await world.registryOf(world.actors.owner).write.revokeDevice([device.id, YEAR_2026 + DAY + 1]);
    await submitDay(world, projectId, device, 1, { exportWh: 1_000n });
    assert.equal((await world.registry.read.batch([1_000_001n])).creditableWh, 1_000n);
    assert.equal((await world.registry.read.device([device.id])).status, 3);
  });

  it('keeps the batches of two projects apart', async () => {
    const { world, projectId, device } = await freshPlant();
    const other = await register(world);
    await validate(world, other);
    const otherDevice = await claim(world);
    await world.registryOf(world.actors.owner).write.bindDevice([otherDevice.id, other, 6_000]);
    await submitDay(world, projectId, device, 1, { exportWh: 10n });
    await submitDay(world, other, otherDevice, 1, { exportWh: 20n });
    assert.equal((await world.registry.read.batch([1_000_001n])).creditableWh, 10n);
    assert.equal((await world.registry.read.batch([2_000_001n])).creditableWh, 20n);
  });

  it('tells of an unknown batch with zeros', async () => {
    const { registry } = await freshWorld();
    const batch = await registry.read.batch([1_000_001n]);
    assert.deepEqual([batch.status, batch.grams], [0, 0n]);
  });

  describe('vintage', () => {
    const cases = [
      { name: 'UTC', utcOffsetMinutes: 0 },
      { name: 'half an hour off the hour, east', utcOffsetMinutes: 330 },
      { name: 'far east', utcOffsetMinutes: 840 },
      { name: 'far west', utcOffsetMinutes: -720 },
    ];
    for (const { name, utcOffsetMinutes } of cases) {
      it(`is the calendar year of the project's own offset: ${name}`, async () => {
        const world = await freshWorld();
        const creditingFrom = YEAR_2026 - 30 * DAY;
        const projectId = await register(world, { utcOffsetMinutes, creditingFrom });
        await validate(world, projectId);
        const newYear = YEAR_2027 - utcOffsetMinutes * 60;
        const device = await claim(world, { claimedAt: newYear - DAY });
        await world.registryOf(world.actors.owner).write.bindDevice([device.id, projectId, 6_000]);
        const until = (sequence: number, periodStart: number, periodEnd: number) =>
          world.registryOf(world.actors.submitter).write.submit([
            submissionOf(projectId, { periodStart, periodEnd }),
            close(world, device, {
              sequence,
              openedAt: periodEnd - 10,
              closedAt: periodEnd,
              exportWh: BigInt(sequence),
            }),
          ]);
        await until(1, newYear - DAY, newYear);
        await until(2, newYear, newYear + DAY);
        assert.equal((await world.registry.read.batch([1_000_001n])).vintage, 2026);
        assert.equal((await world.registry.read.batch([1_000_002n])).vintage, 2027);
      });
    }

    it('lets a full deduction move a device past New Year', async () => {
      const world = await freshWorld();
      const projectId = await register(world);
      await validate(world, projectId);
      const device = await claim(world, { claimedAt: YEAR_2027 - 500 });
      await world.registryOf(world.actors.owner).write.bindDevice([device.id, projectId, 6_000]);
      await world.registryOf(world.actors.submitter).write.submit([
        submissionOf(projectId, {
          periodStart: YEAR_2027 - 500,
          periodEnd: YEAR_2027 + 400,
          deductedWh: 33n,
        }),
        close(world, device, {
          openedAt: YEAR_2027 - 500,
          closedAt: YEAR_2027 + 400,
          exportWh: 33n,
          importWh: 2n,
        }),
      ]);
      const { grams, creditableWh, vintage } = await world.registry.read.batch([1_000_001n]);
      assert.deepEqual([grams, creditableWh, vintage], [0n, 0n, 2027]);
      assert.equal((await world.registry.read.project([projectId])).deficitWh, 2n);
      assert.equal((await world.registry.read.device([device.id])).closedAt, YEAR_2027 + 400);
    });

    it('lets a full deduction move a device to where crediting begins', async () => {
      const world = await freshWorld();
      const projectId = await register(world);
      await validate(world, projectId);
      const device = await claim(world, { claimedAt: YEAR_2026 - 500 });
      await world.registryOf(world.actors.owner).write.bindDevice([device.id, projectId, 6_000]);
      await world.registryOf(world.actors.submitter).write.submit([
        submissionOf(projectId, {
          periodStart: YEAR_2026 - 500,
          periodEnd: YEAR_2026,
          deductedWh: 33n,
        }),
        close(world, device, { openedAt: 1, closedAt: YEAR_2026, exportWh: 33n }),
      ]);
      assert.equal((await world.registry.read.batch([1_000_001n])).vintage, 2025);
      assert.equal((await world.registry.read.device([device.id])).closedAt, YEAR_2026);
    });
  });
});
