import assert from 'node:assert/strict';

import { accredit, createDemandingPlant, opinionOf, VERDICT } from './opinions.ts';
import type { openChain } from './chain.ts';
import { ROOT, type Wallet, type World } from './world.ts';

export const BATCH = 1_000_001n;
export const NEXT = 1_000_002n;
export const CREDIT = 12_026n;

type Chain = Pick<Awaited<ReturnType<typeof openChain>>, 'freshWorld' | 'walletAt'>;

/** Makes projects with a verified batch on a chain. */
export function verifierOf({ freshWorld, walletAt }: Chain) {
  /** A project with a verified batch of 352 g, three verifiers, and a way to sign a void of it. */
  return async function createVerified(
    makeWorld: () => Promise<World> = freshWorld,
    bufferBps = 0,
    approvals = 0,
  ) {
    const world = await makeWorld();
    const verifiers = await Promise.all([walletAt(5), walletAt(6), walletAt(7)]);
    await accredit(world, verifiers);
    const demands = { approvals, recomputation: false, bufferBps };
    const plant = await createDemandingPlant(world, demands);
    await plant.submit(1, 1_000n);
    const owner = world.actors.owner;
    const recourse = world.recourseOf(world.actors.buyer);
    const voidBy = (wallet: Wallet, changes = {}) =>
      opinionOf(world, wallet, { verdict: VERDICT.void, ...changes });
    const [first, second, third] = verifiers;
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('wallets');
    const announce = async (changes = {}) =>
      recourse.write.announceVoid([
        BATCH,
        ROOT,
        [await voidBy(first, changes), await voidBy(second, changes)],
      ]);
    const balanceOf = (wallet: Wallet) =>
      world.credit.read.balanceOf([wallet.account.address, CREDIT]);
    const mint = (batchId = BATCH) => world.registryOf(owner).write.mint([batchId]);
    const give = (grams: bigint) =>
      world
        .creditOf(owner)
        .write.safeTransferFrom([
          owner.account.address,
          world.actors.buyer.account.address,
          CREDIT,
          grams,
          '0x',
        ]);
    const names = { first, second, third };
    return { ...plant, ...names, world, owner, recourse, voidBy, announce, balanceOf, mint, give };
  };
}

type Verified = Awaited<ReturnType<ReturnType<typeof verifierOf>>>;

/** The books of the credit: minted = held + retired + buffered + voided. */
export async function assertBalanced({ world, owner, balanceOf }: Verified) {
  const [minted, retired, buffered, voided] = await world.credit.read.totals([CREDIT]);
  const held = (await balanceOf(owner)) + (await balanceOf(world.actors.buyer));
  assert.equal(minted, held + retired + buffered + voided);
  return { minted, retired, buffered, voided, held };
}
