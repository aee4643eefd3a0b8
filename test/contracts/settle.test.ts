import { getAddress } from 'viem';

import { openChain } from './support/chain.ts';
import { assertRefused } from './support/refusal.ts';
import { BATCH, submitterOf } from './support/submitted.ts';

const chain = await openChain();
const submitted = submitterOf(chain);

/** Numbers of `BatchStatus`. */
const STATUS = { none: 0, submitted: 1, minted: 2, verified: 3, rejected: 4, voided: 5 } as const;
const { none, minted, verified, rejected, voided } = STATUS;

/** A submitted batch, and the two contracts that settle, each with a wallet that sends as it. */
async function createSettlers() {
  const { world } = await submitted({ approvals: 1 });
  const { verification, recourse } = world.contracts;
  const asVerification = world.registryOf(await chain.impersonate(verification)).write;
  const asRecourse = world.registryOf(await chain.impersonate(recourse)).write;
  const owner = world.registryOf(world.actors.owner).write;
  const refuse = (by: 'verification' | 'recourse', from: number, to: number) =>
    assertRefused(
      (by === 'verification' ? asVerification : asRecourse).settle([BATCH, to]),
      'BatchNotToSettle',
      [BATCH, getAddress(world.contracts[by]), from, to],
    );
  return { asVerification, asRecourse, owner, refuse };
}

describe('settle', () => {
  it('lets verification decide on a submitted batch once, and only verify or reject it', async () => {
    for (const decision of [verified, rejected]) {
      const { asVerification, refuse } = await createSettlers();
      for (const status of [none, STATUS.submitted, minted, voided])
        await refuse('verification', STATUS.submitted, status);
      await asVerification.settle([BATCH, decision]);
      for (const status of [verified, rejected, voided])
        await refuse('verification', decision, status);
    }
  });

  it('lets recourse void what is verified or minted, and nothing else', async () => {
    const { asVerification, asRecourse, owner, refuse } = await createSettlers();
    await refuse('recourse', STATUS.submitted, voided);
    await asVerification.settle([BATCH, verified]);
    for (const status of [none, STATUS.submitted, minted, verified, rejected])
      await refuse('recourse', verified, status);
    await owner.mint([BATCH]);
    for (const status of [verified, rejected]) {
      await refuse('recourse', minted, status);
      await refuse('verification', minted, status);
    }
    await asRecourse.settle([BATCH, voided]);
    for (const status of [verified, rejected, voided]) await refuse('recourse', voided, status);
  });

  it('lets recourse void a verified batch that was not minted', async () => {
    const { asVerification, asRecourse, refuse } = await createSettlers();
    await asVerification.settle([BATCH, verified]);
    await asRecourse.settle([BATCH, voided]);
    await refuse('verification', voided, verified);
  });

  it('lets recourse touch nothing that was rejected', async () => {
    const { asVerification, refuse } = await createSettlers();
    await asVerification.settle([BATCH, rejected]);
    await refuse('recourse', rejected, voided);
  });
});
