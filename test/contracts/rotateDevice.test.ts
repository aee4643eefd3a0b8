import assert from 'node:assert/strict';

import { getAddress, parseEventLogs, slice, zeroAddress, type Hex } from 'viem';

import { registryAbi } from '../../protocol/src/index.ts';
import { openChain } from './support/chain.ts';
import { createDevice, patched, sha256Of, toHighS } from './support/device.ts';
import { CHANGED_AT, equivocationOf, rotationOf } from './support/life.ts';
import { assertRefused } from './support/refusal.ts';
import {
  claim,
  close,
  DAY,
  DEVICE_W,
  fieldName,
  PLANT_W,
  register,
  submissionOf,
  YEAR_2026,
  type World,
} from './support/world.ts';

const { time, freshWorld, freshPlant } = await openChain();

const submit = (world: World, closings: Hex, fields = {}) =>
  world.registryOf(world.actors.submitter).write.submit([submissionOf(1, fields), closings]);

describe('rotateDevice', () => {
  it('puts the successor in the place of a bound device', async () => {
    const { world, projectId, device } = await freshPlant();
    const { write, read } = world.registryOf(world.actors.owner);
    const { next, args, claim: claimed } = rotationOf(world, device);
    const receipt = await world.mined(write.rotateDevice(args));

    const events = parseEventLogs({ abi: registryAbi, logs: receipt.logs });
    const owner = getAddress(world.actors.owner.account.address);
    assert.deepEqual(
      events.map(({ eventName, args: values }) => [eventName, values]),
      [
        ['DeviceRevoked', { deviceId: device.id, from: CHANGED_AT }],
        [
          'DeviceClaimed',
          {
            deviceId: next.id,
            owner,
            publicKey: next.publicKey,
            claimHash: sha256Of(claimed),
            claimedAt: CHANGED_AT,
            exportWh: 0n,
            importWh: 0n,
          },
        ],
        ['DeviceBound', { deviceId: next.id, projectId, capacityW: DEVICE_W }],
        ['DeviceRotated', { deviceId: device.id, successor: next.id, rotatedAt: CHANGED_AT }],
      ],
    );
    const [old, successor] = [await read.device([device.id]), await read.device([next.id])];
    assert.deepEqual([old.status, old.revokedFrom, old.projectId], [3, CHANGED_AT, projectId]);
    assert.deepEqual(
      [successor.status, successor.owner, successor.projectId, successor.capacityW],
      [2, owner, projectId, DEVICE_W],
    );
    assert.deepEqual([successor.sequence, successor.closedAt], [0, CHANGED_AT]);
    const { boundCapacityW, replacementsFrom } = await read.project([projectId]);
    assert.deepEqual([boundCapacityW, replacementsFrom], [PLANT_W, 0]);
  });

  it('leaves a device that belongs to no project with its owner, unbound', async () => {
    const world = await freshWorld();
    const device = await claim(world);
    const { write, read } = world.registryOf(world.actors.owner);
    const { next, args } = rotationOf(world, device);
    const receipt = await world.mined(write.rotateDevice(args));
    const names = parseEventLogs({ abi: registryAbi, logs: receipt.logs }).map(
      ({ eventName }) => eventName,
    );
    assert.deepEqual(names, ['DeviceRevoked', 'DeviceClaimed', 'DeviceRotated']);
    const { status, owner, projectId } = await read.device([next.id]);
    const wallet = getAddress(world.actors.owner.account.address);
    assert.deepEqual([status, owner, projectId], [1, wallet, 0]);
  });

  it('credits the old device up to the rotation and the new one from its claim on', async () => {
    const { world, device } = await freshPlant();
    const { next, args } = rotationOf(world, device);
    await world.registryOf(world.actors.owner).write.rotateDevice(args);
    const state = { openedAt: YEAR_2026, exportWh: 1_000n };
    const period = { periodEnd: CHANGED_AT + DAY };
    await assertRefused(
      submit(world, close(world, device, { ...state, closedAt: CHANGED_AT }), period),
      'DeviceRevoked',
      [device.id, BigInt(CHANGED_AT), BigInt(CHANGED_AT)],
    );
    await submit(world, close(world, device, { ...state, closedAt: CHANGED_AT - 1 }), period);
    const later = { openedAt: CHANGED_AT, closedAt: CHANGED_AT + 3_600, exportWh: 6_000n };
    await submit(world, close(world, next, later), period);
    const { exportWh } = await world.registry.read.device([next.id]);
    assert.equal(exportWh, 6_000n);
  });

  it('takes a claim at the last credited closing, which lies behind the rotation', async () => {
    const { world, device } = await freshPlant();
    const closedAt = YEAR_2026 + DAY;
    await submit(world, close(world, device, { openedAt: YEAR_2026, closedAt }));
    const { write } = world.registryOf(world.actors.owner);
    const early = { rotatedAt: YEAR_2026 + 1, claimedAt: closedAt - 1 };
    const refused = rotationOf(world, device, early);
    await assertRefused(write.rotateDevice(refused.args), 'DeviceClaimedTooEarly', [
      refused.next.id,
      BigInt(closedAt) - 1n,
      BigInt(closedAt),
    ]);
    await write.rotateDevice(rotationOf(world, device, { ...early, claimedAt: closedAt }).args);
  });

  it('takes no heed of another device that left the plant later: no capacity is free for both', async () => {
    const world = await freshWorld();
    const projectId = await register(world);
    const { write, read } = world.registryOf(world.actors.owner);
    const [first, second] = [await claim(world), await claim(world)];
    await write.bindDevice([first.id, projectId, 2_000]);
    await write.bindDevice([second.id, projectId, 4_000]);
    await write.revokeDevice([second.id, CHANGED_AT + 10]);
    const { next, args } = rotationOf(world, first);
    await write.rotateDevice(args);
    const { boundCapacityW, replacementsFrom } = await read.project([projectId]);
    assert.deepEqual([boundCapacityW, replacementsFrom], [2_000, CHANGED_AT + 10]);
    await write.revokeDevice([next.id, 0]);
    const left = await read.project([projectId]);
    assert.deepEqual([left.boundCapacityW, left.replacementsFrom], [0, CHANGED_AT + 10]);
  });

  it('refuses a claim before the rotation', async () => {
    const { world, device } = await freshPlant();
    const { write } = world.registryOf(world.actors.owner);
    const { next, args } = rotationOf(world, device, { claimedAt: CHANGED_AT - 1 });
    await assertRefused(write.rotateDevice(args), 'DeviceClaimedTooEarly', [
      next.id,
      BigInt(CHANGED_AT) - 1n,
      BigInt(CHANGED_AT),
    ]);
  });

  it('refuses a rotation after the block', async () => {
    const { world, device } = await freshPlant();
    const { write } = world.registryOf(world.actors.owner);
    const now = (await time.latest()) + 10;
    const [refused, taken] = [now + 1, now].map((rotatedAt) =>
      rotationOf(world, device, { rotatedAt }),
    );
    await time.setNextBlockTimestamp(now);
    await assertRefused(write.rotateDevice((refused ?? assert.fail()).args), 'RevocationInFuture', [
      device.id,
      BigInt(now) + 1n,
      BigInt(now),
    ]);
    await write.rotateDevice((taken ?? assert.fail()).args);
  });

  it('refuses another sender than the owner, also one that the new claim names', async () => {
    const { world, device } = await freshPlant();
    const { buyer, owner } = world.actors;
    const [caller, wallet] = [buyer, owner].map(({ account }) => getAddress(account.address));
    const { write } = world.registryOf(buyer);
    const { args } = rotationOf(world, device, { owner: buyer });
    await assertRefused(write.rotateDevice(args), 'NotDeviceOwner', [
      device.id,
      caller ?? assert.fail(),
      wallet ?? assert.fail(),
    ]);
  });

  it('refuses a claim that names another owner', async () => {
    const { world, device } = await freshPlant();
    const { buyer, owner } = world.actors;
    const { next, args } = rotationOf(world, device, { owner: buyer });
    await assertRefused(world.registryOf(owner).write.rotateDevice(args), 'NotDeviceOwner', [
      next.id,
      getAddress(owner.account.address),
      getAddress(buyer.account.address),
    ]);
  });

  it('refuses the claim of a device that the old key did not name', async () => {
    const { world, device } = await freshPlant();
    const named = createDevice().id;
    const { next, args } = rotationOf(world, device, { successor: named });
    await assertRefused(
      world.registryOf(world.actors.owner).write.rotateDevice(args),
      'SuccessorMismatch',
      [device.id, next.id, named],
    );
  });

  it('refuses a successor that is claimed already, also itself', async () => {
    const { world, device } = await freshPlant();
    const { owner } = world.actors;
    const { write } = world.registryOf(owner);
    for (const next of [await claim(world), device]) {
      const { args } = rotationOf(world, device, { next });
      await assertRefused(write.rotateDevice(args), 'DeviceAlreadyClaimed', [
        next.id,
        getAddress(owner.account.address),
      ]);
    }
  });

  it('refuses a device that is unknown, revoked, rotated or frozen', async () => {
    const { world, device } = await freshPlant();
    const { write } = world.registryOf(world.actors.owner);
    const stranger = createDevice();
    await assertRefused(write.rotateDevice(rotationOf(world, stranger).args), 'DeviceUnknown', [
      stranger.id,
    ]);
    const { next, args } = rotationOf(world, device);
    await write.rotateDevice(args);
    const rotatedAt = CHANGED_AT + 7;
    await assertRefused(
      write.rotateDevice(rotationOf(world, device, { rotatedAt }).args),
      'DeviceRevoked',
      [device.id, BigInt(CHANGED_AT), BigInt(rotatedAt)],
    );
    await write.freezeDevice(equivocationOf(world, next).args);
    await assertRefused(write.rotateDevice(rotationOf(world, next).args), 'DeviceFrozen', [
      next.id,
    ]);
  });

  it('refuses bytes of the wrong size, version, range or domain', async () => {
    const { world, device } = await freshPlant();
    const { write } = world.registryOf(world.actors.owner);
    const { rotation, args } = rotationOf(world, device);
    const [, key, signature, ...claimArgs] = args;
    const send = (bytes: Hex, publicKey = key, signed = device.sign(bytes)) =>
      write.rotateDevice([bytes, publicKey, signed, ...claimArgs]);
    const cut = slice(rotation, 0, 107);
    await assertRefused(send(cut), 'StatementInvalid', [107n, 64n, 64n]);
    await assertRefused(send(rotation, slice(key, 1)), 'StatementInvalid', [108n, 63n, 64n]);
    await assertRefused(send(rotation, key, '0x'), 'StatementInvalid', [108n, 64n, 0n]);
    const version = patched(rotation, 3, '0x02');
    await assertRefused(send(version), 'VersionUnknown', ['0x54545202']);
    const late = patched(rotation, 100, '0x0000010000000000');
    await assertRefused(send(late), 'ValueOutOfRange', [fieldName('rotatedAt'), 2n ** 40n]);
    const elsewhere = patched(rotation, 4, sha256Of('0x'));
    await assertRefused(send(elsewhere), 'DomainMismatch', [sha256Of('0x'), world.domain]);
    await assertRefused(send(rotation, key, toHighS(signature)), 'SignatureHighS', [
      device.id,
      slice(toHighS(signature), 32),
    ]);
    const other = createDevice();
    await assertRefused(send(rotation, other.publicKey), 'PublicKeyMismatch', [
      device.id,
      other.id,
    ]);
    await assertRefused(send(rotation, key, other.sign(rotation)), 'SignatureInvalid', [
      device.id,
      sha256Of(rotation),
    ]);
  });

  it('asks for a claim that stands on its own', async () => {
    const { world, device } = await freshPlant();
    const { write } = world.registryOf(world.actors.owner);
    const { next, args, claim: claimed } = rotationOf(world, device);
    const [rotation, key, signature, , nextKey, nextSignature] = args;
    await assertRefused(
      write.rotateDevice([rotation, key, signature, '0x', nextKey, nextSignature]),
      'ClaimInvalid',
      [0n, 64n, 64n],
    );
    const forged = device.sign(claimed);
    await assertRefused(
      write.rotateDevice([rotation, key, signature, claimed, nextKey, forged]),
      'SignatureInvalid',
      [next.id, sha256Of(claimed)],
    );
    const { owner } = await world.registry.read.device([next.id]);
    assert.equal(owner, zeroAddress);
  });
});
