import assert from 'node:assert/strict';

import { getAddress, zeroAddress } from 'viem';

import { openChain } from './support/chain.ts';
import { assertCreditRefused, assertRecourseRefused, assertRefused } from './support/refusal.ts';
import { assertBalanced, BATCH, CREDIT, NEXT, verifierOf } from './support/verified.ts';
import { ROOT, type Wallet } from './support/world.ts';

const chain = await openChain();
const { assertions, freshWorld } = chain;
const createVerified = verifierOf(chain);

const [CARBON, ENERGY] = [0, 1];
const NOTHING = { grams: 0n, certificates: 0n, announcedVoids: 0 };
const addressOf = ({ account }: Wallet) => getAddress(account.address);

describe('a debt', () => {
  /** A project that owes 352 g, whose next batch of 704 g is verified. */
  async function createDebtor(bufferBps = 0) {
    const found = await createVerified(freshWorld, bufferBps);
    await found.mint();
    await found.give(await found.balanceOf(found.owner));
    await found.submit(2, 3_000n);
    await found.announce();
    await found.recourse.write.executeVoid([BATCH]);
    return found;
  }

  it('is cured by anyone who hands in credits, and the project mints again', async () => {
    const found = await createDebtor();
    const { world, recourse, mint, projectId } = found;
    const { buyer } = world.actors;
    const half = await recourse.write.cure([projectId, CARBON, CREDIT, 200n]);
    await assertions.emitWithArgs(half, recourse, 'DebtCured', [
      projectId,
      addressOf(buyer),
      CARBON,
      CREDIT,
      200n,
      152n,
    ]);
    await assertRefused(mint(NEXT), 'ProjectIsBlocked', [projectId]);
    await recourse.write.cure([projectId, CARBON, CREDIT, 152n]);
    assert.deepEqual(await recourse.read.debtOf([projectId]), NOTHING);
    await mint(NEXT);
    assert.deepEqual(await assertBalanced(found), {
      minted: 1_056n,
      retired: 0n,
      buffered: 0n,
      voided: 352n,
      held: 704n,
    });
  });

  it('is paid from the next batch, whose rest the owner has', async () => {
    const found = await createDebtor();
    const { world, recourse, owner, projectId, balanceOf } = found;
    const hash = await world.registryOf(owner).write.mintForDebt([NEXT]);
    await assertions.emitWithArgs(hash, recourse, 'DebtCured', [
      projectId,
      addressOf(owner),
      CARBON,
      CREDIT,
      352n,
      0n,
    ]);
    assert.equal(await balanceOf(owner), 352n);
    assert.equal((await world.registry.read.project([projectId])).blocked, false);
    await assertBalanced(found);
  });

  it('stands as far as the next batch does not reach', async () => {
    // Half of each batch goes to the buffer: of the void batch nothing but the buffer is left.
    const found = await createDebtor(5_000);
    const { world, recourse, owner, projectId, balanceOf, submit } = found;
    assert.equal((await recourse.read.debtOf([projectId])).grams, 176n);
    await submit(3, 3_500n);
    await world.registryOf(owner).write.mintForDebt([1_000_003n]);
    assert.equal((await recourse.read.debtOf([projectId])).grams, 88n);
    assert.equal(await balanceOf(owner), 0n);
    assert.equal((await world.registry.read.project([projectId])).blocked, true);
    await assertBalanced(found);
  });

  it('refuses to hand in nothing, more than is owed, what the caller lacks, or the wrong kind', async () => {
    const { world, recourse, projectId } = await createDebtor();
    for (const amount of [0n, 353n]) {
      await assertRecourseRefused(
        recourse.write.cure([projectId, CARBON, CREDIT, amount]),
        'CureOutOfRange',
        [projectId, amount, 352n],
      );
    }
    await assertRecourseRefused(recourse.write.cure([projectId, 1, CREDIT, 1n]), 'CureOutOfRange', [
      projectId,
      1n,
      0n,
    ]);
    const { owner } = world.actors;
    const poor = world.recourseOf(owner).write.cure([projectId, CARBON, CREDIT, 1n]);
    await assert.rejects(poor, /ERC1155InsufficientBalance/);
  });

  it('refuses a mint for debt where none is, or a void is announced', async () => {
    const { world, recourse, owner, projectId, announce } = await createVerified();
    const { write } = world.registryOf(owner);
    await assertRefused(write.mintForDebt([BATCH]), 'DebtMissing', [projectId, CARBON]);
    await announce();
    await assertRefused(write.mintForDebt([BATCH]), 'VoidPending', [projectId, 1n]);
    assert.equal((await recourse.read.debtOf([projectId])).announcedVoids, 1);
  });

  it('of both kinds gives no owner the rest of a batch: one of them is cured first', async () => {
    const found = await createVerified();
    const { world, owner, recourse, projectId, submit, mint, give, voidBy, first, second } = found;
    const { write } = world.registryOf(owner);
    const { buyer } = world.actors;
    const [carbon, energy] = [BATCH, NEXT];
    await mint();
    await give(352n);
    await write.chooseClaim([projectId, ENERGY]);
    await submit(10, 1_200_000n);
    await write.mint([energy]);
    const sold = [addressOf(owner), addressOf(buyer), CREDIT, 1n, '0x'] as const;
    await world.energyOf(owner).write.safeTransferFrom(sold);
    await write.chooseClaim([projectId, CARBON]);
    await submit(15, 1_800_000n);
    for (const batchId of [carbon, energy]) {
      const said = [await voidBy(first, { batchId }), await voidBy(second, { batchId })];
      await recourse.write.announceVoid([batchId, ROOT, said]);
      await recourse.write.executeVoid([batchId]);
    }
    const refused = [projectId, ENERGY, 1n] as const;
    await assertRefused(write.mintForDebt([1_000_003n]), 'OtherDebtOwed', refused);
    await recourse.write.cure([projectId, ENERGY, CREDIT, 1n]);
    await write.mintForDebt([1_000_003n]);
    assert.deepEqual(await recourse.read.debtOf([projectId]), NOTHING);
  });

  it('blocks until the last announced void and the last gram are settled', async () => {
    const { world, recourse, projectId, first, second, voidBy } = await createDebtor();
    const more = { batchId: NEXT };
    const opinions = [await voidBy(first, more), await voidBy(second, more)];
    await recourse.write.announceVoid([NEXT, ROOT, opinions]);
    await recourse.write.cure([projectId, CARBON, CREDIT, 352n]);
    assert.equal((await world.registry.read.project([projectId])).blocked, true);
    await recourse.write.executeVoid([NEXT]);
    assert.equal((await world.registry.read.project([projectId])).blocked, false);
  });

  it('is collected and drawn by the contracts alone', async () => {
    const { world, recourse, projectId } = await createDebtor();
    const buyer = addressOf(world.actors.buyer);
    await assertRecourseRefused(
      recourse.write.collect([projectId, CARBON, CREDIT, 1n]),
      'NotRegistry',
      [buyer],
    );
    const credit = world.creditOf(world.actors.buyer);
    await assertCreditRefused(credit.write.void([buyer, CREDIT, 1n]), 'NotRecourse', [buyer]);
    await assertCreditRefused(credit.write.surrender([buyer, CREDIT, 1n]), 'NotRecourse', [buyer]);
    assert.equal(await recourse.read.registry(), getAddress(world.registry.address));
    assert.notEqual(await world.registry.read.recourse(), zeroAddress);
  });
});
