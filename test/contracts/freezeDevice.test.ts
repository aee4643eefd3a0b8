import assert from 'node:assert/strict';

import { getAddress, slice } from 'viem';

import { openChain } from './support/chain.ts';
import { createDevice, headerOf, patched, sha256Of, toHighS } from './support/device.ts';
import { CHANGED_AT, equivocationOf, rotationOf } from './support/life.ts';
import { assertRefused } from './support/refusal.ts';
import { claim, close, DAY, DEVICE_W, submissionOf, YEAR_2026 } from './support/world.ts';

const { assertions, freshPlant } = await openChain();

describe('freezeDevice', () => {
  it('lets anyone freeze a device with two windows of one number', async () => {
    const { world, projectId, device } = await freshPlant();
    const { buyer, owner } = world.actors;
    const registry = world.registryOf(buyer);
    const { headerA, headerB, args } = equivocationOf(world, device);
    await assertions.emitWithArgs(registry.write.freezeDevice(args), registry, 'DeviceFrozen', [
      device.id,
      getAddress(buyer.account.address),
      9,
      sha256Of(headerA),
      sha256Of(headerB),
    ]);
    const state = await registry.read.device([device.id]);
    assert.deepEqual(
      [state.status, state.projectId, state.capacityW, state.closedAt, state.owner],
      [4, projectId, DEVICE_W, YEAR_2026, getAddress(owner.account.address)],
    );
  });

  it('frees the capacity from the last credited closing on, for a device claimed since', async () => {
    const { world, projectId, device } = await freshPlant();
    const closedAt = YEAR_2026 + DAY;
    const closing = close(world, device, { openedAt: YEAR_2026, closedAt });
    await world.registryOf(world.actors.submitter).write.submit([submissionOf(projectId), closing]);
    const { write, read } = world.registryOf(world.actors.owner);
    await write.freezeDevice(equivocationOf(world, device).args);
    const { boundCapacityW, replacementsFrom } = await read.project([projectId]);
    assert.deepEqual([boundCapacityW, replacementsFrom], [0, closedAt]);
    const early = await claim(world, { claimedAt: closedAt - 1 });
    await assertRefused(
      write.bindDevice([early.id, projectId, DEVICE_W]),
      'DeviceClaimedTooEarly',
      [early.id, BigInt(closedAt) - 1n, BigInt(closedAt)],
    );
    const since = await claim(world, { claimedAt: closedAt });
    await write.bindDevice([since.id, projectId, DEVICE_W]);
  });

  it('frees no capacity a second time when the device was revoked, and ends what still counted', async () => {
    const { world, projectId, device } = await freshPlant();
    const { write, read } = world.registryOf(world.actors.owner);
    await write.revokeDevice([device.id, CHANGED_AT]);
    const next = await claim(world, { claimedAt: CHANGED_AT });
    await write.bindDevice([next.id, projectId, 4_000]);
    await write.freezeDevice(equivocationOf(world, device).args);
    const { boundCapacityW, replacementsFrom } = await read.project([projectId]);
    assert.deepEqual([boundCapacityW, replacementsFrom], [4_000, CHANGED_AT]);
    const closing = close(world, device, { openedAt: YEAR_2026, closedAt: YEAR_2026 + DAY });
    await assertRefused(
      world.registryOf(world.actors.submitter).write.submit([submissionOf(projectId), closing]),
      'DeviceFrozen',
      [device.id],
    );
  });

  it('freezes a device that belongs to no project', async () => {
    const { world } = await freshPlant();
    const device = await claim(world);
    await world.registry.write.freezeDevice(equivocationOf(world, device).args);
    assert.equal((await world.registry.read.device([device.id])).status, 4);
  });

  it('ends everything: crediting, binding, revoking, rotating, offering and freezing', async () => {
    const { world, projectId, device } = await freshPlant();
    const { owner, submitter } = world.actors;
    const { write } = world.registryOf(owner);
    const unbound = await claim(world);
    for (const { id, args } of [device, unbound].map((one) => ({
      id: one.id,
      args: equivocationOf(world, one).args,
    }))) {
      await write.freezeDevice(args);
      const refused = [id] as const;
      await assertRefused(write.freezeDevice(args), 'DeviceFrozen', refused);
      await assertRefused(write.bindDevice([id, projectId, 1]), 'DeviceFrozen', refused);
      await assertRefused(write.revokeDevice([id, YEAR_2026]), 'DeviceFrozen', refused);
      await assertRefused(write.offerDevice([id, owner.account.address]), 'DeviceFrozen', refused);
    }
    await assertRefused(write.rotateDevice(rotationOf(world, device).args), 'DeviceFrozen', [
      device.id,
    ]);
    for (const one of [device, unbound]) {
      const closing = close(world, one, { openedAt: YEAR_2026, closedAt: YEAR_2026 + DAY });
      await assertRefused(
        world.registryOf(submitter).write.submit([submissionOf(projectId), closing]),
        'DeviceFrozen',
        [one.id],
      );
    }
  });

  it('takes a proof of any window, credited or not, also in which only one bit differs', async () => {
    const { world, device } = await freshPlant();
    const { args } = equivocationOf(world, device, { flags: 0 }, { flags: 1, exportWh: 0n });
    await world.registry.write.freezeDevice(args);
  });

  it('refuses one window twice, also signed anew', async () => {
    const { world, device } = await freshPlant();
    const header = headerOf({ domain: world.domain, deviceId: device.id });
    const hash = sha256Of(header);
    await assertRefused(
      world.registry.write.freezeDevice([
        device.publicKey,
        header,
        device.sign(header),
        header,
        device.sign(header),
      ]),
      'NotEquivocal',
      [hash, hash],
    );
  });

  it('refuses windows of two numbers or of two devices', async () => {
    const { world, device } = await freshPlant();
    for (const b of [{ sequence: 10 }, { deviceId: createDevice().id }]) {
      const { headerA, headerB, args } = equivocationOf(world, device, {}, b);
      await assertRefused(world.registry.write.freezeDevice(args), 'NotEquivocal', [
        sha256Of(headerA),
        sha256Of(headerB),
      ]);
    }
  });

  it('refuses a device that nobody claimed', async () => {
    const { world } = await freshPlant();
    const stranger = createDevice();
    const { args } = equivocationOf(world, stranger);
    await assertRefused(world.registry.write.freezeDevice(args), 'DeviceUnknown', [stranger.id]);
  });

  it('refuses parts of the wrong size', async () => {
    const { world, device } = await freshPlant();
    const { write } = world.registry;
    const [key, headerA, signatureA, headerB, signatureB] = equivocationOf(world, device).args;
    const cut = slice(headerB, 0, 175);
    for (const [args, sizes] of [
      [
        [slice(key, 1), headerA, signatureA, headerB, signatureB],
        [176n, 63n, 64n],
      ],
      [
        [key, headerA, '0x', headerB, signatureB],
        [176n, 64n, 0n],
      ],
      [
        [key, headerA, signatureA, cut, signatureB],
        [175n, 64n, 64n],
      ],
      [
        [key, headerA, signatureA, headerB, slice(signatureB, 1)],
        [176n, 64n, 63n],
      ],
    ] as const) {
      await assertRefused(write.freezeDevice(args), 'StatementInvalid', sizes);
    }
  });

  it('refuses a header that is not valid by itself, in either place', async () => {
    const { world, device } = await freshPlant();
    const { write } = world.registry;
    const [key, headerA, signatureA, headerB, signatureB] = equivocationOf(world, device).args;
    const both = (spoil: (header: typeof headerA) => typeof headerA) => {
      const [a, b] = [spoil(headerA), spoil(headerB)];
      return [
        write.freezeDevice([key, a, device.sign(a), headerB, signatureB]),
        write.freezeDevice([key, headerA, signatureA, b, device.sign(b)]),
      ];
    };
    for (const call of both((header) => patched(header, 4, sha256Of('0x')))) {
      await assertRefused(call, 'DomainMismatch', [sha256Of('0x'), world.domain]);
    }
    for (const call of both((header) => patched(header, 3, '0x02'))) {
      await assertRefused(call, 'VersionUnknown', ['0x54545702']);
    }
    for (const call of both((header) => patched(header, 76, '0x0000000000000001'))) {
      await assertRefused(call, 'TimeOrder', [1n, 1n]);
    }
    for (const call of both((header) => patched(header, 108, '0x0000'))) {
      await assertRefused(call, 'CountOutOfRange', [0n]);
    }
  });

  it('refuses a signature of another key or with a high s, of either header', async () => {
    const { world, device } = await freshPlant();
    const { write } = world.registry;
    const [key, headerA, signatureA, headerB, signatureB] = equivocationOf(world, device).args;
    const other = createDevice();
    await assertRefused(
      write.freezeDevice([other.publicKey, headerA, signatureA, headerB, signatureB]),
      'PublicKeyMismatch',
      [device.id, other.id],
    );
    await assertRefused(
      write.freezeDevice([key, headerA, other.sign(headerA), headerB, signatureB]),
      'SignatureInvalid',
      [device.id, sha256Of(headerA)],
    );
    await assertRefused(
      write.freezeDevice([key, headerA, signatureA, headerB, other.sign(headerB)]),
      'SignatureInvalid',
      [device.id, sha256Of(headerB)],
    );
    const high = toHighS(signatureB);
    await assertRefused(
      write.freezeDevice([key, headerA, signatureA, headerB, high]),
      'SignatureHighS',
      [device.id, slice(high, 32)],
    );
    assert.equal((await world.registry.read.device([device.id])).status, 2);
  });
});
