import assert from 'node:assert/strict';

import { getAddress, parseEventLogs, slice, type Hex } from 'viem';

import { decodeDeviceSlot, registryAbi } from '../../protocol/src/index.ts';
import { openChain } from './support/chain.ts';
import { createDevice, patched, sha256Of, toHighS } from './support/device.ts';
import { CHANGED_AT, equivocationOf, replacementOf } from './support/life.ts';
import { assertRefused } from './support/refusal.ts';
import {
  claim,
  close,
  DAY,
  DEVICE_W,
  FACTOR_UG_PER_WH,
  fieldName,
  submissionOf,
  YEAR_2026,
  type Wallet,
  type World,
} from './support/world.ts';

const { time, freshPlant } = await openChain();

const addressOf = ({ account }: Wallet) => getAddress(account.address);
const CLOSED_AT = YEAR_2026 + DAY;

const submit = (world: World, closings: Hex) =>
  world
    .registryOf(world.actors.submitter)
    .write.submit([submissionOf(1, { periodEnd: CHANGED_AT + DAY }), closings]);

const accreditedFrom = async ({ registry, actors }: World) =>
  BigInt((await registry.read.accreditation([actors.validator.account.address])).from);

/** A plant whose device was credited up to window 5, at the end of the first day. */
async function creditedPlant() {
  const plant = await freshPlant();
  const { world, device } = plant;
  const state = { sequence: 5, exportWh: 20_000n, importWh: 30n };
  await submit(world, close(world, device, { openedAt: YEAR_2026, closedAt: CLOSED_AT, ...state }));
  return { ...plant, write: world.registryOf(world.actors.validator).write };
}

describe('replaceMeter', () => {
  it('lets the registers begin anew and keeps sequence and binding', async () => {
    const { world, projectId, device, write } = await creditedPlant();
    const given = { sequence: 5, exportWh: 7n, importWh: 2n };
    const { statement, args } = replacementOf(world, device, given);
    const receipt = await world.mined(write.replaceMeter(args));

    const [event] = parseEventLogs({ abi: registryAbi, logs: receipt.logs });
    assert.ok(event?.eventName === 'MeterReplaced');
    const { opening, closing, ...rest } = event.args;
    assert.deepEqual(rest, {
      deviceId: device.id,
      validator: addressOf(world.actors.validator),
      statementHash: sha256Of(statement),
    });
    const bound = { projectId, sequence: 5, capacityW: BigInt(DEVICE_W) };
    const before = { closedAt: CLOSED_AT, exportWh: 20_000n, importWh: 30n };
    const after = { closedAt: CHANGED_AT, exportWh: 7n, importWh: 2n };
    assert.deepEqual(decodeDeviceSlot(opening), { ...bound, ...before });
    assert.deepEqual(decodeDeviceSlot(closing), { ...bound, ...after });
    const { status, ...device_ } = await world.registry.read.device([device.id]);
    assert.deepEqual(
      [status, device_.sequence, device_.closedAt, device_.exportWh, device_.importWh],
      [2, 5, CHANGED_AT, 7n, 2n],
    );
  });

  it('credits what each meter measured, and nothing for the difference between them', async () => {
    const { world, device, write } = await creditedPlant();
    // A used meter that stands far above the old one.
    const given = { sequence: 5, exportWh: 900_000n, importWh: 1_000n };
    await write.replaceMeter(replacementOf(world, device, given).args);
    const next = { sequence: 6, openedAt: CHANGED_AT, closedAt: CHANGED_AT + 3_600 };
    const more = { exportWh: 902_000n, importWh: 1_001n };
    await submit(world, close(world, device, { ...next, ...more }));
    const { creditableWh, grams } = await world.registry.read.batch([1_000_002n]);
    assert.equal(creditableWh, 1_999n);
    assert.equal(grams, (1_999n * BigInt(FACTOR_UG_PER_WH) + 440_000n) / 1_000_000n);
  });

  it('bounds what the new meter may show by the time since the replacement', async () => {
    const { world, device, write } = await creditedPlant();
    await write.replaceMeter(replacementOf(world, device, { sequence: 5 }).args);
    const next = { sequence: 6, openedAt: CHANGED_AT, closedAt: CHANGED_AT + 3_600 };
    const most = BigInt(DEVICE_W) + 1n;
    await assertRefused(
      submit(world, close(world, device, { ...next, exportWh: most + 1n })),
      'CapacityExceeded',
      [device.id, most + 1n, most],
    );
    await submit(world, close(world, device, { ...next, exportWh: most }));
  });

  it('refuses windows of the old meter afterwards', async () => {
    const { world, device, write } = await creditedPlant();
    await write.replaceMeter(replacementOf(world, device, { sequence: 5 }).args);
    const late = { sequence: 6, openedAt: CLOSED_AT, closedAt: CHANGED_AT, exportWh: 20_100n };
    await assertRefused(submit(world, close(world, device, late)), 'TimeOverlap', [
      device.id,
      BigInt(CHANGED_AT),
      BigInt(CHANGED_AT),
    ]);
  });

  it('takes a second replacement with no window in between, and none twice', async () => {
    const { world, device, write } = await creditedPlant();
    const { args } = replacementOf(world, device, { sequence: 5 });
    await write.replaceMeter(args);
    await assertRefused(write.replaceMeter(args), 'TimeOverlap', [
      device.id,
      BigInt(CHANGED_AT),
      BigInt(CHANGED_AT),
    ]);
    const again = { sequence: 5, replacedAt: CHANGED_AT + 1, exportWh: 4n };
    await write.replaceMeter(replacementOf(world, device, again).args);
    assert.equal((await world.registry.read.device([device.id])).exportWh, 4n);
  });

  it('takes one before the first window', async () => {
    const { world, device } = await freshPlant();
    const { write } = world.registryOf(world.actors.validator);
    await write.replaceMeter(replacementOf(world, device).args);
  });

  it('refuses while windows of the old meter are not credited, or others are', async () => {
    const { world, device, write } = await creditedPlant();
    for (const sequence of [0, 4, 6]) {
      const { args } = replacementOf(world, device, { sequence });
      await assertRefused(write.replaceMeter(args), 'MeterNotSettled', [
        device.id,
        BigInt(sequence),
        5n,
      ]);
    }
  });

  it('refuses a time at or before the last credited closing', async () => {
    const { world, device, write } = await creditedPlant();
    for (const replacedAt of [CLOSED_AT, CLOSED_AT - 1]) {
      const { args } = replacementOf(world, device, { sequence: 5, replacedAt });
      await assertRefused(write.replaceMeter(args), 'TimeOverlap', [
        device.id,
        BigInt(replacedAt),
        BigInt(CLOSED_AT),
      ]);
    }
    const next = { sequence: 5, replacedAt: CLOSED_AT + 1 };
    await write.replaceMeter(replacementOf(world, device, next).args);
  });

  it('refuses a time after the block', async () => {
    const { world, device } = await freshPlant();
    const { write } = world.registryOf(world.actors.validator);
    const now = (await time.latest()) + 10;
    await time.setNextBlockTimestamp(now);
    const refused = replacementOf(world, device, { replacedAt: now + 1 });
    await assertRefused(write.replaceMeter(refused.args), 'ReplacementInFuture', [
      device.id,
      BigInt(now) + 1n,
      BigInt(now),
    ]);
    await write.replaceMeter(replacementOf(world, device, { replacedAt: now }).args);
  });

  it('refuses who is not accredited, and who no longer is', async () => {
    const { world, device } = await freshPlant();
    const { buyer, validator, admin } = world.actors;
    const { args } = replacementOf(world, device);
    await assertRefused(
      world.registryOf(buyer).write.replaceMeter(args),
      'ValidatorNotAccredited',
      [addressOf(buyer), 0n, 0n],
    );
    const until = await time.latest();
    await world.registryOf(admin).write.accredit([validator.account.address, until]);
    const { write } = world.registryOf(validator);
    await assertRefused(write.replaceMeter(args), 'ValidatorNotAccredited', [
      addressOf(validator),
      await accreditedFrom(world),
      BigInt(until),
    ]);
  });

  it('refuses a device that is unknown, unbound, revoked or frozen', async () => {
    const { world, device } = await freshPlant();
    const { write } = world.registryOf(world.actors.validator);
    const owner = world.registryOf(world.actors.owner);
    const stranger = createDevice();
    await assertRefused(write.replaceMeter(replacementOf(world, stranger).args), 'DeviceUnknown', [
      stranger.id,
    ]);
    const unbound = await claim(world);
    await assertRefused(write.replaceMeter(replacementOf(world, unbound).args), 'DeviceUnbound', [
      unbound.id,
    ]);
    await owner.write.revokeDevice([device.id, CHANGED_AT + 5]);
    await assertRefused(write.replaceMeter(replacementOf(world, device).args), 'DeviceRevoked', [
      device.id,
      BigInt(CHANGED_AT) + 5n,
      BigInt(CHANGED_AT),
    ]);
    await write.freezeDevice(equivocationOf(world, device).args);
    await assertRefused(write.replaceMeter(replacementOf(world, device).args), 'DeviceFrozen', [
      device.id,
    ]);
  });

  it('refuses bytes of the wrong size, version, range or domain, or not signed by the device', async () => {
    const { world, device } = await freshPlant();
    const { write } = world.registryOf(world.actors.validator);
    const { statement, args } = replacementOf(world, device);
    const [, key, signature] = args;
    const send = (bytes: Hex, publicKey = key, signed = device.sign(bytes)) =>
      write.replaceMeter([bytes, publicKey, signed]);
    await assertRefused(send(slice(statement, 0, 131)), 'StatementInvalid', [131n, 64n, 64n]);
    await assertRefused(send(statement, '0x'), 'StatementInvalid', [132n, 0n, 64n]);
    await assertRefused(send(statement, key, '0x00'), 'StatementInvalid', [132n, 64n, 1n]);
    await assertRefused(send(patched(statement, 2, '0x52')), 'VersionUnknown', ['0x54545201']);
    for (const [offset, field, limit] of [
      [68, 'sequence', 2n ** 32n],
      [76, 'replacedAt', 2n ** 40n],
      [84, 'exportWh', 2n ** 56n],
      [92, 'importWh', 2n ** 56n],
    ] as const) {
      const bytes = patched(statement, offset, `0x${limit.toString(16).padStart(16, '0')}`);
      await assertRefused(send(bytes), 'ValueOutOfRange', [fieldName(field), limit]);
    }
    const elsewhere = patched(statement, 4, sha256Of('0x'));
    await assertRefused(send(elsewhere), 'DomainMismatch', [sha256Of('0x'), world.domain]);
    const other = createDevice();
    await assertRefused(send(statement, other.publicKey), 'PublicKeyMismatch', [
      device.id,
      other.id,
    ]);
    await assertRefused(send(statement, key, toHighS(signature)), 'SignatureHighS', [
      device.id,
      slice(toHighS(signature), 32),
    ]);
    await assertRefused(send(statement, key, other.sign(statement)), 'SignatureInvalid', [
      device.id,
      sha256Of(statement),
    ]);
  });
});
