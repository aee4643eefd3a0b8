import assert from 'node:assert/strict';

import { slice, zeroAddress, type Hex } from 'viem';

import { domainOf } from '../../protocol/src/index.ts';
import { openChain } from './support/chain.ts';
import { closingOf, createDevice, patched, sha256Of, toHighS } from './support/device.ts';
import { assertRefused } from './support/refusal.ts';
import { claim, DAY, PLANT, register, YEAR_2026, YEAR_2027 } from './support/world.ts';

import { submitClosings, validHeader } from './support/submission.ts';

const { freshPlant } = await openChain();

describe('submit refuses', () => {
  describe('origin:', () => {
    it('a window for another chain or registry', async () => {
      const { world, device } = await freshPlant();
      for (const domain of [domainOf(1, world.registry.address), domainOf(31_337, zeroAddress)]) {
        await assertRefused(
          submitClosings(world, closingOf(device, validHeader(world, device, { domain }))),
          'DomainMismatch',
          [domain, world.domain],
        );
      }
    });

    it('an unknown device', async () => {
      const { world } = await freshPlant();
      const device = createDevice();
      await assertRefused(
        submitClosings(world, closingOf(device, validHeader(world, device))),
        'DeviceUnknown',
        [device.id],
      );
    });

    it('a device that is bound to no project', async () => {
      const { world } = await freshPlant();
      const device = await claim(world);
      await assertRefused(
        submitClosings(world, closingOf(device, validHeader(world, device))),
        'DeviceUnbound',
        [device.id],
      );
    });

    it('a device that was revoked before it was bound', async () => {
      const { world } = await freshPlant();
      const device = await claim(world);
      await world.registryOf(world.actors.owner).write.revokeDevice([device.id, YEAR_2026]);
      await assertRefused(
        submitClosings(world, closingOf(device, validHeader(world, device))),
        'DeviceUnbound',
        [device.id],
      );
    });

    it('a device of another project, revoked or not', async () => {
      const { world } = await freshPlant();
      const other = await register(world, PLANT);
      const device = await claim(world);
      const { write } = world.registryOf(world.actors.owner);
      await write.bindDevice([device.id, other, 6_000]);
      const closing = closingOf(device, validHeader(world, device));
      const values = [device.id, other, 1] as const;
      await assertRefused(submitClosings(world, closing), 'DeviceOfOtherProject', values);
      await write.revokeDevice([device.id, YEAR_2027]);
      await assertRefused(submitClosings(world, closing), 'DeviceOfOtherProject', values);
    });

    it('a revoked device that closes at the revocation or after it', async () => {
      const { world, device } = await freshPlant();
      const closedAt = YEAR_2026 + DAY;
      const { write } = world.registryOf(world.actors.owner);
      for (const from of [closedAt, closedAt - 1]) {
        await write.revokeDevice([device.id, from]);
        await assertRefused(
          submitClosings(world, closingOf(device, validHeader(world, device))),
          'DeviceRevoked',
          [device.id, BigInt(from), BigInt(closedAt)],
        );
      }
    });

    it('a public key that is not of the device', async () => {
      const { world, device } = await freshPlant();
      const other = createDevice();
      const header = validHeader(world, device);
      await assertRefused(submitClosings(world, closingOf(other, header)), 'PublicKeyMismatch', [
        device.id,
        other.id,
      ]);
    });

    it('a high s', async () => {
      const { world, device } = await freshPlant();
      const header = validHeader(world, device);
      const signature = toHighS(device.sign(header));
      await assertRefused(
        submitClosings(world, closingOf(device, header, signature)),
        'SignatureHighS',
        [device.id, slice(signature, 32)],
      );
    });

    it('a signature of other bytes, of another key, or of zeros', async () => {
      const { world, device } = await freshPlant();
      const header = validHeader(world, device);
      const signatures: Hex[] = [
        device.sign(validHeader(world, device, { exportWh: 999n })),
        createDevice().sign(header),
        `0x${'00'.repeat(64)}`,
      ];
      for (const signature of signatures) {
        await assertRefused(
          submitClosings(world, closingOf(device, header, signature)),
          'SignatureInvalid',
          [device.id, sha256Of(header)],
        );
      }
    });

    it('every single bit of a signed header when it is flipped', async () => {
      const { world, device } = await freshPlant();
      const header = validHeader(world, device);
      const signature = device.sign(header);
      for (let offset = 0; offset < 176; offset++) {
        const flipped = Number(slice(header, offset, offset + 1)) ^ (1 << (offset % 8));
        const byte: Hex = `0x${flipped.toString(16).padStart(2, '0')}`;
        const altered = patched(header, offset, byte);
        await assert.rejects(
          submitClosings(world, closingOf(device, altered, signature)),
          `byte ${offset}`,
        );
      }
    });
  });
});
