import assert from 'node:assert/strict';

import { getAddress, type Hex } from 'viem';

import { openChain } from './support/chain.ts';
import { FOREVER, opinionOf, REASONS, RECOMPUTER, VERDICT } from './support/opinions.ts';
import { assertOpinionRefused } from './support/refusal.ts';
import { BATCH, REJECTED, SUBMITTED, submitterOf, VERIFIED } from './support/submitted.ts';
import { ROOT, type Wallet } from './support/world.ts';

const chain = await openChain();
const { assertions, walletAt } = chain;
const submitted = submitterOf(chain);
const addressOf = ({ account }: Wallet) => getAddress(account.address);

describe('reportRecomputation', () => {
  async function asked(approvals: number) {
    const found = await submitted({ approvals, recomputation: true });
    const machine = await walletAt(8);
    await found.world
      .verificationOf(found.world.actors.admin)
      .write.accredit([machine.account.address, RECOMPUTER, FOREVER]);
    const { write } = found.world.verificationOf(machine);
    const report = (root: Hex, creditableWh: bigint, askedRoot = ROOT, batchId = BATCH) =>
      write.reportRecomputation([batchId, askedRoot, root, creditableWh]);
    return { ...found, machine, report };
  }

  it('verifies a batch that needs no opinions', async () => {
    const { world, machine, report, statusOf } = await asked(0);
    const hash = await report(ROOT, 1_000n);
    await assertions.emitWithArgs(hash, world.verificationOf(world.actors.admin), 'Recomputed', [
      BATCH,
      addressOf(machine),
      ROOT,
      1_000n,
      true,
    ]);
    assert.equal(await statusOf(), VERIFIED);
  });

  it('counts beside the opinions, in whichever order they come', async () => {
    for (const machineFirst of [true, false]) {
      const { world, first, opine, report, statusOf, read } = await asked(1);
      if (machineFirst) await report(ROOT, 1_000n);
      else await opine(await opinionOf(world, first));
      assert.equal(await statusOf(), SUBMITTED);
      const tally = machineFirst ? [0n, 0n, true] : [1n, 0n, false];
      assert.deepEqual(await read.tallyOf([BATCH]), tally);
      if (machineFirst) await opine(await opinionOf(world, first));
      else await report(ROOT, 1_000n);
      assert.equal(await statusOf(), VERIFIED);
    }
  });

  it('needs no further approval while the recomputation is missing, and hears a rejection', async () => {
    const { world, first, second, opine, statusOf } = await asked(1);
    await opine(await opinionOf(world, first));
    await assertOpinionRefused(opine(await opinionOf(world, second)), 'OpinionNotNeeded', [
      BATCH,
      addressOf(second),
    ]);
    await opine(await opinionOf(world, second, { verdict: VERDICT.reject }));
    assert.equal(await statusOf(), REJECTED);
  });

  it('rejects a batch whose root or energy it does not find', async () => {
    for (const [root, creditableWh] of [
      [REASONS, 1_000n],
      [ROOT, 999n],
      [ROOT, 1_001n],
    ] as const) {
      const { report, statusOf } = await asked(2);
      await report(root, creditableWh);
      assert.equal(await statusOf(), REJECTED);
    }
  });

  it('refuses an answer that comes twice, late, for another batch or another root', async () => {
    const { world, first, opine, report } = await asked(1);
    await assertOpinionRefused(report(ROOT, 1_000n, REASONS), 'BatchRootMismatch', [
      BATCH,
      REASONS,
      ROOT,
    ]);
    await assertOpinionRefused(report(ROOT, 1_000n, ROOT, 5n), 'BatchNotOpen', [5n]);
    await report(ROOT, 1_000n);
    await assertOpinionRefused(report(ROOT, 1_000n), 'RecomputationRepeated', [BATCH]);
    await opine(await opinionOf(world, first));
    await assertOpinionRefused(report(REASONS, 0n), 'BatchNotOpen', [BATCH]);
  });

  it('refuses a batch that asks for none, a verifier, and a machine that is not accredited', async () => {
    const { world, first, second } = await submitted({ approvals: 1 });
    const machine = await walletAt(8);
    const send = (wallet: Wallet) =>
      world.verificationOf(wallet).write.reportRecomputation([BATCH, ROOT, ROOT, 1_000n]);
    await assertOpinionRefused(send(machine), 'VerifierNotAccredited', [
      addressOf(machine),
      0n,
      0n,
    ]);
    const { write } = world.verificationOf(world.actors.admin);
    await write.accredit([machine.account.address, RECOMPUTER, FOREVER]);
    await assertOpinionRefused(send(machine), 'RecomputationNotAsked', [BATCH]);
    await assertOpinionRefused(send(first), 'NotRecomputer', [addressOf(first)]);
    // Nor does a machine have opinions.
    const opinion = await opinionOf(world, machine);
    await assertOpinionRefused(
      world.verificationOf(second).write.opine([BATCH, ROOT, [opinion]]),
      'VerifierNotAccredited',
      [addressOf(machine), 0n, 0n],
    );
  });
});
