import assert from 'node:assert/strict';

import { getAddress, zeroAddress } from 'viem';

import { openChain } from './support/chain.ts';
import { closingOf } from './support/device.ts';
import { assertRefused } from './support/refusal.ts';
import {
  claim,
  DAY,
  register,
  submissionOf,
  validate,
  YEAR_2026,
  YEAR_2027,
} from './support/world.ts';

import { submitClosings, validHeader } from './support/submission.ts';

const { time, freshPlant } = await openChain();

describe('submit refuses', () => {
  it('nothing of the header that the other tests alter', async () => {
    const { world, device } = await freshPlant();
    await submitClosings(world, closingOf(device, validHeader(world, device)));
    assert.equal((await world.registry.read.project([1])).batchCount, 1);
  });

  describe('who and when:', () => {
    it('anyone but the submitter, also the owner', async () => {
      const { world, device } = await freshPlant();
      const closing = closingOf(device, validHeader(world, device));
      const submitter = getAddress(world.actors.submitter.account.address);
      for (const wallet of [world.actors.owner, world.actors.admin, world.actors.validator]) {
        await assertRefused(
          world.registryOf(wallet).write.submit([submissionOf(1), closing]),
          'NotSubmitter',
          [1, getAddress(wallet.account.address), submitter],
        );
      }
    });

    it('anyone at all before a project is validated', async () => {
      const { world, device } = await freshPlant();
      const projectId = await register(world);
      await assertRefused(
        submitClosings(
          world,
          closingOf(device, validHeader(world, device)),
          submissionOf(projectId),
        ),
        'NotSubmitter',
        [projectId, getAddress(world.actors.submitter.account.address), zeroAddress],
      );
    });

    it('a period that does not begin before it ends', async () => {
      const { world } = await freshPlant();
      const submission = submissionOf(1, { periodStart: YEAR_2026, periodEnd: YEAR_2026 });
      await assertRefused(submitClosings(world, '0x', submission), 'PeriodInvalid', [
        BigInt(YEAR_2026),
        BigInt(YEAR_2026),
      ]);
    });

    it('a period that has not ended', async () => {
      const { world } = await freshPlant();
      const now = (await time.latest()) + 10;
      await time.setNextBlockTimestamp(now);
      const submission = submissionOf(1, { periodEnd: now + 1 });
      await assertRefused(submitClosings(world, '0x', submission), 'PeriodInFuture', [
        BigInt(now) + 1n,
        BigInt(now),
      ]);
    });

    it('energy from before or after the crediting period', async () => {
      const { world } = await freshPlant();
      const creditingUntil = YEAR_2026 + 2 * DAY;
      const projectId = await register(world, { creditingUntil });
      await validate(world, projectId);
      const device = await claim(world);
      await world.registryOf(world.actors.owner).write.bindDevice([device.id, projectId, 6_000]);
      const closing = closingOf(device, validHeader(world, device));
      for (const [periodStart, periodEnd] of [
        [YEAR_2026 - 1, YEAR_2026 + DAY],
        [YEAR_2026, creditingUntil + 1],
      ] as const) {
        await assertRefused(
          submitClosings(world, closing, submissionOf(projectId, { periodStart, periodEnd })),
          'OutsideCreditingPeriod',
          [BigInt(periodStart), BigInt(periodEnd), BigInt(YEAR_2026), BigInt(creditingUntil)],
        );
      }
    });

    it('a period after the crediting period also when all is deducted', async () => {
      const { world } = await freshPlant();
      const creditingUntil = YEAR_2026 + DAY - 1;
      const projectId = await register(world, { creditingUntil });
      await validate(world, projectId);
      const device = await claim(world);
      await world.registryOf(world.actors.owner).write.bindDevice([device.id, projectId, 6_000]);
      await assertRefused(
        submitClosings(
          world,
          closingOf(device, validHeader(world, device)),
          submissionOf(projectId, { deductedWh: 1_000n }),
        ),
        'OutsideCreditingPeriod',
        [BigInt(YEAR_2026), BigInt(YEAR_2026 + DAY), BigInt(YEAR_2026), BigInt(creditingUntil)],
      );
    });

    it('energy in two vintages, unless all of it is deducted', async () => {
      const { world, device } = await freshPlant();
      const header = validHeader(world, device, { closedAt: YEAR_2027 + 1, exportWh: 9n });
      for (const deductedWh of [0n, 8n]) {
        const submission = submissionOf(1, { periodEnd: YEAR_2027 + 1, deductedWh });
        await assertRefused(
          submitClosings(world, closingOf(device, header), submission),
          'VintageSpan',
          [2026n, 2027n],
        );
      }
    });

    it('a deduction of more than was exported', async () => {
      const { world, device } = await freshPlant();
      const closing = closingOf(device, validHeader(world, device));
      await assertRefused(
        submitClosings(world, closing, submissionOf(1, { deductedWh: 1_001n })),
        'DeductionExceedsExport',
        [1_001n, 1_000n],
      );
    });
  });
});
