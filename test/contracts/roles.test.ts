import assert from 'node:assert/strict';

import { getAddress, zeroAddress } from 'viem';

import { dedicationOf } from '../../protocol/src/index.ts';
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
