import assert from 'node:assert/strict';

import { getAddress } from 'viem';

import { openChain } from './support/chain.ts';
import { assertRefused } from './support/refusal.ts';
import { fieldName, NO_DEMANDS, ROOT } from './support/world.ts';

const { assertions, freshWorld } = await openChain();

describe('Methodologies', () => {
  it('publishes versions with ids that count up, and tells of them', async () => {
    const { registry } = await freshWorld();

    await assertions.emitWithArgs(
      registry.write.publishMethodology(['VM0038', 'v1.0', ROOT, 5, 10, NO_DEMANDS]),
      registry,
      'MethodologyPublished',
      [2, 'VM0038', 'v1.0', ROOT, 5, 10, NO_DEMANDS],
    );

    assert.deepEqual(await registry.read.methodology([2]), {
      parametersHash: ROOT,
      validFrom: 5,
      validUntil: 10,
      requirements: NO_DEMANDS,
      code: 'VM0038',
      version: 'v1.0',
    });
  });

  it('refuses to tell of a version that was never published', async () => {
    const { registry } = await freshWorld();
    for (const id of [0, 2]) {
      await assertRefused(registry.read.methodology([id]), 'MethodologyUnknown', [id]);
    }
  });

  it('refuses a version without code or version text', async () => {
    const { registry } = await freshWorld();
    await assertRefused(
      registry.write.publishMethodology(['', 'v1', ROOT, 5, 10, NO_DEMANDS]),
      'TextMissing',
      [fieldName('code')],
    );
    await assertRefused(
      registry.write.publishMethodology(['A', '', ROOT, 5, 10, NO_DEMANDS]),
      'TextMissing',
      [fieldName('version')],
    );
  });

  it('takes texts of 31 bytes and refuses 32', async () => {
    const { registry } = await freshWorld();
    await registry.write.publishMethodology([
      'a'.repeat(31),
      'b'.repeat(31),
      ROOT,
      5,
      10,
      NO_DEMANDS,
    ]);
    await assertRefused(
      registry.write.publishMethodology(['a'.repeat(32), 'v1', ROOT, 5, 10, NO_DEMANDS]),
      'TextTooLong',
      [fieldName('code'), 32n, 31n],
    );
  });

  it('refuses a validity that does not begin before it ends', async () => {
    const { registry } = await freshWorld();
    await assertRefused(
      registry.write.publishMethodology(['A', 'v1', ROOT, 10, 10, NO_DEMANDS]),
      'PeriodInvalid',
      [10n, 10n],
    );
  });

  it('lets only the admin publish and accredit', async () => {
    const { registryOf, actors } = await freshWorld();
    const stranger = registryOf(actors.buyer);
    const caller = getAddress(actors.buyer.account.address);
    await assertRefused(
      stranger.write.publishMethodology(['A', 'v1', ROOT, 5, 10, NO_DEMANDS]),
      'OwnableUnauthorizedAccount',
      [caller],
    );
    await assertRefused(stranger.write.accredit([caller, 10]), 'OwnableUnauthorizedAccount', [
      caller,
    ]);
  });

  it('hands the admin over in two steps', async () => {
    const { registry, registryOf, actors } = await freshWorld();
    const heir = getAddress(actors.buyer.account.address);
    await registry.write.transferOwnership([heir]);
    assert.equal(await registry.read.owner(), getAddress(actors.admin.account.address));
    await registryOf(actors.buyer).write.acceptOwnership();
    assert.equal(await registry.read.owner(), heir);
  });
});
