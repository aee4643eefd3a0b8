import assert from 'node:assert/strict';

import { getAddress, zeroAddress } from 'viem';

import { openChain } from './support/chain.ts';
import { accredit, createDemandingPlant, opinionOf, VERDICT } from './support/opinions.ts';
import { assertEnergyRefused, assertRefused } from './support/refusal.ts';
import { fieldName, ROOT, type Wallet } from './support/world.ts';

const { assertions, freshWorld, walletAt } = await openChain();

const ID = 12_026n;
const [FIRST, SECOND] = [1_000_001n, 1_000_002n];
const [CARBON, ENERGY] = [0, 1];
const addressOf = ({ account }: Wallet) => getAddress(account.address);

/** A plant of 6 kW whose batches count at once, claimed as energy certificates. */
async function createEnergyPlant() {
  const world = await freshWorld();
  const demands = { approvals: 0, recomputation: false, bufferBps: 1_000 };
  const plant = await createDemandingPlant(world, demands);
  const { owner } = world.actors;
  const registry = world.registryOf(owner);
  await registry.write.chooseClaim([plant.projectId, ENERGY]);
  const energy = world.energyOf(owner);
  const balanceOf = (wallet: Wallet) => energy.read.balanceOf([wallet.account.address, ID]);
  return { ...plant, world, owner, registry, energy, balanceOf };
}

describe('energy certificates', () => {
  it('one interval claimed twice: a batch becomes certificates of 1 MWh and no credits', async () => {
    const { world, owner, registry, energy, submit, balanceOf } = await createEnergyPlant();
    await submit(10, 1_300_000n);
    const batch = await registry.read.batch([FIRST]);
    assert.deepEqual([batch.kind, batch.grams, batch.creditableWh], [ENERGY, 0n, 1_300_000n]);
    const hash = await registry.write.mint([FIRST]);
    await assertions.emitWithArgs(hash, registry, 'EnergyMinted', [
      FIRST,
      addressOf(owner),
      ID,
      1_300_000n,
      1n,
      0n,
    ]);
    assert.equal(await balanceOf(owner), 1n);
    assert.deepEqual(await energy.read.totals([ID]), [1n, 0n, 0n, 300_000n]);
    assert.deepEqual(await world.credit.read.totals([ID]), [0n, 0n, 0n, 0n]);
    await assertRefused(registry.write.mint([FIRST]), 'BatchAlreadyMinted', [FIRST]);
  });

  it('carries what makes no certificate to the next batch of the vintage', async () => {
    const { registry, energy, submit, balanceOf, owner } = await createEnergyPlant();
    await submit(5, 700_000n);
    await submit(10, 1_300_000n);
    await registry.write.mint([FIRST]);
    assert.equal(await balanceOf(owner), 0n);
    assert.deepEqual(await energy.read.totals([ID]), [0n, 0n, 0n, 700_000n]);
    await registry.write.mint([SECOND]);
    assert.deepEqual(await energy.read.totals([ID]), [1n, 0n, 0n, 300_000n]);
  });

  it('a changed mind applies to the future only, and carries micrograms over it', async () => {
    const { world, registry, projectId, submit } = await createEnergyPlant();
    await registry.write.chooseClaim([projectId, CARBON]);
    await submit(1, 1_001n);
    const { remainderUg } = await registry.read.project([projectId]);
    assert.equal(remainderUg, 352_000);
    await assertions.emitWithArgs(
      registry.write.chooseClaim([projectId, ENERGY]),
      registry,
      'ClaimChosen',
      [projectId, ENERGY],
    );
    await submit(2, 3_000n);
    assert.equal((await registry.read.batch([FIRST])).kind, CARBON);
    assert.equal((await registry.read.batch([SECOND])).kind, ENERGY);
    const after = await registry.read.project([projectId]);
    assert.deepEqual([after.kind, after.remainderUg], [ENERGY, 352_000]);
    await registry.write.mint([FIRST]);
    assert.deepEqual(await world.credit.read.totals([ID]), [352n, 0n, 36n, 0n]);
  });

  it('lets the owner of the project alone choose', async () => {
    const { world, projectId } = await createEnergyPlant();
    const { buyer, owner } = world.actors;
    await assertRefused(
      world.registryOf(buyer).write.chooseClaim([projectId, CARBON]),
      'NotProjectOwner',
      [projectId, addressOf(buyer), addressOf(owner)],
    );
  });

  it('refuses to mint a batch without energy', async () => {
    const { registry, submit } = await createEnergyPlant();
    await submit(1, 0n);
    await assertRefused(registry.write.mint([FIRST]), 'BatchEmpty', [FIRST]);
  });

  it('is cancelled once, for somebody and some purpose, with serials that ascend', async () => {
    const { owner, registry, energy, submit } = await createEnergyPlant();
    await submit(20, 2_500_000n);
    await registry.write.mint([FIRST]);
    const hash = await energy.write.cancel([ID, 1n, 'Example Works', 'Scope 2 of 2026']);
    const cancellationId = ID * 10n ** 20n;
    const account = addressOf(owner);
    await assertions.emitWithArgs(hash, energy, 'Cancelled', [
      cancellationId,
      account,
      ID,
      1n,
      0n,
      'Example Works',
      'Scope 2 of 2026',
    ]);
    await energy.write.cancel([ID, 1n, '', '']);
    assert.deepEqual(await energy.read.totals([ID]), [2n, 2n, 0n, 500_000n]);
    const { cancelledAt, ...rest } = await energy.read.cancellation([cancellationId + 1n]);
    assert.ok(cancelledAt > 0);
    assert.deepEqual(rest, { account, certificateId: ID, certificates: 1n, firstSerial: 1n });
    await assertEnergyRefused(energy.write.cancel([ID, 1n, '', '']), 'ERC1155InsufficientBalance', [
      account,
      0n,
      1n,
      ID,
    ]);
  });

  it('refuses to cancel nothing, texts that are too long, and to tell of an unknown one', async () => {
    const { energy } = await createEnergyPlant();
    await assertEnergyRefused(energy.write.cancel([ID, 0n, '', '']), 'CancellationEmpty', [ID]);
    for (const [field, texts, limit] of [
      ['beneficiary', ['a'.repeat(129), ''], 128n],
      ['purpose', ['', 'a'.repeat(257)], 256n],
    ] as const) {
      await assertEnergyRefused(energy.write.cancel([ID, 1n, ...texts]), 'TextTooLong', [
        fieldName(field),
        limit + 1n,
        limit,
      ]);
    }
    await assertEnergyRefused(energy.read.cancellation([7n]), 'CancellationUnknown', [7n]);
  });

  it('describes itself from chain data alone', async () => {
    const { energy, registry, submit } = await createEnergyPlant();
    await submit(20, 2_500_000n);
    await registry.write.mint([FIRST]);
    const uri = await energy.read.uri([ID]);
    const [, encoded] = uri.split(',');
    const found: unknown = JSON.parse(Buffer.from(encoded ?? '', 'base64').toString());
    assert.deepEqual(found, {
      name: 'TrueTonne energy SERF East 2026',
      description:
        'Electricity, measured by devices that sign. 1 unit is 1 MWh, claimed as such and not as avoided CO2e.',
      decimals: 0,
      properties: {
        projectId: 1,
        vintage: 2026,
        country: 'US',
        minted: '2',
        cancelled: '0',
        voided: '0',
      },
    });
    assert.equal(await energy.read.decimals(), 0);
    assert.equal(await energy.read.registry(), getAddress(registry.address));
    for (const id of ['0x01ffc9a7', '0xd9b67a26', '0x0e89341c'] as const) {
      assert.equal(await energy.read.supportsInterface([id]), true);
    }
    assert.equal(await energy.read.supportsInterface(['0xffffffff']), false);
  });

  it('is issued, drawn and handed in through the contracts alone', async () => {
    const { owner, energy } = await createEnergyPlant();
    const account = addressOf(owner);
    await assertEnergyRefused(energy.write.issue([account, ID, 1n]), 'NotRegistry', [account]);
    await assertEnergyRefused(energy.write.void([account, ID, 1n]), 'NotRecourse', [account]);
    await assertEnergyRefused(energy.write.surrender([account, ID, 1n]), 'NotRecourse', [account]);
  });

  describe('of a batch that is voided', () => {
    /** Two batches, of 1.3 and of 2.0 MWh; the first is minted, the second if asked; then voided. */
    async function createVoided(mintBoth: boolean, given: bigint) {
      const found = await createEnergyPlant();
      const { world, submit, registry, owner, energy } = found;
      await submit(10, 1_300_000n);
      await submit(25, 3_300_000n);
      await registry.write.mint([FIRST]);
      if (mintBoth) await registry.write.mint([SECOND]);
      const buyer = world.actors.buyer.account.address;
      const move = [owner.account.address, buyer, ID, given, '0x'] as const;
      await energy.write.safeTransferFrom(move);
      const verifiers = await Promise.all([walletAt(5), walletAt(6)]);
      await accredit(world, verifiers);
      const recourse = world.recourseOf(world.actors.buyer);
      const opinions = verifiers.map((each) => opinionOf(world, each, { verdict: VERDICT.void }));
      await recourse.write.announceVoid([FIRST, ROOT, await Promise.all(opinions)]);
      await recourse.write.executeVoid([FIRST]);
      return { ...found, recourse };
    }

    it('go with the energy that made none yet, then from the owner', async () => {
      const { energy, recourse, projectId } = await createVoided(false, 0n);
      // 300 kWh are carried; the last MWh is a certificate.
      assert.deepEqual(await energy.read.totals([ID]), [1n, 0n, 1n, 0n]);
      assert.equal((await recourse.read.debtOf([projectId])).certificates, 0n);
    });

    it('give back as energy what was rounded up', async () => {
      const { energy, balanceOf, owner } = await createVoided(true, 0n);
      // 3.3 MWh: 3 certificates and 300 kWh. 1.3 MWh are wrong: 300 kWh and one certificate.
      assert.deepEqual(await energy.read.totals([ID]), [3n, 0n, 1n, 0n]);
      assert.equal(await balanceOf(owner), 2n);
    });

    it('are owed whole where the owner has none, and cured with any certificates', async () => {
      const { world, energy, recourse, projectId, registry, submit } = await createVoided(
        false,
        1n,
      );
      assert.equal((await recourse.read.debtOf([projectId])).certificates, 1n);
      await assertRefused(registry.write.mint([SECOND]), 'ProjectIsBlocked', [projectId]);
      await recourse.write.cure([projectId, ENERGY, ID, 1n]);
      assert.deepEqual(await energy.read.totals([ID]), [1n, 0n, 1n, 0n]);
      await registry.write.mint([SECOND]);
      await submit(26, 3_400_000n);
      assert.notEqual(await world.registry.read.energyCertificate(), zeroAddress);
    });

    it('are paid from the next batch', async () => {
      const { owner, recourse, projectId, registry, balanceOf } = await createVoided(false, 1n);
      await registry.write.mintForDebt([SECOND]);
      assert.equal((await recourse.read.debtOf([projectId])).certificates, 0n);
      assert.equal(await balanceOf(owner), 1n);
    });
  });
});
