import assert from 'node:assert/strict';

import { getAddress, zeroHash, type Hex } from 'viem';

import { openChain } from './support/chain.ts';
import { accredit, FOREVER, opinionOf, REASONS, VERDICT, VERIFIER } from './support/opinions.ts';
import { assertOpinionRefused, assertRefused } from './support/refusal.ts';
import { BATCH, REJECTED, SUBMITTED, submitterOf, VERIFIED } from './support/submitted.ts';
import { fieldName, ROOT, type Wallet } from './support/world.ts';

const chain = await openChain();
const { assertions, deployContract, time } = chain;
const submitted = submitterOf(chain);
const addressOf = ({ account }: Wallet) => getAddress(account.address);

describe('opine', () => {
  it('verifies a batch with as many approvals as its methodology version asks for', async () => {
    const { world, first, second, opine, statusOf, read } = await submitted({ approvals: 2 });
    const contract = world.verificationOf(world.actors.admin);
    const hash = await opine(await opinionOf(world, first));
    await assertions.emitWithArgs(hash, contract, 'Opined', [
      BATCH,
      addressOf(first),
      VERDICT.approve,
      REASONS,
      'https://example.org/reasons',
    ]);
    assert.equal(await statusOf(), SUBMITTED);
    assert.deepEqual(await read.tallyOf([BATCH]), [1n, 0n, false]);

    const last = await opine(await opinionOf(world, second));
    await assertions.emitWithArgs(last, world.registry, 'BatchSettled', [BATCH, VERIFIED]);
    assert.equal(await statusOf(), VERIFIED);
    await world.registryOf(world.actors.owner).write.mint([BATCH]);
  });

  it('takes all opinions in one transaction, from whoever sends it', async () => {
    const { world, first, second, opine, statusOf } = await submitted({ approvals: 2 });
    await opine(await opinionOf(world, first), await opinionOf(world, second));
    assert.equal(await statusOf(), VERIFIED);
  });

  it('rejects a batch with as many rejections, for good', async () => {
    const { world, first, second, third, opine, statusOf } = await submitted({ approvals: 2 });
    await accredit(world, [third]);
    const rejection = { verdict: VERDICT.reject };
    await opine(await opinionOf(world, first));
    await opine(await opinionOf(world, second, rejection));
    const hash = await opine(await opinionOf(world, third, rejection));
    await assertions.emitWithArgs(hash, world.registry, 'BatchSettled', [BATCH, REJECTED]);
    assert.equal(await statusOf(), REJECTED);
    await assertRefused(
      world.registryOf(world.actors.owner).write.mint([BATCH]),
      'BatchNotVerified',
      [BATCH, REJECTED],
    );
  });

  it('keeps a batch from being minted until it is verified: certified but never minted, and never the other way round', async () => {
    const { world, first, opine } = await submitted({ approvals: 1 });
    const { write } = world.registryOf(world.actors.owner);
    await assertRefused(write.mint([BATCH]), 'BatchNotVerified', [BATCH, SUBMITTED]);
    await opine(await opinionOf(world, first));
    await write.mint([BATCH]);
    assert.deepEqual(await world.credit.read.totals([12_026n]), [352n, 0n, 0n, 0n]);
  });

  it('replayed payload: one opinion per verifier and batch, none once it is decided', async () => {
    const { world, first, second, opine } = await submitted({ approvals: 2 });
    const opinion = await opinionOf(world, first);
    await opine(opinion);
    await assertOpinionRefused(opine(opinion), 'OpinionRepeated', [BATCH, addressOf(first)]);
    const other = await opinionOf(world, first, { verdict: VERDICT.reject });
    await assertOpinionRefused(opine(other), 'OpinionRepeated', [BATCH, addressOf(first)]);
    const approval = await opinionOf(world, second);
    await assertOpinionRefused(opine(approval, approval), 'OpinionNotNeeded', [
      BATCH,
      addressOf(second),
    ]);
    await opine(approval);
    await assertOpinionRefused(opine(opinion), 'BatchNotOpen', [BATCH]);
  });

  it('counts no opinion twice within one transaction', async () => {
    const { world, first, opine } = await submitted({ approvals: 3 });
    const opinion = await opinionOf(world, first);
    await assertOpinionRefused(opine(opinion, opinion), 'OpinionRepeated', [
      BATCH,
      addressOf(first),
    ]);
  });

  it('takes nothing after a rejection that decides', async () => {
    const { world, first, second, opine } = await submitted({ approvals: 1 });
    const [rejection, approval] = [
      await opinionOf(world, first, { verdict: VERDICT.reject }),
      await opinionOf(world, second),
    ];
    await assertOpinionRefused(opine(rejection, approval), 'OpinionNotNeeded', [
      BATCH,
      addressOf(second),
    ]);
  });

  it('refuses an opinion past its deadline, and takes it in its last second', async () => {
    const { world, first, opine } = await submitted({ approvals: 1 });
    const deadline = (await time.latest()) + 100;
    const opinion = await opinionOf(world, first, { deadline });
    await time.setNextBlockTimestamp(deadline + 1);
    await assertOpinionRefused(opine(opinion), 'OpinionExpired', [
      addressOf(first),
      BigInt(deadline),
      BigInt(deadline) + 1n,
    ]);
    const later = await opinionOf(world, first, { deadline: deadline + 50 });
    await time.setNextBlockTimestamp(deadline + 50);
    await opine(later);
  });

  it('refuses a verifier whose accreditation lapsed between signing and submission', async () => {
    const { world, first, opine } = await submitted({ approvals: 1 });
    const opinion = await opinionOf(world, first);
    const until = (await time.latest()) + 100;
    await accredit(world, [first], until);
    const { from } = await world.verificationOf(first).read.verifierOf([first.account.address]);
    await time.setNextBlockTimestamp(until + 1);
    await assertOpinionRefused(opine(opinion), 'VerifierNotAccredited', [
      addressOf(first),
      BigInt(from),
      BigInt(until),
    ]);
  });

  it('refuses who never was accredited, whatever it signs', async () => {
    const { world, third, opine } = await submitted({ approvals: 1 });
    await assertOpinionRefused(opine(await opinionOf(world, third)), 'VerifierNotAccredited', [
      addressOf(third),
      0n,
      0n,
    ]);
  });

  it('invalid signature merely labelled: refuses what the verifier did not sign', async () => {
    const { world, first, second, opine, read } = await submitted({ approvals: 1 });
    const honest = await opinionOf(world, first);
    const wrongs = [
      await opinionOf(world, second, { verifier: first.account.address }),
      await opinionOf(world, first, { chainId: 1 }),
      await opinionOf(world, first, { contract: world.contracts.recourse }),
      await opinionOf(world, first, { batchId: 1_000_002n }),
      await opinionOf(world, first, { root: REASONS }),
      await opinionOf(world, first, { round: 1 }),
      { ...honest, verdict: VERDICT.reject },
      { ...honest, deadline: FOREVER - 1 },
      { ...honest, reasonHash: ROOT },
      { ...honest, reasonUri: 'https://example.org/other' },
      { ...honest, signature: '0x' as Hex },
      { ...honest, signature: `${honest.signature}00` as Hex },
    ];
    for (const wrong of wrongs) {
      const digest = await read.digestOf([BATCH, ROOT, wrong]);
      await assertOpinionRefused(opine(wrong), 'OpinionSignatureInvalid', [
        addressOf(first),
        digest,
      ]);
    }
    await opine(honest);
  });

  it('refuses another root than the batch has, as after a reorganisation', async () => {
    const { world, first, write } = await submitted({ approvals: 1 });
    const opinion = await opinionOf(world, first, { root: REASONS });
    await assertOpinionRefused(write.opine([BATCH, REASONS, [opinion]]), 'BatchRootMismatch', [
      BATCH,
      REASONS,
      ROOT,
    ]);
  });

  it('asks for reasons of a rejection, and lets an approval go without', async () => {
    const { world, first, opine } = await submitted({ approvals: 1 });
    const silent = { reasonHash: zeroHash, reasonUri: '' };
    const rejection = await opinionOf(world, first, { verdict: VERDICT.reject, ...silent });
    await assertOpinionRefused(opine(rejection), 'ReasonMissing', [
      addressOf(first),
      VERDICT.reject,
    ]);
    await opine(await opinionOf(world, first, silent));
  });

  it('takes an address of 256 bytes for the reasons and refuses 257', async () => {
    const { world, first, opine } = await submitted({ approvals: 1 });
    const long = await opinionOf(world, first, { reasonUri: 'a'.repeat(257) });
    await assertOpinionRefused(opine(long), 'TextTooLong', [fieldName('reasonUri'), 257n, 256n]);
    await opine(await opinionOf(world, first, { reasonUri: 'a'.repeat(256) }));
  });

  it('counts approvals and rejections only', async () => {
    const { world, first, opine } = await submitted({ approvals: 1 });
    for (const verdict of [0, VERDICT.void]) {
      const opinion = await opinionOf(world, first, { verdict });
      await assertOpinionRefused(opine(opinion), 'VerdictUnknown', [addressOf(first), verdict]);
    }
  });

  it('refuses no opinion at all, an unknown batch, and a batch that needs none', async () => {
    const { world, first, write } = await submitted({ approvals: 1 });
    const opinion = await opinionOf(world, first);
    await assertOpinionRefused(write.opine([BATCH, ROOT, []]), 'OpinionMissing', [BATCH]);
    await assertOpinionRefused(write.opine([9n, ROOT, [opinion]]), 'BatchNotOpen', [9n]);
    const machine = await submitted({ approvals: 0, recomputation: true });
    await assertOpinionRefused(
      machine.opine(await opinionOf(machine.world, machine.first)),
      'OpinionNotAsked',
      [BATCH],
    );
  });

  it('takes the opinion of a contract wallet (ERC-1271)', async () => {
    const { world, first, opine, statusOf } = await submitted({ approvals: 1 });
    const { address } = await deployContract('SmartWallet', [first.account.address]);
    await world.verificationOf(world.actors.admin).write.accredit([address, VERIFIER, FOREVER]);
    await opine(await opinionOf(world, first, { verifier: address }));
    assert.equal(await statusOf(), VERIFIED);
  });

  it('a stolen verifier key: one of two keys verifies nothing, and its end holds at once', async () => {
    const { world, first, opine, statusOf } = await submitted({ approvals: 2 });
    const stolen = await opinionOf(world, first);
    await accredit(world, [first], 0);
    const { from } = await world.verificationOf(first).read.verifierOf([first.account.address]);
    await assertOpinionRefused(opine(stolen), 'VerifierNotAccredited', [
      addressOf(first),
      BigInt(from),
      0n,
    ]);
    assert.equal(await statusOf(), SUBMITTED);
  });
});
