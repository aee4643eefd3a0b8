import assert from 'node:assert/strict';

import { getAddress, zeroAddress } from 'viem';

import { openChain } from './support/chain.ts';
import { sha256Of } from './support/device.ts';
import { assertRefused } from './support/refusal.ts';
import {
  claim,
  close,
  DAY,
  DEVICE_W,
  fieldName,
  PLANT,
  PLANT_W,
  register,
  submissionOf,
  validate,
  YEAR_2026,
} from './support/world.ts';

const { assertions, time, freshWorld, freshPlant } = await openChain();

describe('Devices of a project', () => {
  describe('bindDevice', () => {
    it('binds a claimed device to a project of its owner', async () => {
      const world = await freshWorld();
      const projectId = await register(world);
      const device = await claim(world, { exportWh: 5n });
      const registry = world.registryOf(world.actors.owner);

      await assertions.emitWithArgs(
        registry.write.bindDevice([device.id, projectId, 4_000]),
        registry,
        'DeviceBound',
        [device.id, projectId, 4_000],
      );

      const bound = await registry.read.device([device.id]);
      assert.deepEqual(
        [bound.projectId, bound.capacityW, bound.status, bound.closedAt, bound.exportWh],
        [projectId, 4_000, 2, YEAR_2026, 5n],
      );
      assert.equal((await registry.read.project([projectId])).boundCapacityW, 4_000);
    });

    it('fills the plant to its capacity and not a watt above', async () => {
      const world = await freshWorld();
      const projectId = await register(world);
      const registry = world.registryOf(world.actors.owner);
      const [first, second, third] = [await claim(world), await claim(world), await claim(world)];
      await registry.write.bindDevice([first.id, projectId, PLANT_W - 1]);
      await assertRefused(
        registry.write.bindDevice([second.id, projectId, 2]),
        'PlantCapacityExceeded',
        [projectId, BigInt(PLANT_W) + 1n, BigInt(PLANT_W)],
      );
      await registry.write.bindDevice([second.id, projectId, 1]);
      await assertRefused(
        registry.write.bindDevice([third.id, projectId, 2 ** 32 - 1]),
        'PlantCapacityExceeded',
        [projectId, BigInt(PLANT_W) + 2n ** 32n - 1n, BigInt(PLANT_W)],
      );
    });

    it('refuses a capacity of zero', async () => {
      const world = await freshWorld();
      const projectId = await register(world);
      const device = await claim(world);
      await assertRefused(
        world.registryOf(world.actors.owner).write.bindDevice([device.id, projectId, 0]),
        'ValueOutOfRange',
        [fieldName('capacityW'), 0n],
      );
    });

    it('refuses an unknown device', async () => {
      const { registry } = await freshWorld();
      const id = sha256Of('0x');
      await assertRefused(registry.write.bindDevice([id, 1, 1]), 'DeviceUnknown', [id]);
    });

    it('refuses who owns the project but not the device', async () => {
      const world = await freshWorld();
      const device = await claim(world);
      const { buyer, owner } = world.actors;
      await assertRefused(
        world.registryOf(buyer).write.bindDevice([device.id, 1, 1]),
        'NotDeviceOwner',
        [device.id, getAddress(buyer.account.address), getAddress(owner.account.address)],
      );
    });

    it('refuses a project of another owner, or none', async () => {
      const world = await freshWorld();
      const device = await claim(world);
      const { buyer, owner } = world.actors;
      await world.registryOf(buyer).write.registerProject([PLANT]);
      const { write } = world.registryOf(owner);
      const caller = getAddress(owner.account.address);
      await assertRefused(write.bindDevice([device.id, 1, 1]), 'NotProjectOwner', [
        1,
        caller,
        getAddress(buyer.account.address),
      ]);
      await assertRefused(write.bindDevice([device.id, 2, 1]), 'NotProjectOwner', [
        2,
        caller,
        zeroAddress,
      ]);
    });

    it('refuses a device that is bound, also to the same project', async () => {
      const { world, projectId, device } = await freshPlant();
      const other = await register(world);
      const { write } = world.registryOf(world.actors.owner);
      for (const target of [projectId, other]) {
        await assertRefused(write.bindDevice([device.id, target, 1]), 'DeviceAlreadyBound', [
          device.id,
          projectId,
        ]);
      }
    });

    it('refuses a revoked device', async () => {
      const world = await freshWorld();
      const projectId = await register(world);
      const device = await claim(world);
      const { write } = world.registryOf(world.actors.owner);
      await write.revokeDevice([device.id, YEAR_2026 + 7]);
      await assertRefused(write.bindDevice([device.id, projectId, 1]), 'DeviceRevoked', [
        device.id,
        BigInt(YEAR_2026 + 7),
        BigInt(YEAR_2026),
      ]);
    });
  });

  describe('revokeDevice', () => {
    it('revokes from a time on', async () => {
      const { world, device } = await freshPlant();
      const registry = world.registryOf(world.actors.owner);
      const from = YEAR_2026 + DAY;
      await assertions.emitWithArgs(
        registry.write.revokeDevice([device.id, from]),
        registry,
        'DeviceRevoked',
        [device.id, from],
      );
      const { status, revokedFrom, closedAt } = await registry.read.device([device.id]);
      assert.deepEqual([status, revokedFrom, closedAt], [3, from, YEAR_2026]);
    });

    it('moves to an earlier time and never to a later one', async () => {
      const { world, device } = await freshPlant();
      const { write, read } = world.registryOf(world.actors.owner);
      const from = YEAR_2026 + DAY;
      await write.revokeDevice([device.id, from]);
      for (const later of [from, from + 1]) {
        await assertRefused(write.revokeDevice([device.id, later]), 'RevocationNotEarlier', [
          device.id,
          BigInt(later),
          BigInt(from),
        ]);
      }
      await write.revokeDevice([device.id, 0]);
      assert.equal((await read.device([device.id])).revokedFrom, 0);
      await assertRefused(write.revokeDevice([device.id, 0]), 'RevocationNotEarlier', [
        device.id,
        0n,
        0n,
      ]);
    });

    it('refuses a time after the block', async () => {
      const { world, device } = await freshPlant();
      const { write } = world.registryOf(world.actors.owner);
      const next = (await time.latest()) + 10;
      await time.setNextBlockTimestamp(next);
      await assertRefused(write.revokeDevice([device.id, next + 1]), 'RevocationInFuture', [
        device.id,
        BigInt(next) + 1n,
        BigInt(next),
      ]);
      await write.revokeDevice([device.id, next]);
    });

    it('refuses who does not own the device', async () => {
      const { world, device } = await freshPlant();
      const { buyer, owner } = world.actors;
      await assertRefused(
        world.registryOf(buyer).write.revokeDevice([device.id, 1]),
        'NotDeviceOwner',
        [device.id, getAddress(buyer.account.address), getAddress(owner.account.address)],
      );
    });

    it('frees the capacity for a device that was claimed since', async () => {
      const { world, projectId, device } = await freshPlant();
      const { write, read } = world.registryOf(world.actors.owner);
      const from = YEAR_2026 + DAY;
      const early = await claim(world, { claimedAt: from - 1 });
      const replacement = await claim(world, { claimedAt: from });
      await write.revokeDevice([device.id, from]);

      const { boundCapacityW, replacementsFrom } = await read.project([projectId]);
      assert.deepEqual([boundCapacityW, replacementsFrom], [0, from]);
      await assertRefused(
        write.bindDevice([early.id, projectId, DEVICE_W]),
        'DeviceClaimedTooEarly',
        [early.id, BigInt(from) - 1n, BigInt(from)],
      );
      await write.bindDevice([replacement.id, projectId, DEVICE_W]);
    });

    it('frees it no earlier than the device was credited', async () => {
      const { world, projectId, device } = await freshPlant();
      const registry = world.registryOf(world.actors.submitter);
      await registry.write.submit([
        submissionOf(projectId),
        close(world, device, { openedAt: YEAR_2026, closedAt: YEAR_2026 + DAY }),
      ]);
      await world.registryOf(world.actors.owner).write.revokeDevice([device.id, YEAR_2026 + 1]);
      const { replacementsFrom } = await registry.read.project([projectId]);
      assert.equal(replacementsFrom, YEAR_2026 + DAY);
    });

    it('frees it once, and never counts the time back', async () => {
      const world = await freshWorld();
      const projectId = await register(world);
      await validate(world, projectId);
      const { write, read } = world.registryOf(world.actors.owner);
      const [first, second] = [await claim(world), await claim(world)];
      await write.bindDevice([first.id, projectId, 2_000]);
      await write.bindDevice([second.id, projectId, 3_000]);
      await write.revokeDevice([first.id, YEAR_2026 + 20]);
      await write.revokeDevice([first.id, YEAR_2026 + 10]);
      await write.revokeDevice([second.id, YEAR_2026 + 5]);
      const { boundCapacityW, replacementsFrom } = await read.project([projectId]);
      assert.deepEqual([boundCapacityW, replacementsFrom], [0, YEAR_2026 + 20]);
    });
  });
});
