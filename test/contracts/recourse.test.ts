import assert from 'node:assert/strict';

import { getAddress } from 'viem';

import { openChain } from './support/chain.ts';
import { accredit, FOREVER, opinionOf, REASONS, VERDICT, VERIFIER } from './support/opinions.ts';
import { assertOpinionRefused, assertRecourseRefused, assertRefused } from './support/refusal.ts';
import { assertBalanced, BATCH, CREDIT, NEXT, verifierOf } from './support/verified.ts';
import { register, ROOT, type Wallet } from './support/world.ts';

const chain = await openChain();
const { assertions, deployContract, time, freshWorld, noticeWorld, NOTICE_S, walletAt } = chain;
const createVerified = verifierOf(chain);

const [CARBON, VOIDED] = [0, 5];
const NOTHING = { grams: 0n, certificates: 0n, announcedVoids: 0 };
const addressOf = ({ account }: Wallet) => getAddress(account.address);

describe('a void', () => {
  it('draws the whole batch from an owner that holds it, and owes nothing then', async () => {
    const found = await createVerified();
    const { world, recourse, announce, mint, projectId, owner } = found;
    await mint();
    const hash = await announce();
    const now = await time.latest();
    await assertions.emitWithArgs(hash, recourse, 'VoidAnnounced', [BATCH, projectId, now]);
    await assertions.emitWithArgs(hash, world.registry, 'ProjectBlocked', [projectId, true]);
    const executed = await recourse.write.executeVoid([BATCH]);
    await assertions.emitWithArgs(executed, recourse, 'VoidExecuted', [
      BATCH,
      projectId,
      CARBON,
      0n,
    ]);
    await assertions.emitWithArgs(executed, world.credit, 'Voided', [
      CREDIT,
      addressOf(owner),
      352n,
      0n,
    ]);
    assert.deepEqual(await assertBalanced(found), {
      minted: 352n,
      retired: 0n,
      buffered: 0n,
      voided: 352n,
      held: 0n,
    });
    assert.equal((await world.registry.read.batch([BATCH])).status, VOIDED);
    assert.deepEqual(await recourse.read.debtOf([projectId]), NOTHING);
    assert.equal((await world.registry.read.project([projectId])).blocked, false);
  });

  it('voids a batch that was never minted, and nothing else', async () => {
    const found = await createVerified();
    const { world, recourse, announce, mint, submit } = found;
    await submit(2, 3_000n);
    await announce();
    await recourse.write.executeVoid([BATCH]);
    await assertRefused(mint(), 'BatchNotVerified', [BATCH, VOIDED]);
    await mint(NEXT);
    assert.deepEqual(await world.credit.read.totals([CREDIT]), [704n, 0n, 0n, 0n]);
  });

  it('goes on to the buffer, and leaves the rest as a debt that blocks the next mint', async () => {
    // 10 % of 352 g, rounded up: 36 g.
    const found = await createVerified(freshWorld, 1_000);
    const { world, recourse, announce, mint, give, submit, projectId, balanceOf } = found;
    const minted = await mint();
    await assertions.emitWithArgs(minted, world.credit, 'Buffered', [CREDIT, 36n]);
    assert.equal(await balanceOf(world.actors.owner), 316n);
    await give(300n);
    await submit(2, 3_000n);
    await announce();
    await recourse.write.executeVoid([BATCH]);

    assert.deepEqual(await assertBalanced(found), {
      minted: 352n,
      retired: 0n,
      buffered: 0n,
      voided: 16n + 36n,
      held: 300n,
    });
    const debt = { ...NOTHING, grams: 300n };
    assert.deepEqual(await recourse.read.debtOf([projectId]), debt);
    await assertRefused(mint(NEXT), 'ProjectIsBlocked', [projectId]);
  });

  it('takes from the owner of the project alone: what others hold stays theirs', async () => {
    const found = await createVerified();
    const { world, recourse, announce, mint, give, balanceOf } = found;
    await mint();
    await give(352n);
    await announce();
    await recourse.write.executeVoid([BATCH]);
    assert.equal(await balanceOf(world.actors.buyer), 352n);
    await assertBalanced(found);
  });

  it('is announced by two verifiers at least, in one transaction or several', async () => {
    const { recourse, first, second, third, voidBy } = await createVerified();
    await recourse.write.announceVoid([BATCH, ROOT, [await voidBy(first)]]);
    assert.equal(await recourse.read.votesOf([BATCH]), 1n);
    assert.equal(await recourse.read.executableFrom([BATCH]), 0);
    await assertRecourseRefused(recourse.write.executeVoid([BATCH]), 'VoidNotAnnounced', [BATCH]);
    const repeated = [await voidBy(first)];
    await assertRecourseRefused(
      recourse.write.announceVoid([BATCH, ROOT, repeated]),
      'OpinionRepeated',
      [BATCH, addressOf(first)],
    );
    const more = [await voidBy(second), await voidBy(third)];
    await assertRecourseRefused(
      recourse.write.announceVoid([BATCH, ROOT, more]),
      'OpinionNotNeeded',
      [BATCH, addressOf(third)],
    );
    await recourse.write.announceVoid([BATCH, ROOT, [await voidBy(second)]]);
    const from = await time.latest();
    assert.equal(await recourse.read.executableFrom([BATCH]), from);
    const late = [await voidBy(third)];
    await assertRecourseRefused(
      recourse.write.announceVoid([BATCH, ROOT, late]),
      'VoidAnnouncedAlready',
      [BATCH, BigInt(from)],
    );
  });

  it('takes one signature for one verifier, though its key speaks for another one too', async () => {
    const { world, recourse, voidBy, first } = await createVerified();
    const { address } = await deployContract('SmartWallet', [first.account.address]);
    const { write } = world.verificationOf(world.actors.admin);
    await world.mined(write.accredit([address, VERIFIER, FOREVER]));
    const own = await voidBy(first);
    const refused = recourse.write.announceVoid([
      BATCH,
      ROOT,
      [own, { ...own, verifier: address }],
    ]);
    await assert.rejects(refused, /OpinionSignatureInvalid/);
    const asWallet = await voidBy(first, { verifier: address });
    await recourse.write.announceVoid([BATCH, ROOT, [own, asWallet]]);
  });

  it('takes as many verifiers as had to approve, where these are more', async () => {
    const { world, recourse, first, second, third, announce, voidBy } = await createVerified(
      freshWorld,
      0,
      3,
    );
    const approvals = [first, second, third].map((wallet) => opinionOf(world, wallet));
    const verification = world.verificationOf(world.actors.buyer);
    await verification.write.opine([BATCH, ROOT, await Promise.all(approvals)]);
    await announce();
    assert.equal(await recourse.read.executableFrom([BATCH]), 0);
    await recourse.write.announceVoid([BATCH, ROOT, [await voidBy(third)]]);
    assert.notEqual(await recourse.read.executableFrom([BATCH]), 0);
  });

  it('refuses other verdicts, opinions for verification, no reasons, strangers and expired ones', async () => {
    const { world, recourse, first, voidBy, announce } = await createVerified();
    const send = (opinion: Awaited<ReturnType<typeof voidBy>>, root = ROOT) =>
      recourse.write.announceVoid([BATCH, root, [opinion]]);
    const approval = await voidBy(first, { verdict: VERDICT.approve });
    await assertRecourseRefused(send(approval), 'VerdictUnknown', [
      addressOf(first),
      VERDICT.approve,
    ]);
    const elsewhere = await voidBy(first, { contract: world.contracts.verification });
    await assertRecourseRefused(send(elsewhere), 'OpinionSignatureInvalid', [
      addressOf(first),
      await recourse.read.digestOf([BATCH, ROOT, elsewhere]),
    ]);
    const none = `0x${'00'.repeat(32)}` as const;
    await assertRecourseRefused(send(await voidBy(first, { reasonHash: none })), 'ReasonMissing', [
      addressOf(first),
      VERDICT.void,
    ]);
    const stranger = await walletAt(9);
    await assertRecourseRefused(send(await voidBy(stranger)), 'VerifierNotAccredited', [
      addressOf(stranger),
      0n,
      0n,
    ]);
    const deadline = (await time.latest()) + 5;
    await time.setNextBlockTimestamp(deadline + 1);
    await assertRecourseRefused(send(await voidBy(first, { deadline })), 'OpinionExpired', [
      addressOf(first),
      BigInt(deadline),
      BigInt(deadline) + 1n,
    ]);
    await assertRecourseRefused(send(await voidBy(first), REASONS), 'BatchRootMismatch', [
      BATCH,
      REASONS,
      ROOT,
    ]);
    const empty = recourse.write.announceVoid([BATCH, ROOT, []]);
    await assertRecourseRefused(empty, 'OpinionMissing', [BATCH]);
    await announce();
  });

  it('refuses a batch that is unknown, only submitted, or void already', async () => {
    const { recourse, first, voidBy, announce } = await createVerified();
    const send = async (batchId: bigint) =>
      recourse.write.announceVoid([batchId, ROOT, [await voidBy(first, { batchId })]]);
    await assertRecourseRefused(send(9n), 'BatchNotVoidable', [9n]);
    await announce();
    await recourse.write.executeVoid([BATCH]);
    await assertRecourseRefused(send(BATCH), 'BatchNotVoidable', [BATCH]);
    await assertRecourseRefused(recourse.write.executeVoid([BATCH]), 'VoidNotAnnounced', [BATCH]);
    const open = await createVerified(freshWorld, 0, 1);
    const early = [await open.voidBy(open.first)];
    await assertRecourseRefused(
      open.recourse.write.announceVoid([BATCH, ROOT, early]),
      'BatchNotVoidable',
      [BATCH],
    );
  });
});

describe('the notice', () => {
  /** As {createVerified}, where accreditations and voids are announced a week ahead. */
  async function createNoticed() {
    const found = await createVerified(async () => {
      const world = await noticeWorld();
      const { validator } = world.actors;
      const { from } = await world.registry.read.accreditation([validator.account.address]);
      await accredit(world, await Promise.all([walletAt(5), walletAt(6), walletAt(7)]));
      await time.increaseTo(from + NOTICE_S);
      return world;
    });
    return found;
  }

  it('is over before a void is executed, and keeps the project from minting meanwhile', async () => {
    const { recourse, announce, mint, projectId } = await createNoticed();
    await announce();
    const from = BigInt((await time.latest()) + NOTICE_S);
    assert.equal(BigInt(await recourse.read.executableFrom([BATCH])), from);
    await assertRefused(mint(), 'ProjectIsBlocked', [projectId]);
    await time.setNextBlockTimestamp(Number(from) - 1);
    await assertRecourseRefused(recourse.write.executeVoid([BATCH]), 'VoidTooEarly', [
      BATCH,
      from,
      from - 1n,
    ]);
    await time.setNextBlockTimestamp(Number(from));
    await recourse.write.executeVoid([BATCH]);
  });

  it('gives the admin time to stop what stolen keys announced; old opinions are void then', async () => {
    const { world, recourse, announce, mint, projectId } = await createNoticed();
    await announce();
    const { admin } = world.actors;
    await assertRecourseRefused(recourse.write.cancelVoid([BATCH]), 'NotAdmin', [
      addressOf(world.actors.buyer),
      addressOf(admin),
    ]);
    const office = world.recourseOf(admin);
    const hash = await office.write.cancelVoid([BATCH]);
    await assertions.emitWithArgs(hash, recourse, 'VoidCancelled', [BATCH, projectId, 1]);
    await assertRecourseRefused(office.write.cancelVoid([BATCH]), 'VoidNotAnnounced', [BATCH]);
    assert.equal(await recourse.read.roundOf([BATCH]), 1);
    assert.equal(await recourse.read.votesOf([BATCH]), 0n);
    const stale = announce();
    const refused = await stale.then(
      () => undefined,
      (error: unknown) => String(error),
    );
    assert.match(refused ?? '', /OpinionSignatureInvalid/);
    await announce({ round: 1 });
    await assertRefused(mint(), 'ProjectIsBlocked', [projectId]);
    await office.write.cancelVoid([BATCH]);
    await mint();
  });

  it('is there before an accreditation too, and not before it is prolonged or ended', async () => {
    const world = await noticeWorld();
    const wallet = await walletAt(5);
    const address = wallet.account.address;
    const { write, read } = world.verificationOf(world.actors.admin);
    await write.accredit([address, VERIFIER, FOREVER]);
    const from = (await time.latest()) + NOTICE_S;
    assert.deepEqual(await read.verifierOf([address]), { from, until: FOREVER, number: 1 });
    await assertRefused(
      world.registryOf(world.actors.validator).write.validateProject([9, 1, address]),
      'ProjectUnknown',
      [9],
    );
    const early = read.numberOf([address]);
    await assertOpinionRefused(early, 'VerifierNotAccredited', [
      getAddress(address),
      BigInt(from),
      BigInt(FOREVER),
    ]);
    await write.accredit([address, VERIFIER, FOREVER - 1]);
    assert.equal((await read.verifierOf([address])).from, from);
    await time.increaseTo(from - 1);
    await assertOpinionRefused(read.numberOf([address]), 'VerifierNotAccredited', [
      getAddress(address),
      BigInt(from),
      BigInt(FOREVER) - 1n,
    ]);
    await time.increaseTo(from);
    assert.equal(await read.numberOf([address]), 1);
    await write.accredit([address, VERIFIER, 0]);
    await write.accredit([address, VERIFIER, FOREVER]);
    assert.ok((await read.verifierOf([address])).from > from);
  });

  it('is there before a validator may validate', async () => {
    const world = await noticeWorld();
    const { validator, owner } = world.actors;
    const wallet = validator.account.address;
    const projectId = await register(world);
    const { write } = world.registryOf(validator);
    const validation = () => write.validateProject([projectId, 1, owner.account.address]);
    const { from } = await world.registry.read.accreditation([wallet]);
    await assertRefused(validation(), 'ValidatorNotAccredited', [
      getAddress(wallet),
      BigInt(from),
      BigInt(FOREVER),
    ]);
    await time.increaseTo(from);
    await validation();
  });
});
