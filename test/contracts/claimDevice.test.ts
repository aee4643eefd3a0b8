import assert from 'node:assert/strict';

import { concat, getAddress, slice, zeroAddress } from 'viem';

import { openChain } from './support/chain.ts';
import { claimOf, createDevice, patched, sha256Of, toHighS } from './support/device.ts';
import { assertRefused } from './support/refusal.ts';
import { fieldName, YEAR_2026, type World } from './support/world.ts';
import { domainOf } from '../../protocol/src/index.ts';

const { assertions, freshWorld } = await openChain();

const MAX_UINT40 = 2 ** 40 - 1;
const MAX_UINT56 = 2n ** 56n - 1n;

/** Where the fields of a claim begin (SPEC section 2). */
const CLAIM_OFFSETS = { domain: 4, deviceId: 36, owner: 68, claimedAt: 88, exportWh: 96 } as const;

describe('Claims of devices', () => {
  it('has the domain of its chain and address', async () => {
    const { registry, domain, reader } = await freshWorld();
    assert.equal(domain, domainOf(await reader.getChainId(), registry.address));
  });

  it('tells of an unknown device with zeros', async () => {
    const { registry } = await freshWorld();
    assert.deepEqual(await registry.read.device([sha256Of('0x')]), {
      owner: zeroAddress,
      projectId: 0,
      sequence: 0,
      closedAt: 0,
      exportWh: 0n,
      importWh: 0n,
      capacityW: 0,
      status: 0,
      revokedFrom: 0,
      offeredTo: zeroAddress,
    });
  });

  describe('claimDevice', () => {
    /** A device, its claim for the owner, and what sends it. */
    function prepare(world: World, fields: Partial<Parameters<typeof claimOf>[0]> = {}) {
      const device = createDevice();
      const owner = world.actors.owner.account.address;
      const bytes = claimOf({ domain: world.domain, deviceId: device.id, owner, ...fields });
      const { write } = world.registryOf(world.actors.owner);
      const send = (claimed = bytes, signature = device.sign(claimed)) =>
        write.claimDevice([claimed, device.publicKey, signature]);
      return { device, bytes, send, write, owner: getAddress(owner) };
    }

    it('registers the device for its owner at the state of the claim', async () => {
      const world = await freshWorld();
      const state = { claimedAt: YEAR_2026, exportWh: 12n, importWh: 34n };
      const { device, bytes, send, owner } = prepare(world, state);

      await assertions.emitWithArgs(send(), world.registry, 'DeviceClaimed', [
        device.id,
        owner,
        device.publicKey,
        sha256Of(bytes),
        state.claimedAt,
        state.exportWh,
        state.importWh,
      ]);

      assert.deepEqual(await world.registry.read.device([device.id]), {
        owner,
        projectId: 0,
        sequence: 0,
        closedAt: state.claimedAt,
        exportWh: state.exportWh,
        importWh: state.importWh,
        capacityW: 0,
        status: 1,
        revokedFrom: 0,
        offeredTo: zeroAddress,
      });
    });

    it('takes the largest time and registers', async () => {
      const world = await freshWorld();
      const state = { claimedAt: MAX_UINT40, exportWh: MAX_UINT56, importWh: MAX_UINT56 };
      const { device, send } = prepare(world, state);
      await send();
      const { closedAt, exportWh, importWh, status } = await world.registry.read.device([
        device.id,
      ]);
      assert.deepEqual(
        { closedAt, exportWh, importWh, status },
        {
          closedAt: MAX_UINT40,
          exportWh: MAX_UINT56,
          importWh: MAX_UINT56,
          status: 1,
        },
      );
    });

    it('refuses a time or a register above its limit', async () => {
      const world = await freshWorld();
      const { bytes, send } = prepare(world);
      const cases = [
        ['claimedAt', 88, '0x0000010000000000', 2n ** 40n],
        ['exportWh', 96, '0x0100000000000000', 2n ** 56n],
        ['importWh', 104, '0xffffffffffffffff', 2n ** 64n - 1n],
      ] as const;
      for (const [field, offset, value, number] of cases) {
        await assertRefused(send(patched(bytes, offset, value)), 'ValueOutOfRange', [
          fieldName(field),
          number,
        ]);
      }
    });

    it('refuses a claim, key or signature of another length', async () => {
      const world = await freshWorld();
      const { device, bytes, write } = prepare(world);
      const { publicKey } = device;
      const signature = device.sign(bytes);
      const short = (hex: typeof bytes) => slice(hex, 0, -1);
      const cases = [
        [
          [short(bytes), publicKey, signature],
          [111n, 64n, 64n],
        ],
        [
          [concat([bytes, '0x00']), publicKey, signature],
          [113n, 64n, 64n],
        ],
        [
          [bytes, short(publicKey), signature],
          [112n, 63n, 64n],
        ],
        [
          [bytes, publicKey, short(signature)],
          [112n, 64n, 63n],
        ],
        [
          ['0x', '0x', '0x'],
          [0n, 0n, 0n],
        ],
      ] as const;
      for (const [args, lengths] of cases) {
        await assertRefused(write.claimDevice(args), 'ClaimInvalid', lengths);
      }
    });

    it('refuses another version', async () => {
      const world = await freshWorld();
      const { bytes, send } = prepare(world);
      for (const magic of ['0x54544302', '0x54545701'] as const) {
        await assertRefused(send(patched(bytes, 0, magic)), 'VersionUnknown', [magic]);
      }
    });

    it('refuses a claim for another registry or chain', async () => {
      const world = await freshWorld();
      const elsewhere = domainOf(1, world.registry.address);
      const { send } = prepare(world, { domain: elsewhere });
      await assertRefused(send(), 'DomainMismatch', [elsewhere, world.domain]);
    });

    it('refuses a claim that names another owner than the caller', async () => {
      const world = await freshWorld();
      const other = world.actors.buyer.account.address;
      const { device, send, owner } = prepare(world, { owner: other });
      await assertRefused(send(), 'NotDeviceOwner', [device.id, owner, getAddress(other)]);
    });

    it('refuses a public key that is not of the device id', async () => {
      const world = await freshWorld();
      const { device, bytes, send } = prepare(world);
      const id = sha256Of('0x1234');
      const claimed = patched(bytes, CLAIM_OFFSETS.deviceId, id);
      await assertRefused(send(claimed), 'PublicKeyMismatch', [id, device.id]);
    });

    it('refuses a high s', async () => {
      const world = await freshWorld();
      const { device, bytes, send } = prepare(world);
      const signature = toHighS(device.sign(bytes));
      await assertRefused(send(bytes, signature), 'SignatureHighS', [
        device.id,
        slice(signature, 32),
      ]);
    });

    it('refuses a signature of another key or of other bytes', async () => {
      const world = await freshWorld();
      const { device, bytes, send } = prepare(world);
      const later = patched(bytes, CLAIM_OFFSETS.claimedAt, '0x0000000000000002');
      for (const signature of [createDevice().sign(bytes), device.sign(later)]) {
        const values = [device.id, sha256Of(bytes)] as const;
        await assertRefused(send(bytes, signature), 'SignatureInvalid', values);
      }
    });

    it('refuses a key that is not on the curve', async () => {
      const world = await freshWorld();
      const { device, bytes, write } = prepare(world);
      const publicKey = patched(device.publicKey, 63, '0xff');
      const id = sha256Of(publicKey);
      const claimed = patched(bytes, CLAIM_OFFSETS.deviceId, id);
      await assertRefused(
        write.claimDevice([claimed, publicKey, device.sign(claimed)]),
        'SignatureInvalid',
        [id, sha256Of(claimed)],
      );
    });

    it('refuses a device that was claimed before', async () => {
      const world = await freshWorld();
      const { device, send, owner } = prepare(world);
      await send();
      await assertRefused(send(), 'DeviceAlreadyClaimed', [device.id, owner]);
    });
  });
});
