import assert from 'node:assert/strict';

import { encodeFunctionData, getAddress, parseAbi, zeroAddress, type Abi, type Hex } from 'viem';

import { dedicationOf, registryAbi } from '../../protocol/src/index.ts';
import { openChain } from './support/chain.ts';
import { FOREVER, opinionOf, RECOMPUTER, VERIFIER } from './support/opinions.ts';
import { assertOpinionRefused, assertRefused } from './support/refusal.ts';
import {
  BATCH,
  PARTY,
  REJECTED,
  SUBMITTED,
  submitterOf,
  VALIDATOR,
  VERIFIED,
} from './support/submitted.ts';
import { fieldName, YEAR_2026, type Wallet } from './support/world.ts';

const chain = await openChain();
const { assertions, deployContract, time } = chain;
const submitted = submitterOf(chain);
const addressOf = ({ account }: Wallet) => getAddress(account.address);

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

describe('the fee payer', () => {
  const forwardAbi = [
    ...parseAbi(['function forward(bytes data)']),
    ...registryAbi.filter(({ type }) => type === 'error'),
  ] as const;

  /** Code of a stranger that registers a plant of its own in whoever's transaction calls it. */
  async function strange() {
    const found = await submitted({ approvals: 1 });
    const { world, projectId } = found;
    const { plant } = await world.registry.read.project([projectId]);
    const { address } = await deployContract('ReentrantOwner', [world.registry.address]);
    const call = (name: 'registerProject' | 'chooseClaim', args: readonly unknown[]): Hex =>
      encodeFunctionData({ abi: [...registryAbi] as Abi, functionName: name, args });
    const forward = async (wallet: Wallet, data: Hex) => {
      const target = { account: wallet.account, address, abi: forwardAbi } as const;
      const sent = { ...target, functionName: 'forward', args: [data] } as const;
      const { request } = await world.reader.simulateContract(sent);
      await wallet.writeContract(request);
    };
    const roleOf = (wallet: Wallet) => world.registry.read.roleOf([wallet.account.address]);
    const registration = call('registerProject', [plant]);
    return { ...found, address, call, forward, roleOf, registration };
  }

  it('is nobody who has a role: a stranger can not bar a verifier', async () => {
    const { world, first, opine, statusOf, forward, roleOf, registration } = await strange();
    await assertRefused(forward(first, registration), 'RoleTaken', [
      addressOf(first),
      VERIFIER,
      PARTY,
    ]);
    assert.equal(await roleOf(first), VERIFIER);
    await opine(await opinionOf(world, first));
    assert.equal(await statusOf(), VERIFIED);
  });

  it('is a wallet without role whose transaction runs a stranger’s code: for good', async () => {
    const { world, third, forward, roleOf, registration } = await strange();
    await forward(third, registration);
    assert.equal(await roleOf(third), PARTY);
    const late = world
      .verificationOf(world.actors.admin)
      .write.accredit([third.account.address, VERIFIER, FOREVER]);
    await assertOpinionRefused(late, 'RoleTaken', [addressOf(third), PARTY, VERIFIER]);
  });

  it('is nobody once an accreditation is announced, though it begins later', async () => {
    const { world, third, forward, roleOf, registration } = await strange();
    const { write } = world.verificationOf(world.actors.admin);
    await write.accredit([third.account.address, VERIFIER, FOREVER]);
    await assertRefused(forward(third, registration), 'RoleTaken', [
      addressOf(third),
      VERIFIER,
      PARTY,
    ]);
    assert.equal(await roleOf(third), VERIFIER);
  });

  it('is recorded where something is registered, and nowhere else', async () => {
    const { world, third, call, forward, roleOf, registration } = await strange();
    await forward(world.actors.buyer, registration);
    assert.equal(await roleOf(world.actors.buyer), PARTY);
    // The plant of the smart wallet is the second one.
    await forward(third, call('chooseClaim', [2, 1]));
    assert.equal(await roleOf(third), 0);
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
