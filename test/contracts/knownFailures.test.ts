/** What went wrong elsewhere in the field, each by its name in docs/security.md. */
import assert from 'node:assert/strict';

import { getAddress } from 'viem';

import { dedicationOf } from '../../protocol/src/index.ts';
import { openChain } from './support/chain.ts';
import { closingOf, headerOf, patched, sha256Of } from './support/device.ts';
import { accredit, createDemandingPlant, opinionOf, VERDICT } from './support/opinions.ts';
import { assertOpinionRefused, assertRefused } from './support/refusal.ts';
import { close, DAY, ROOT, submissionOf, YEAR_2026, type Wallet } from './support/world.ts';

const { freshWorld, walletAt } = await openChain();

const BATCHES = [1_000_001n, 1_000_002n, 1_000_003n] as const;
const [FIRST, SECOND] = BATCHES;
const CREDIT = 12_026n;
const REJECTED = 4;
const addressOf = ({ account }: Wallet) => getAddress(account.address);

/** A plant of 6 kW; its methodology version asks for so many approvals and buffers 10 %. */
async function createPlant(approvals = 0) {
  const world = await freshWorld();
  const verifiers = await Promise.all([walletAt(5), walletAt(6)]);
  await accredit(world, verifiers);
  const demands = { approvals, recomputation: false, bufferBps: 1_000 };
  const plant = await createDemandingPlant(world, demands);
  const owner = world.registryOf(world.actors.owner);
  const submitter = world.registryOf(world.actors.submitter);
  const [first, second] = verifiers;
  if (first === undefined || second === undefined)
    throw new Error('the chain has too few accounts');
  /** A closing of the device at the end of a day, which may be sent as often as one likes. */
  const closing = (day: number, exportWh: bigint, changes = {}) => {
    const closedAt = YEAR_2026 + day * DAY;
    const state = { sequence: day, openedAt: closedAt - 900, closedAt, exportWh, ...changes };
    return close(world, plant.device, state);
  };
  const send = (day: number, record: ReturnType<typeof closing>, changes = {}) =>
    submitter.write.submit([
      submissionOf(plant.projectId, { periodEnd: YEAR_2026 + day * DAY, ...changes }),
      record,
    ]);
  return { ...plant, world, owner, first, second, closing, send };
}

describe('known failures of the field', () => {
  it('the same energy twice through two batches', async () => {
    const { world, device, closing, send } = await createPlant();
    await send(1, closing(1, 1_000n));
    await assertRefused(send(1, closing(1, 1_000n)), 'SequenceReplay', [device.id, 1n, 1n]);
    await assertRefused(send(2, closing(1, 1_000n)), 'SequenceReplay', [device.id, 1n, 1n]);
    // A new window over the same registers brings nothing.
    await send(2, closing(2, 1_000n));
    assert.equal((await world.registry.read.batch([SECOND])).creditableWh, 0n);
  });

  it('certified but never minted: what is verified mints however late, what is rejected never', async () => {
    const { owner, world, first, submit } = await createPlant(1);
    await submit(1, 1_000n);
    await submit(2, 2_000n);
    const opine = world.verificationOf(world.actors.buyer).write.opine;
    await opine([FIRST, ROOT, [await opinionOf(world, first)]]);
    const rejection = { batchId: SECOND, verdict: VERDICT.reject };
    await opine([SECOND, ROOT, [await opinionOf(world, first, rejection)]]);
    await accredit(world, [first], 0);
    await owner.write.mint([FIRST]);
    await assertRefused(owner.write.mint([SECOND]), 'BatchNotVerified', [SECOND, REJECTED]);
  });

  it('minted three times after a retry', async () => {
    const { owner, world, submit } = await createPlant();
    await submit(1, 1_000n);
    await owner.write.mint([FIRST]);
    for (let retry = 0; retry < 2; retry++) {
      await assertRefused(owner.write.mint([FIRST]), 'BatchAlreadyMinted', [FIRST]);
    }
    assert.deepEqual(await world.credit.read.totals([CREDIT]), [352n, 0n, 36n, 0n]);
  });

  it('overlapping serial ranges', async () => {
    const { owner, world, submit } = await createPlant();
    for (const day of [1, 2, 3]) await submit(day, 1_000n * BigInt(day * day));
    for (const batchId of [...BATCHES].reverse()) await owner.write.mint([batchId]);
    const credit = world.creditOf(world.actors.owner);
    const own = dedicationOf(world.actors.owner.account.address);
    for (const grams of [5n, 7n, 11n]) await credit.write.retire([CREDIT, grams, own]);
    const all = { fromBlock: 0n } as const;
    const minted = await world.registry.getEvents.BatchMinted({}, all);
    const retired = await world.credit.getEvents.Retired({}, all);
    for (const [events, total] of [
      [minted, (await credit.read.totals([CREDIT]))[0]],
      [retired, 23n],
    ] as const) {
      let next = 0n;
      for (const { args } of events) {
        assert.equal(args.firstSerial, next);
        next += args.grams ?? 0n;
      }
      assert.equal(next, total);
    }
  });

  it('replayed payload, of a device or of a verifier, here or on another chain', async () => {
    const { world, device, first, closing, send } = await createPlant(2);
    await send(1, closing(1, 1_000n));
    await assertRefused(send(1, closing(1, 1_000n)), 'SequenceReplay', [device.id, 1n, 1n]);
    const elsewhere = headerOf({
      domain: sha256Of('0x01'),
      deviceId: device.id,
      sequence: 2,
      openedAt: YEAR_2026 + DAY,
      closedAt: YEAR_2026 + 2 * DAY,
    });
    await assertRefused(send(2, closingOf(device, elsewhere)), 'DomainMismatch', [
      sha256Of('0x01'),
      world.domain,
    ]);
    const { write, read } = world.verificationOf(world.actors.buyer);
    const opinion = await opinionOf(world, first);
    await write.opine([FIRST, ROOT, [opinion]]);
    await assertOpinionRefused(write.opine([FIRST, ROOT, [opinion]]), 'OpinionRepeated', [
      FIRST,
      addressOf(first),
    ]);
    const other = await opinionOf(world, first, { chainId: 137 });
    await send(2, closing(2, 2_000n));
    await assertOpinionRefused(write.opine([SECOND, ROOT, [other]]), 'OpinionSignatureInvalid', [
      addressOf(first),
      await read.digestOf([SECOND, ROOT, other]),
    ]);
  });

  it('invalid signature merely labelled: nothing of such a batch is there', async () => {
    const { world, device, closing, send } = await createPlant();
    const forged = patched(closing(1, 1_000n), 64 + 10, '0x00112233');
    await assert.rejects(send(1, forged), /SignatureInvalid|SignatureHighS/);
    assert.equal((await world.registry.read.batch([FIRST])).status, 0);
    assert.equal((await world.registry.read.device([device.id])).sequence, 0);
  });

  it('register rollback', async () => {
    const { device, closing, send } = await createPlant();
    await send(1, closing(1, 1_000n));
    await assertRefused(send(2, closing(2, 999n)), 'RegisterRollback', [
      device.id,
      999n,
      0n,
      1_000n,
      0n,
    ]);
  });

  it("a capacity bound that can't fail: it fails one Wh above what the plant can give", async () => {
    const { device, closing, send } = await createPlant();
    await assertRefused(send(1, closing(1, 144_002n)), 'CapacityExceeded', [
      device.id,
      144_002n,
      144_001n,
    ]);
    await send(1, closing(1, 144_001n));
  });

  it('a period of the wrong length', async () => {
    const { device, closing, send } = await createPlant();
    const [start, end] = [BigInt(YEAR_2026), BigInt(YEAR_2026 + DAY)];
    const late = { periodStart: YEAR_2026 + 1 };
    await assertRefused(send(1, closing(1, 1_000n), late), 'OutsidePeriod', [
      device.id,
      start,
      end,
      start + 1n,
      end,
    ]);
    const short = { periodEnd: YEAR_2026 + DAY - 1 };
    await assertRefused(send(1, closing(1, 1_000n), short), 'OutsidePeriod', [
      device.id,
      start,
      end,
      start,
      end - 1n,
    ]);
    const none = { periodStart: YEAR_2026 + DAY };
    await assertRefused(send(1, closing(1, 1_000n), none), 'PeriodInvalid', [end, end]);
  });

  it('a stolen verifier key verifies, rejects and voids nothing by itself', async () => {
    const { world, owner, first, second, submit } = await createPlant(2);
    await submit(1, 1_000n);
    await submit(2, 2_000n);
    const { write } = world.verificationOf(world.actors.buyer);
    await write.opine([FIRST, ROOT, [await opinionOf(world, first)]]);
    const rejection = { batchId: SECOND, verdict: VERDICT.reject };
    await write.opine([SECOND, ROOT, [await opinionOf(world, first, rejection)]]);
    for (const batchId of [FIRST, SECOND]) {
      assert.equal((await world.registry.read.batch([batchId])).status, 1);
    }
    await write.opine([FIRST, ROOT, [await opinionOf(world, second)]]);
    await owner.write.mint([FIRST]);
    const recourse = world.recourseOf(world.actors.buyer);
    const voided = await opinionOf(world, first, { verdict: VERDICT.void });
    await recourse.write.announceVoid([FIRST, ROOT, [voided]]);
    assert.equal(await recourse.read.executableFrom([FIRST]), 0);
  });

  it('a factor that changes after reporting', async () => {
    const { world, projectId, submit } = await createPlant();
    await submit(1, 1_000n);
    const { validator, submitter } = world.actors;
    await assertRefused(
      world
        .registryOf(validator)
        .write.validateProject([projectId, 400_000, submitter.account.address]),
      'FactorFixed',
      [projectId, 352_000, 400_000],
    );
    assert.equal((await world.registry.read.batch([FIRST])).grams, 352n);
  });

  it('totals that miss a path', async () => {
    const { world, owner, first, second, submit, projectId } = await createPlant();
    const { owner: seller, buyer } = world.actors;
    const credit = world.creditOf(seller);
    const balanced = async () => {
      const [minted, retired, buffered, voided] = await credit.read.totals([CREDIT]);
      const ids = [CREDIT, CREDIT];
      const accounts = [seller.account.address, buyer.account.address];
      const [own, sold] = await credit.read.balanceOfBatch([accounts, ids]);
      assert.equal(minted, (own ?? 0n) + (sold ?? 0n) + retired + buffered + voided);
    };
    for (const day of [1, 2, 3]) await submit(day, 10_000n * BigInt(day));
    await owner.write.mint([FIRST]);
    await balanced();
    const [from, to] = [seller.account.address, buyer.account.address];
    await credit.write.safeTransferFrom([from, to, CREDIT, 3_000n, '0x']);
    await balanced();
    await world.creditOf(buyer).write.retire([CREDIT, 500n, dedicationOf(to)]);
    await balanced();
    const recourse = world.recourseOf(buyer);
    const given = [first, second].map((each) => opinionOf(world, each, { verdict: VERDICT.void }));
    await recourse.write.announceVoid([FIRST, ROOT, await Promise.all(given)]);
    await recourse.write.executeVoid([FIRST]);
    await balanced();
    await recourse.write.cure([projectId, 0, CREDIT, 1_000n]);
    await balanced();
    await owner.write.mintForDebt([SECOND]);
    await balanced();
    assert.equal((await recourse.read.debtOf([projectId])).grams, 0n);
    await owner.write.mint([BATCHES[2]]);
    await balanced();
  });
});
