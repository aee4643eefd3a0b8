import assert from 'node:assert/strict';

import { getAddress, zeroAddress } from 'viem';

import { openChain } from './support/chain.ts';
import { assertRefused } from './support/refusal.ts';
import {
  FACTOR_UG_PER_WH,
  fieldName,
  NO_DEMANDS,
  PLANT,
  register,
  ROOT,
  validate,
  YEAR_2026,
} from './support/world.ts';

const { assertions, time, freshWorld } = await openChain();

describe('Projects', () => {
  describe('registerProject', () => {
    it('registers a plant for the caller with ids that count up', async () => {
      const { registry, registryOf, actors } = await freshWorld();
      const owner = getAddress(actors.owner.account.address);

      await assertions.emitWithArgs(
        registryOf(actors.owner).write.registerProject([PLANT]),
        registry,
        'ProjectRegistered',
        [1, owner, PLANT],
      );
      await registryOf(actors.buyer).write.registerProject([PLANT]);

      const project = await registry.read.project([1]);
      assert.deepEqual(project, {
        owner,
        submitter: zeroAddress,
        validator: zeroAddress,
        factorUgPerWh: 0,
        batchCount: 0,
        boundCapacityW: 0,
        approvals: 0,
        recomputation: false,
        bufferBps: 0,
        kind: 0,
        blocked: false,
        replacementsFrom: 0,
        deficitWh: 0n,
        remainderUg: 0,
        plant: PLANT,
      });
      assert.equal(
        (await registry.read.project([2])).owner,
        getAddress(actors.buyer.account.address),
      );
    });

    it('takes the extremes of Earth', async () => {
      const world = await freshWorld();
      const plants = [
        { latitudeE6: 90e6, longitudeE6: 180e6, utcOffsetMinutes: 840, name: 'x'.repeat(64) },
        { latitudeE6: -90e6, longitudeE6: -180e6, utcOffsetMinutes: -720, country: '0x415a' },
      ] as const;
      for (const plant of plants) {
        const id = await register(world, plant);
        assert.deepEqual((await world.registry.read.project([id])).plant, { ...PLANT, ...plant });
      }
    });

    it('refuses a place, an offset, a country or a capacity that does not exist', async () => {
      const world = await freshWorld();
      const cases = [
        [{ latitudeE6: 90e6 + 1 }, 'latitudeE6', 90_000_001n],
        [{ latitudeE6: -90e6 - 1 }, 'latitudeE6', -90_000_001n],
        [{ longitudeE6: 180e6 + 1 }, 'longitudeE6', 180_000_001n],
        [{ longitudeE6: -180e6 - 1 }, 'longitudeE6', -180_000_001n],
        [{ utcOffsetMinutes: 841 }, 'utcOffsetMinutes', 841n],
        [{ utcOffsetMinutes: -721 }, 'utcOffsetMinutes', -721n],
        [{ country: '0x7573' }, 'country', 0x7573n],
        [{ country: '0x405a' }, 'country', 0x405an],
        [{ country: '0x415b' }, 'country', 0x415bn],
        [{ capacityW: 0 }, 'capacityW', 0n],
      ] as const;
      for (const [plant, field, value] of cases) {
        await assertRefused(register(world, plant), 'ValueOutOfRange', [fieldName(field), value]);
      }
    });

    it('refuses a plant without a name, or with one of 65 bytes', async () => {
      const world = await freshWorld();
      await assertRefused(register(world, { name: '' }), 'TextMissing', [fieldName('name')]);
      // 33 letters of 2 bytes each, less one ASCII letter.
      const name = `${'ö'.repeat(32)}x`;
      await assertRefused(register(world, { name }), 'TextTooLong', [fieldName('name'), 65n, 64n]);
    });

    it('refuses a crediting period that does not begin before it ends', async () => {
      const world = await freshWorld();
      const plant = { creditingFrom: YEAR_2026, creditingUntil: YEAR_2026 };
      const period = [BigInt(YEAR_2026), BigInt(YEAR_2026)] as const;
      await assertRefused(register(world, plant), 'PeriodInvalid', period);
    });

    it('refuses an unknown methodology version', async () => {
      const world = await freshWorld();
      await assertRefused(register(world, { methodologyId: 2 }), 'MethodologyUnknown', [2]);
    });

    it('refuses a methodology version that is not in force when crediting begins', async () => {
      const world = await freshWorld();
      const from = YEAR_2026;
      const until = YEAR_2026 + 10;
      await world.registry.write.publishMethodology(['A', 'v1', ROOT, from, until, NO_DEMANDS]);
      for (const creditingFrom of [from - 1, until]) {
        const plant = { methodologyId: 2, creditingFrom };
        const values = [2, BigInt(creditingFrom), BigInt(from), BigInt(until)] as const;
        await assertRefused(register(world, plant), 'MethodologyNotInForce', values);
      }
      for (const creditingFrom of [from, until - 1]) {
        await register(world, { methodologyId: 2, creditingFrom });
      }
    });
  });

  describe('validateProject', () => {
    it('fixes factor, submitter and validator', async () => {
      const world = await freshWorld();
      const { registry, registryOf, actors } = world;
      const id = await register(world);
      const submitter = getAddress(actors.submitter.account.address);
      const validator = getAddress(actors.validator.account.address);

      await assertions.emitWithArgs(
        registryOf(actors.validator).write.validateProject([id, FACTOR_UG_PER_WH, submitter]),
        registry,
        'ProjectValidated',
        [id, validator, FACTOR_UG_PER_WH, submitter],
      );

      const project = await registry.read.project([id]);
      assert.equal(project.factorUgPerWh, FACTOR_UG_PER_WH);
      assert.equal(project.submitter, submitter);
      assert.equal(project.validator, validator);
    });

    it('names another submitter when the factor stays', async () => {
      const world = await freshWorld();
      const id = await register(world);
      await validate(world, id);
      const other = getAddress(world.actors.buyer.account.address);
      await world
        .registryOf(world.actors.validator)
        .write.validateProject([id, FACTOR_UG_PER_WH, other]);
      assert.equal((await world.registry.read.project([id])).submitter, other);
    });

    it('refuses another factor once one is fixed', async () => {
      const world = await freshWorld();
      const id = await register(world);
      await validate(world, id);
      await assertRefused(
        world
          .registryOf(world.actors.validator)
          .write.validateProject([id, 1, world.actors.submitter.account.address]),
        'FactorFixed',
        [id, FACTOR_UG_PER_WH, 1],
      );
    });

    it('takes a factor of zero for a value, and fixes it like any other', async () => {
      const world = await freshWorld();
      const id = await register(world);
      const registry = world.registryOf(world.actors.validator);
      const submitter = world.actors.submitter.account.address;
      await registry.write.validateProject([id, 0, submitter]);
      await assertRefused(registry.write.validateProject([id, 1, submitter]), 'FactorFixed', [
        id,
        0,
        1,
      ]);
    });

    it('refuses to name no submitter', async () => {
      const world = await freshWorld();
      const id = await register(world);
      const registry = world.registryOf(world.actors.validator);
      await assertRefused(registry.write.validateProject([id, 1, zeroAddress]), 'ValueOutOfRange', [
        fieldName('submitter'),
        0n,
      ]);
    });

    it('refuses an unknown project', async () => {
      const world = await freshWorld();
      const registry = world.registryOf(world.actors.validator);
      await assertRefused(
        registry.write.validateProject([7, 1, world.actors.submitter.account.address]),
        'ProjectUnknown',
        [7],
      );
    });

    it('refuses who is not accredited, or not any more', async () => {
      const world = await freshWorld();
      const id = await register(world);
      const { validator, submitter, buyer } = world.actors;
      const args = [id, 1, submitter.account.address] as const;
      await assertRefused(
        world.registryOf(buyer).write.validateProject(args),
        'ValidatorNotAccredited',
        [getAddress(buyer.account.address), 0n, 0n],
      );

      const until = (await time.latest()) + 100;
      await world.registry.write.accredit([validator.account.address, until]);
      const { from } = await world.registry.read.accreditation([validator.account.address]);
      await time.setNextBlockTimestamp(until + 1);
      await assertRefused(
        world.registryOf(validator).write.validateProject(args),
        'ValidatorNotAccredited',
        [getAddress(validator.account.address), BigInt(from), BigInt(until)],
      );
    });

    it('is open to a validator in the last second of its accreditation', async () => {
      const world = await freshWorld();
      const id = await register(world);
      const { validator, submitter } = world.actors;
      const until = (await time.latest()) + 100;
      await world.registry.write.accredit([validator.account.address, until]);
      await time.setNextBlockTimestamp(until);
      await world.registryOf(validator).write.validateProject([id, 1, submitter.account.address]);
    });
  });

  it('refuses to tell of a project that was never registered', async () => {
    const { registry } = await freshWorld();
    await assertRefused(registry.read.project([1]), 'ProjectUnknown', [1]);
  });
});
