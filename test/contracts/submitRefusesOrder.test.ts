import assert from 'node:assert/strict';

import { concat } from 'viem';

import { openChain } from './support/chain.ts';
import { closingOf, createDevice } from './support/device.ts';
import { assertRefused } from './support/refusal.ts';
import { close, DAY, submissionOf, YEAR_2026 } from './support/world.ts';

import { submitClosings, validHeader, type Fields } from './support/submission.ts';

const { freshPlant } = await openChain();

describe('submit refuses', () => {
  describe('what does not lie forward:', () => {
    /** Day 1 was credited: sequence 5, 1,000 Wh out, 1 Wh in. */
    async function freshSecondDay() {
      const { world, device } = await freshPlant();
      await submitClosings(world, closingOf(device, validHeader(world, device)));
      const second = (fields: Fields) =>
        submitClosings(
          world,
          closingOf(
            device,
            validHeader(world, device, {
              sequence: 6,
              closedAt: YEAR_2026 + 2 * DAY,
              exportWh: 2_000n,
              importWh: 2n,
              ...fields,
            }),
          ),
          submissionOf(1, { periodStart: YEAR_2026 + DAY, periodEnd: YEAR_2026 + 2 * DAY }),
        );
      return { world, device, second };
    }

    it('a sequence that was credited', async () => {
      const { device, second } = await freshSecondDay();
      for (const sequence of [4, 5]) {
        await assertRefused(second({ sequence }), 'SequenceReplay', [
          device.id,
          BigInt(sequence),
          5n,
        ]);
      }
      await second({});
    });

    it('the same submission once more', async () => {
      const { world, device } = await freshSecondDay();
      await assertRefused(
        submitClosings(world, closingOf(device, validHeader(world, device))),
        'SequenceReplay',
        [device.id, 5n, 5n],
      );
    });

    it('the same window twice in one submission', async () => {
      const { world, device } = await freshPlant();
      const closing = closingOf(device, validHeader(world, device));
      await assertRefused(submitClosings(world, concat([closing, closing])), 'SequenceReplay', [
        device.id,
        5n,
        5n,
      ]);
    });

    it('a window that closes no later', async () => {
      const { device, second } = await freshSecondDay();
      const last = YEAR_2026 + DAY;
      for (const closedAt of [last - 1, last]) {
        await assertRefused(second({ closedAt }), 'TimeOverlap', [
          device.id,
          BigInt(closedAt),
          BigInt(last),
        ]);
      }
    });

    it('a register that ran backwards', async () => {
      const { device, second } = await freshSecondDay();
      await assertRefused(second({ exportWh: 999n }), 'RegisterRollback', [
        device.id,
        999n,
        2n,
        1_000n,
        1n,
      ]);
      await assertRefused(second({ importWh: 0n }), 'RegisterRollback', [
        device.id,
        2_000n,
        0n,
        1_000n,
        1n,
      ]);
      await second({ exportWh: 1_000n, importWh: 1n });
    });

    it('a device whose opening or closing is outside the period', async () => {
      const { world, device } = await freshPlant();
      const closing = close(world, device, {
        openedAt: YEAR_2026,
        closedAt: YEAR_2026 + DAY,
      });
      for (const [periodStart, periodEnd] of [
        [YEAR_2026 + 1, YEAR_2026 + DAY],
        [YEAR_2026, YEAR_2026 + DAY - 1],
      ] as const) {
        await assertRefused(
          submitClosings(world, closing, submissionOf(1, { periodStart, periodEnd })),
          'OutsidePeriod',
          [
            device.id,
            BigInt(YEAR_2026),
            BigInt(YEAR_2026 + DAY),
            BigInt(periodStart),
            BigInt(periodEnd),
          ],
        );
      }
    });

    it('more energy than the capacity gives in the time', async () => {
      const { world, device } = await freshPlant();
      const tooMuch = closingOf(device, validHeader(world, device, { exportWh: 144_002n }));
      await assertRefused(submitClosings(world, tooMuch), 'CapacityExceeded', [
        device.id,
        144_002n,
        144_001n,
      ]);
      const largest = closingOf(device, validHeader(world, device, { exportWh: 2n ** 56n - 1n }));
      await assertRefused(submitClosings(world, largest), 'CapacityExceeded', [
        device.id,
        2n ** 56n - 1n,
        144_001n,
      ]);
    });

    it('all devices when one is refused', async () => {
      const { world, device } = await freshPlant();
      const unknown = createDevice();
      await assertRefused(
        submitClosings(
          world,
          concat([
            closingOf(device, validHeader(world, device)),
            closingOf(unknown, validHeader(world, unknown)),
          ]),
        ),
        'DeviceUnknown',
        [unknown.id],
      );
      assert.equal((await world.registry.read.device([device.id])).sequence, 0);
    });
  });
});
