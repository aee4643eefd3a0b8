import assert from 'node:assert/strict';

import { getAddress, zeroAddress, zeroHash, type Hex } from 'viem';

import { dedicationOf } from '../../protocol/src/index.ts';
import { openChain } from './support/chain.ts';
import {
  accredit,
  createDemandingPlant,
  FOREVER,
  opinionOf,
  REASONS,
  RECOMPUTER,
  VERDICT,
  VERIFIER,
} from './support/opinions.ts';
import { assertOpinionRefused, assertRefused } from './support/refusal.ts';
import { fieldName, ROOT, YEAR_2026, type Wallet } from './support/world.ts';

const { assertions, deployContract, time, freshWorld, walletAt } = await openChain();

const BATCH = 1_000_001n;
const [SUBMITTED, VERIFIED, REJECTED] = [1, 3, 4];
const [PARTY, VALIDATOR] = [1, 2];
const addressOf = ({ account }: Wallet) => getAddress(account.address);

/** A submitted batch of 1,000 Wh under the demands, two accredited verifiers and a third wallet. */
async function submitted(demands: { approvals: number; recomputation?: boolean }) {
  const world = await freshWorld();
  const [first, second, third] = await Promise.all([walletAt(5), walletAt(6), walletAt(7)]);
  await accredit(world, [first, second]);
  const plant = await createDemandingPlant(world, {
    recomputation: false,
    bufferBps: 0,
    ...demands,
  });
  await plant.submit(1, 1_000n);
  const { write, read } = world.verificationOf(world.actors.buyer);
  const statusOf = async (batchId = BATCH) => (await world.registry.read.batch([batchId])).status;
  type Given = Awaited<ReturnType<typeof opinionOf>>;
  const opine = (...opinions: readonly Given[]) => write.opine([BATCH, ROOT, opinions]);
  return { ...plant, world, first, second, third, write, read, opine, statusOf };
}

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

describe('roles', () => {
  it('gives a wallet one role for good: whoever earns never judges', async () => {
    const { world, third } = await submitted({ approvals: 1 });
    const { owner, submitter, validator } = world.actors;
    const { write } = world.verificationOf(world.actors.admin);
    for (const [wallet, has] of [
      [owner, PARTY],
      [submitter, PARTY],
      [validator, VALIDATOR],
    ] as const) {
      const call = write.accredit([wallet.account.address, VERIFIER, FOREVER]);
      await assertOpinionRefused(call, 'RoleTaken', [addressOf(wallet), has, VERIFIER]);
    }
    await write.accredit([third.account.address, VERIFIER, FOREVER]);
    const recomputer = write.accredit([third.account.address, RECOMPUTER, FOREVER]);
    await assertOpinionRefused(recomputer, 'RoleTaken', [addressOf(third), VERIFIER, RECOMPUTER]);
  });

  it('refuses owner, registrar, submitter and fee payer that are verifiers or validators', async () => {
    const { world, first, projectId } = await submitted({ approvals: 1 });
    const { read } = world.registry;
    const verifier = addressOf(first);
    const asVerifier = world.registryOf(first).write;
    const { plant } = await read.project([projectId]);
    await assertRefused(asVerifier.registerProject([plant]), 'RoleTaken', [
      verifier,
      VERIFIER,
      PARTY,
    ]);
    const named = world
      .registryOf(world.actors.validator)
      .write.validateProject([projectId, 352_000, verifier]);
    await assertRefused(named, 'RoleTaken', [verifier, VERIFIER, PARTY]);
    const { validator } = world.actors;
    const own = world.registryOf(validator).write.registerProject([plant]);
    await assertRefused(own, 'RoleTaken', [addressOf(validator), VALIDATOR, PARTY]);
  });

  it('refuses a verifier that pays for the transaction of a smart wallet that registers', async () => {
    const { world, first, projectId } = await submitted({ approvals: 1 });
    const { plant } = await world.registry.read.project([projectId]);
    const { address } = await deployContract('ReentrantOwner', [world.registry.address]);
    const { encodeFunctionData, parseAbi } = await import('viem');
    const { registryAbi } = await import('../../protocol/src/index.ts');
    const inner = encodeFunctionData({
      abi: registryAbi,
      functionName: 'registerProject',
      args: [plant],
    });
    const abi = [
      ...parseAbi(['function forward(bytes data)']),
      ...registryAbi.filter(({ type }) => type === 'error'),
    ] as const;
    const call = world.reader.simulateContract({
      account: first.account,
      address,
      abi,
      functionName: 'forward',
      args: [inner],
    });
    await assertRefused(call, 'RoleTaken', [addressOf(first), VERIFIER, PARTY]);
  });

  it('accredits verifiers and recomputers only, and only by the admin of the registry', async () => {
    const { world, third } = await submitted({ approvals: 1 });
    const [wallet, admin] = [third.account.address, addressOf(world.actors.admin)];
    await assertOpinionRefused(
      world.verificationOf(third).write.accredit([wallet, VERIFIER, FOREVER]),
      'NotAdmin',
      [addressOf(third), admin],
    );
    const { write } = world.verificationOf(world.actors.admin);
    for (const role of [0, PARTY, VALIDATOR]) {
      await assertOpinionRefused(write.accredit([wallet, role, FOREVER]), 'ValueOutOfRange', [
        fieldName('role'),
        BigInt(role),
      ]);
    }
    const taken = world.registry.write.takeRole([wallet, VERIFIER]);
    await assertRefused(taken, 'NotVerification', [admin]);
  });

  it('lets nobody but verification and recourse settle a batch, or block a project', async () => {
    const { world, projectId } = await submitted({ approvals: 1 });
    const admin = addressOf(world.actors.admin);
    for (const status of [VERIFIED, REJECTED, 5, 2]) {
      await assertRefused(world.registry.write.settle([BATCH, status]), 'BatchNotToSettle', [
        BATCH,
        admin,
        SUBMITTED,
        status,
      ]);
    }
    await assertRefused(world.registry.write.blockProject([projectId, true]), 'NotRecourse', [
      admin,
    ]);
  });

  it('numbers verifiers and tells when they may judge', async () => {
    const { world, first, second, third } = await submitted({ approvals: 1 });
    const { read } = world.verificationOf(third);
    assert.equal(await read.numberOf([first.account.address]), 1);
    assert.equal(await read.numberOf([second.account.address]), 2);
    assert.deepEqual(await read.verifierOf([zeroAddress]), { from: 0, until: 0, number: 0 });
    assert.equal(await read.registry(), getAddress(world.registry.address));
    await assertOpinionRefused(read.numberOf([zeroAddress]), 'VerifierNotAccredited', [
      zeroAddress,
      0n,
      0n,
    ]);
  });
});

describe('pause', () => {
  it('stops submissions for at most 14 days, and nothing else', async () => {
    const { world, submit, first, opine } = await submitted({ approvals: 1 });
    const until = (await time.latest()) + 14 * 86_400;
    await assertions.emitWithArgs(world.registry.write.pause([until]), world.registry, 'Paused', [
      until,
    ]);
    await assertRefused(submit(2, 2_000n), 'SubmissionsPaused', [BigInt(until)]);
    await opine(await opinionOf(world, first));
    await world.registryOf(world.actors.owner).write.mint([BATCH]);
    const credit = world.creditOf(world.actors.owner);
    await credit.write.retire([12_026n, 1n, dedicationOf(world.actors.owner.account.address)]);
    await world.registry.write.pause([YEAR_2026]);
    await submit(2, 2_000n);
  });

  it('ends by itself, and is refused when it is longer or not the admin asks', async () => {
    const { world, submit } = await submitted({ approvals: 1 });
    const now = (await time.latest()) + 10;
    await time.setNextBlockTimestamp(now);
    const latest = now + 14 * 86_400;
    await assertRefused(world.registry.write.pause([latest + 1]), 'PauseTooLong', [
      BigInt(latest) + 1n,
      BigInt(latest),
    ]);
    const stranger = world.registryOf(world.actors.buyer).write.pause([now + 100]);
    await assertRefused(stranger, 'OwnableUnauthorizedAccount', [addressOf(world.actors.buyer)]);
    await world.registry.write.pause([now + 100]);
    await time.setNextBlockTimestamp(now + 100);
    await submit(2, 2_000n);
  });
});
