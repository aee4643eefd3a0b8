import assert from 'node:assert/strict';

import hre from 'hardhat';
import { concat, getAddress, parseEventLogs, slice, zeroAddress } from 'viem';

import { registryAbi } from '../../protocol/src/index.ts';
import { openChain } from './support/chain.ts';
import { createDevice, patched, sha256Of } from './support/device.ts';
import { recordOf } from './support/life.ts';
import { assertRefused } from './support/refusal.ts';
import {
  claim,
  claimedBy,
  close,
  DAY,
  fieldName,
  PLANT,
  PLANT_W,
  register,
  submissionOf,
  validate,
  YEAR_2026,
} from './support/world.ts';

const { freshWorld } = await openChain();

/** A plant of the owner and the function that registers for it. */
async function plant() {
  const world = await freshWorld();
  const projectId = await register(world);
  await validate(world, projectId);
  const registry = world.registryOf(world.actors.owner);
  return { world, projectId, registry, owner: getAddress(world.actors.owner.account.address) };
}

describe('registerDevices', () => {
  it('claims and binds every device of the records', async () => {
    const { world, projectId, registry, owner } = await plant();
    const devices = [createDevice(), createDevice(), createDevice()];
    const state = { exportWh: 12n, importWh: 3n };
    const records = devices.map((device, index) =>
      recordOf(world, device, 1_000 * (index + 1), state),
    );
    const receipt = await world.mined(registry.write.registerDevices([projectId, concat(records)]));
    const events = parseEventLogs({ abi: registryAbi, logs: receipt.logs });
    assert.deepEqual(
      events.map(({ eventName, args }) => [eventName, args]),
      devices.flatMap((device, index) => [
        [
          'DeviceClaimed',
          {
            deviceId: device.id,
            owner,
            publicKey: device.publicKey,
            claimHash: sha256Of(claimedBy(world, device, state)[0]),
            claimedAt: YEAR_2026,
            ...state,
          },
        ],
        ['DeviceBound', { deviceId: device.id, projectId, capacityW: 1_000 * (index + 1) }],
      ]),
    );
    for (const [index, device] of devices.entries()) {
      assert.deepEqual(await registry.read.device([device.id]), {
        owner,
        projectId,
        sequence: 0,
        closedAt: YEAR_2026,
        ...state,
        capacityW: 1_000 * (index + 1),
        status: 2,
        revokedFrom: 0,
        offeredTo: zeroAddress,
      });
    }
    assert.equal((await registry.read.project([projectId])).boundCapacityW, 6_000);
  });

  it('takes as many as the command line sends in one transaction', async function () {
    if (hre.globalOptions.coverage) this.skip();
    const { world, projectId, registry } = await plant();
    const records = Array.from({ length: 350 }, () => recordOf(world, createDevice(), 1));
    const hash = await registry.write.registerDevices([projectId, concat(records)]);
    const { gasUsed } = await world.reader.waitForTransactionReceipt({ hash });
    assert.ok(gasUsed <= 16_777_216n, String(gasUsed));
  });

  it('leaves a device that lives like any other: credited, handed over, revoked', async () => {
    const { world, projectId, registry } = await plant();
    const device = createDevice();
    await registry.write.registerDevices([projectId, recordOf(world, device, PLANT_W)]);
    const closing = close(world, device, { openedAt: YEAR_2026, closedAt: YEAR_2026 + DAY });
    await world.registryOf(world.actors.submitter).write.submit([submissionOf(projectId), closing]);
    const { buyer } = world.actors;
    await registry.write.offerDevice([device.id, buyer.account.address]);
    const taker = world.registryOf(buyer);
    await taker.write.acceptDevice([device.id]);
    await taker.write.revokeDevice([device.id, YEAR_2026]);
    const { owner, status } = await registry.read.device([device.id]);
    assert.deepEqual([owner, status], [getAddress(buyer.account.address), 3]);
  });

  it('refuses no records, or half ones', async () => {
    const { world, projectId, registry } = await plant();
    const record = recordOf(world, createDevice(), 1);
    for (const [records, length] of [
      ['0x', 0n],
      [slice(record, 0, 243), 243n],
      [concat([record, '0x00']), 245n],
    ] as const) {
      await assertRefused(
        registry.write.registerDevices([projectId, records]),
        'RegistrationInvalid',
        [length, 244n],
      );
    }
  });

  it('refuses the project of another, or none', async () => {
    const { world, registry, owner } = await plant();
    const { buyer } = world.actors;
    await world.registryOf(buyer).write.registerProject([PLANT]);
    const record = recordOf(world, createDevice(), 1);
    for (const [projectId, found] of [
      [2, getAddress(buyer.account.address)],
      [3, zeroAddress],
      [0, zeroAddress],
    ] as const) {
      await assertRefused(registry.write.registerDevices([projectId, record]), 'NotProjectOwner', [
        projectId,
        owner,
        found,
      ]);
    }
  });

  it('undoes everything when one is claimed already, also in the same records', async () => {
    const { world, projectId, registry, owner } = await plant();
    const known = await claim(world);
    const twice = createDevice();
    for (const devices of [
      [createDevice(), known],
      [twice, createDevice(), twice],
    ]) {
      const records = devices.map((device) => recordOf(world, device, 1));
      await assertRefused(
        registry.write.registerDevices([projectId, concat(records)]),
        'DeviceAlreadyClaimed',
        [(devices.at(-1) ?? assert.fail()).id, owner],
      );
    }
    assert.equal((await registry.read.device([twice.id])).status, 0);
    assert.equal((await registry.read.project([projectId])).boundCapacityW, 0);
  });

  it('fills the plant with what is bound before, and not a watt above', async () => {
    const { world, projectId, registry } = await plant();
    const first = await claim(world);
    await registry.write.bindDevice([first.id, projectId, 1_000]);
    const two = (capacityW: number) =>
      concat([recordOf(world, createDevice(), 2_000), recordOf(world, createDevice(), capacityW)]);
    await assertRefused(
      registry.write.registerDevices([projectId, two(3_001)]),
      'PlantCapacityExceeded',
      [projectId, 6_001n, BigInt(PLANT_W)],
    );
    await assertRefused(
      registry.write.registerDevices([projectId, two(2 ** 32 - 1)]),
      'PlantCapacityExceeded',
      [projectId, 3_000n + 2n ** 32n - 1n, BigInt(PLANT_W)],
    );
    await registry.write.registerDevices([projectId, two(3_000)]);
    assert.equal((await registry.read.project([projectId])).boundCapacityW, PLANT_W);
  });

  it('refuses no capacity, and a claim of before the plant had room', async () => {
    const { world, projectId, registry } = await plant();
    await assertRefused(
      registry.write.registerDevices([projectId, recordOf(world, createDevice(), 0)]),
      'ValueOutOfRange',
      [fieldName('capacityW'), 0n],
    );
    const revoked = await claim(world);
    await registry.write.bindDevice([revoked.id, projectId, PLANT_W]);
    await registry.write.revokeDevice([revoked.id, YEAR_2026 + 9]);
    const late = createDevice();
    const at = (claimedAt: number) => recordOf(world, late, PLANT_W, { claimedAt });
    await assertRefused(
      registry.write.registerDevices([projectId, at(YEAR_2026 + 8)]),
      'DeviceClaimedTooEarly',
      [late.id, BigInt(YEAR_2026) + 8n, BigInt(YEAR_2026) + 9n],
    );
    await registry.write.registerDevices([projectId, at(YEAR_2026 + 9)]);
  });

  it('checks the claim of each record as claimDevice does', async () => {
    const { world, projectId, registry, owner } = await plant();
    const { buyer } = world.actors;
    const device = createDevice();
    const good = recordOf(world, createDevice(), 1);
    const record = recordOf(world, device, 1);
    const send = (bytes: `0x${string}`) =>
      registry.write.registerDevices([projectId, concat([good, bytes])]);
    await assertRefused(send(patched(record, 0, '0x54545701')), 'VersionUnknown', ['0x54545701']);
    await assertRefused(send(patched(record, 4, sha256Of('0x'))), 'DomainMismatch', [
      sha256Of('0x'),
      world.domain,
    ]);
    const elsewhere = patched(record, 68, buyer.account.address);
    await assertRefused(send(elsewhere), 'NotDeviceOwner', [
      device.id,
      owner,
      getAddress(buyer.account.address),
    ]);
    const other = createDevice();
    await assertRefused(send(patched(record, 112, other.publicKey)), 'PublicKeyMismatch', [
      device.id,
      other.id,
    ]);
    const later = patched(record, 103, '0x01');
    await assertRefused(send(later), 'SignatureInvalid', [
      device.id,
      sha256Of(slice(later, 0, 112)),
    ]);
  });
});
