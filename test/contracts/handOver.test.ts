import assert from 'node:assert/strict';

import { concat, getAddress, zeroAddress } from 'viem';

import { openChain } from './support/chain.ts';
import { claimOf, createDevice, type TestDevice } from './support/device.ts';
import { CHANGED_AT, equivocationOf, rotationOf } from './support/life.ts';
import { assertRefused } from './support/refusal.ts';
import {
  claim,
  close,
  DAY,
  DEVICE_W,
  FACTOR_UG_PER_WH,
  PLANT,
  PLANT_W,
  submissionOf,
  YEAR_2026,
  type Wallet,
  type World,
} from './support/world.ts';

const { assertions, freshWorld, freshPlant } = await openChain();

const addressOf = ({ account }: Wallet) => getAddress(account.address);
const CLOSED_AT = YEAR_2026 + DAY;

/** A validated plant of the buyer. */
async function plantOfBuyer(world: World): Promise<number> {
  const { buyer, validator, submitter } = world.actors;
  await world.registryOf(buyer).write.registerProject([PLANT]);
  await world
    .registryOf(validator)
    .write.validateProject([2, FACTOR_UG_PER_WH, submitter.account.address]);
  return 2;
}

async function handOver(world: World, deviceId: `0x${string}`) {
  const { owner, buyer } = world.actors;
  await world.registryOf(owner).write.offerDevice([deviceId, buyer.account.address]);
  await world.registryOf(buyer).write.acceptDevice([deviceId]);
}

/** A closing of the second day that exports on top of the first day's 20,000 Wh. */
const secondDay = { openedAt: CLOSED_AT, closedAt: CLOSED_AT + DAY, exportWh: 50_000n };

/** A plant whose device was credited up to the end of the first day, and the closing of the second. */
async function creditedPlant() {
  const plant = await freshPlant();
  const { world, projectId, device } = plant;
  const registry = world.registryOf(world.actors.submitter);
  const first = { openedAt: YEAR_2026, closedAt: CLOSED_AT, sequence: 5, exportWh: 20_000n };
  await registry.write.submit([submissionOf(projectId), close(world, device, first)]);
  const submission = (id: number) =>
    submissionOf(id, { periodStart: CLOSED_AT, periodEnd: CLOSED_AT + DAY });
  return { ...plant, submission, submit: registry.write.submit };
}

describe('hand-over of a device', () => {
  describe('offerDevice', () => {
    it('offers to a wallet, in place of an earlier offer, and takes the offer back', async () => {
      const { world, device } = await freshPlant();
      const { owner, buyer, admin } = world.actors;
      const registry = world.registryOf(owner);
      for (const to of [addressOf(buyer), addressOf(admin), zeroAddress]) {
        await assertions.emitWithArgs(
          registry.write.offerDevice([device.id, to]),
          registry,
          'DeviceOffered',
          [device.id, addressOf(owner), to],
        );
        assert.equal((await registry.read.device([device.id])).offeredTo, to);
      }
      await assertRefused(
        world.registryOf(buyer).write.acceptDevice([device.id]),
        'DeviceNotOffered',
        [device.id, addressOf(buyer), zeroAddress],
      );
    });

    it('changes nothing by itself: the device measures for its project', async () => {
      const { world, device, submission, submit } = await creditedPlant();
      const { owner, buyer } = world.actors;
      await world.registryOf(owner).write.offerDevice([device.id, buyer.account.address]);
      await submit([submission(1), close(world, device, { ...secondDay, sequence: 6 })]);
    });

    it('refuses who does not own the device, and one that nobody claimed', async () => {
      const { world, device } = await freshPlant();
      const { owner, buyer } = world.actors;
      const { write } = world.registryOf(buyer);
      await assertRefused(write.offerDevice([device.id, addressOf(buyer)]), 'NotDeviceOwner', [
        device.id,
        addressOf(buyer),
        addressOf(owner),
      ]);
      const stranger = createDevice();
      await assertRefused(write.offerDevice([stranger.id, addressOf(buyer)]), 'DeviceUnknown', [
        stranger.id,
      ]);
    });

    it('refuses a revoked or frozen device', async () => {
      const { world, device } = await freshPlant();
      const { buyer } = world.actors;
      const { write } = world.registryOf(world.actors.owner);
      await write.revokeDevice([device.id, CHANGED_AT]);
      await assertRefused(write.offerDevice([device.id, addressOf(buyer)]), 'DeviceRevoked', [
        device.id,
        BigInt(CHANGED_AT),
        BigInt(YEAR_2026),
      ]);
      await write.freezeDevice(equivocationOf(world, device).args);
      await assertRefused(write.offerDevice([device.id, addressOf(buyer)]), 'DeviceFrozen', [
        device.id,
      ]);
    });
  });

  describe('acceptDevice', () => {
    it('takes the device out of its project with its sequence, time and registers', async () => {
      const { world, projectId, device } = await creditedPlant();
      const { owner, buyer } = world.actors;
      await world.registryOf(owner).write.offerDevice([device.id, addressOf(buyer)]);
      const registry = world.registryOf(buyer);
      await assertions.emitWithArgs(
        registry.write.acceptDevice([device.id]),
        registry,
        'DeviceHandedOver',
        [device.id, addressOf(owner), addressOf(buyer), projectId],
      );
      assert.deepEqual(await registry.read.device([device.id]), {
        owner: addressOf(buyer),
        projectId: 0,
        sequence: 5,
        closedAt: CLOSED_AT,
        exportWh: 20_000n,
        importWh: 0n,
        capacityW: 0,
        status: 1,
        revokedFrom: 0,
        offeredTo: zeroAddress,
      });
      const { boundCapacityW, replacementsFrom } = await registry.read.project([projectId]);
      assert.deepEqual([boundCapacityW, replacementsFrom], [0, CLOSED_AT]);
    });

    it('says project 0 of a device that had none', async () => {
      const world = await freshWorld();
      const device = await claim(world);
      const { owner, buyer } = world.actors;
      await world.registryOf(owner).write.offerDevice([device.id, addressOf(buyer)]);
      const registry = world.registryOf(buyer);
      await assertions.emitWithArgs(
        registry.write.acceptDevice([device.id]),
        registry,
        'DeviceHandedOver',
        [device.id, addressOf(owner), addressOf(buyer), 0],
      );
    });

    it('leaves the former owner with nothing to do', async () => {
      const { world, projectId, device } = await freshPlant();
      await handOver(world, device.id);
      const { owner, buyer } = world.actors;
      const { write } = world.registryOf(owner);
      const refused = [device.id, addressOf(owner), addressOf(buyer)] as const;
      await assertRefused(write.bindDevice([device.id, projectId, 1]), 'NotDeviceOwner', refused);
      await assertRefused(write.revokeDevice([device.id, 1]), 'NotDeviceOwner', refused);
      await assertRefused(
        write.offerDevice([device.id, addressOf(owner)]),
        'NotDeviceOwner',
        refused,
      );
      await assertRefused(
        write.rotateDevice(rotationOf(world, device).args),
        'NotDeviceOwner',
        refused,
      );
      await assertRefused(write.claimDevice(claimArgs(world, device)), 'DeviceAlreadyClaimed', [
        device.id,
        addressOf(buyer),
      ]);
    });

    it('is for once: what is handed back has to be offered anew', async () => {
      const { world, device } = await freshPlant();
      await handOver(world, device.id);
      const { owner, buyer } = world.actors;
      await assertRefused(
        world.registryOf(buyer).write.acceptDevice([device.id]),
        'DeviceNotOffered',
        [device.id, addressOf(buyer), zeroAddress],
      );
      await world.registryOf(buyer).write.offerDevice([device.id, addressOf(owner)]);
      await world.registryOf(owner).write.acceptDevice([device.id]);
      await world.registryOf(owner).write.bindDevice([device.id, 1, DEVICE_W]);
    });

    it('refuses whom it is not offered to', async () => {
      const { world, device } = await freshPlant();
      const { owner, buyer, admin } = world.actors;
      await world.registryOf(owner).write.offerDevice([device.id, addressOf(buyer)]);
      for (const wallet of [admin, owner]) {
        await assertRefused(
          world.registryOf(wallet).write.acceptDevice([device.id]),
          'DeviceNotOffered',
          [device.id, addressOf(wallet), addressOf(buyer)],
        );
      }
    });

    it('refuses what was revoked, rotated or frozen since the offer', async () => {
      const { world, device } = await freshPlant();
      const { owner, buyer } = world.actors;
      const { write } = world.registryOf(owner);
      const accept = (id: `0x${string}`) => world.registryOf(buyer).write.acceptDevice([id]);
      const frozen = await claim(world);
      for (const { id } of [device, frozen]) await write.offerDevice([id, addressOf(buyer)]);
      const { next, args } = rotationOf(world, device);
      await write.rotateDevice(args);
      await assertRefused(accept(device.id), 'DeviceRevoked', [
        device.id,
        BigInt(CHANGED_AT),
        BigInt(YEAR_2026),
      ]);
      await assertRefused(accept(next.id), 'DeviceNotOffered', [
        next.id,
        addressOf(buyer),
        zeroAddress,
      ]);
      await write.freezeDevice(equivocationOf(world, frozen).args);
      await assertRefused(accept(frozen.id), 'DeviceFrozen', [frozen.id]);
    });
  });

  describe('between two projects', () => {
    it('credits no watt-hour in both: the new project begins where the old one ended', async () => {
      const { world, device, submission, submit } = await creditedPlant();
      const projectId = await plantOfBuyer(world);
      await handOver(world, device.id);
      await world.registryOf(world.actors.buyer).write.bindDevice([device.id, projectId, DEVICE_W]);
      const first = close(world, device, { openedAt: YEAR_2026, closedAt: CLOSED_AT, sequence: 5 });
      await assertRefused(submit([submissionOf(projectId), first]), 'SequenceReplay', [
        device.id,
        5n,
        5n,
      ]);
      await submit([submission(projectId), close(world, device, { ...secondDay, sequence: 6 })]);
      const { creditableWh } = await world.registry.read.batch([2_000_001n]);
      assert.equal(creditableWh, 30_000n);
    });

    it('refuses the batch in flight of the old project; without the device it passes', async () => {
      const { world, projectId, device, submission, submit } = await creditedPlant();
      const { write } = world.registryOf(world.actors.owner);
      // The first device fills the plant: another is bound once it left.
      const closing = close(world, device, { ...secondDay, sequence: 6 });
      await handOver(world, device.id);
      const other = await claim(world, { claimedAt: CLOSED_AT });
      await write.bindDevice([other.id, projectId, PLANT_W]);
      const own = close(world, other, { ...secondDay, exportWh: 40_000n });
      await assertRefused(
        submit([submission(projectId), concat([own, closing])]),
        'DeviceUnbound',
        [device.id],
      );
      await submit([submission(projectId), own]);
      const target = await plantOfBuyer(world);
      await world.registryOf(world.actors.buyer).write.bindDevice([device.id, target, DEVICE_W]);
      await assertRefused(
        submit([submission(projectId), close(world, device, { ...secondDay, sequence: 6 })]),
        'DeviceOfOtherProject',
        [device.id, target, projectId],
      );
    });

    it('binds in the new project only from when its capacity is free', async () => {
      const { world, device } = await creditedPlant();
      const { buyer } = world.actors;
      const projectId = await plantOfBuyer(world);
      const { write } = world.registryOf(buyer);
      // A device of the buyer that counts until after the handed-over one's last closing.
      const own = createDevice();
      await write.claimDevice(claimArgs(world, own, buyer));
      await write.bindDevice([own.id, projectId, DEVICE_W]);
      await handOver(world, device.id);
      await assertRefused(
        write.bindDevice([device.id, projectId, DEVICE_W]),
        'PlantCapacityExceeded',
        [projectId, BigInt(2 * DEVICE_W), BigInt(PLANT_W)],
      );
      await write.revokeDevice([own.id, CLOSED_AT + 1]);
      await assertRefused(
        write.bindDevice([device.id, projectId, DEVICE_W]),
        'DeviceClaimedTooEarly',
        [device.id, BigInt(CLOSED_AT), BigInt(CLOSED_AT) + 1n],
      );
    });
  });
});

/** The arguments of `claimDevice` for the owner, or another. */
function claimArgs(world: World, device: TestDevice, wallet = world.actors.owner) {
  const owner = wallet.account.address;
  const fields = { domain: world.domain, deviceId: device.id, owner, claimedAt: YEAR_2026 };
  const claimed = claimOf(fields);
  return [claimed, device.publicKey, device.sign(claimed)] as const;
}
