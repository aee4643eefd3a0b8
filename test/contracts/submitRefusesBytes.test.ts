import { concat, slice, type Hex } from 'viem';

import { openChain } from './support/chain.ts';
import { closingOf, patched } from './support/device.ts';
import { assertRefused } from './support/refusal.ts';
import { DAY, fieldName, YEAR_2026 } from './support/world.ts';

import { submitClosings, validHeader } from './support/submission.ts';

const { freshPlant } = await openChain();

/** Where the fields of a header begin (SPEC section 4). */
const AT = {
  magic: 0,
  sequence: 68,
  openedAt: 76,
  closedAt: 84,
  exportWh: 92,
  importWh: 100,
  count: 108,
  flags: 110,
} as const;

describe('submit refuses', () => {
  describe('bytes:', () => {
    it('closings that are no whole records', async () => {
      const { world, device } = await freshPlant();
      const closing = closingOf(device, validHeader(world, device));
      for (const [bytes, length, expected] of [
        ['0x', 0n, 304n],
        [slice(closing, 0, 303), 303n, 304n],
        [concat([closing, '0x00']), 305n, 608n],
      ] as const) {
        await assertRefused(submitClosings(world, bytes), 'WindowTruncated', [length, expected]);
      }
    });

    it('a count of 0 or above 256', async () => {
      const { world, device } = await freshPlant();
      for (const [count, value] of [
        ['0x0000', 0n],
        ['0x0101', 257n],
        ['0xffff', 65_535n],
      ] as const) {
        const header = patched(validHeader(world, device), AT.count, count);
        await assertRefused(submitClosings(world, closingOf(device, header)), 'CountOutOfRange', [
          value,
        ]);
      }
    });

    it('another version', async () => {
      const { world, device } = await freshPlant();
      for (const magic of ['0x54545702', '0x54544301', '0x00000000'] as const) {
        const header = patched(validHeader(world, device), AT.magic, magic);
        await assertRefused(submitClosings(world, closingOf(device, header)), 'VersionUnknown', [
          magic,
        ]);
      }
    });

    it('flags that this version does not know', async () => {
      const { world, device } = await freshPlant();
      for (const [flags, value] of [
        ['0x0008', 8n],
        ['0x8000', 32_768n],
        ['0xffff', 65_535n],
      ] as const) {
        const header = patched(validHeader(world, device), AT.flags, flags);
        await assertRefused(submitClosings(world, closingOf(device, header)), 'FlagsUnknown', [
          value,
        ]);
      }
    });

    it('a number above its limit, each by one bit and by all', async () => {
      const { world, device } = await freshPlant();
      const limits = { sequence: 32n, openedAt: 40n, closedAt: 40n, exportWh: 56n, importWh: 56n };
      for (const field of ['sequence', 'openedAt', 'closedAt', 'exportWh', 'importWh'] as const) {
        for (const value of [2n ** limits[field], 2n ** 63n, 2n ** 64n - 1n]) {
          const bytes: Hex = `0x${value.toString(16).padStart(16, '0')}`;
          // All flags that are known: nothing else is wrong with it.
          const flagged = patched(validHeader(world, device), AT.flags, '0x0007');
          const header = patched(flagged, AT[field], bytes);
          await assertRefused(submitClosings(world, closingOf(device, header)), 'ValueOutOfRange', [
            fieldName(field),
            value,
          ]);
        }
      }
    });

    it('sequence 0', async () => {
      const { world, device } = await freshPlant();
      const header = patched(validHeader(world, device), AT.sequence, '0x0000000000000000');
      await assertRefused(submitClosings(world, closingOf(device, header)), 'ValueOutOfRange', [
        fieldName('sequence'),
        0n,
      ]);
    });

    it('a window that does not close after it opened', async () => {
      const { world, device } = await freshPlant();
      const closedAt = YEAR_2026 + DAY;
      for (const openedAt of [closedAt, closedAt + 1]) {
        await assertRefused(
          submitClosings(world, closingOf(device, validHeader(world, device, { openedAt }))),
          'TimeOrder',
          [BigInt(openedAt), BigInt(closedAt)],
        );
      }
    });
  });
});
