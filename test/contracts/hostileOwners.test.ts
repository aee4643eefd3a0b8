import assert from 'node:assert/strict';

import {
  decodeErrorResult,
  encodeFunctionData,
  getContract,
  parseAbi,
  type Address,
  type Hex,
} from 'viem';

import { creditAbi, registryAbi } from '../../protocol/src/index.ts';
import { openChain } from './support/chain.ts';
import { claimOf, createDevice } from './support/device.ts';
import { accredit, opinionOf, VERDICT } from './support/opinions.ts';
import { findRefusal } from './support/refusal.ts';
import {
  close,
  DAY,
  PLANT,
  ROOT,
  submissionOf,
  validate,
  YEAR_2026,
  type World,
} from './support/world.ts';

const { deployContract, freshWorld, reentrantOwnerOf, walletAt } = await openChain();

const [FIRST, SECOND] = [1_000_001n, 1_000_002n];
const CREDIT = 12_026n;
const WALLET_ABI = [
  ...parseAbi(['function forward(address target, bytes data) payable']),
  ...creditAbi.filter(({ type }) => type === 'error'),
] as const;

type Call = (data: Hex) => Promise<unknown>;

const encode = (functionName: 'mint' | 'mintForDebt', batchId: bigint) =>
  encodeFunctionData({ abi: registryAbi, functionName, args: [batchId] });

/** Two batches of a plant that a contract owns. */
async function createPlantOf(world: World, owner: Address, call: Call) {
  const plant = [PLANT] as const;
  await call(
    encodeFunctionData({ abi: registryAbi, functionName: 'registerProject', args: plant }),
  );
  await validate(world, 1);
  const device = createDevice();
  const fields = { domain: world.domain, deviceId: device.id, owner, claimedAt: YEAR_2026 };
  const claimed = claimOf(fields);
  const proof = [claimed, device.publicKey, device.sign(claimed)] as const;
  await call(encodeFunctionData({ abi: registryAbi, functionName: 'claimDevice', args: proof }));
  const bound = [device.id, 1, 6_000] as const;
  await call(encodeFunctionData({ abi: registryAbi, functionName: 'bindDevice', args: bound }));
  const { write } = world.registryOf(world.actors.submitter);
  for (const day of [1, 2]) {
    const closedAt = YEAR_2026 + day * DAY;
    const state = {
      sequence: day,
      openedAt: closedAt - 900,
      closedAt,
      exportWh: 1_000n * BigInt(day),
    };
    await write.submit([submissionOf(1, { periodEnd: closedAt }), close(world, device, state)]);
  }
}

async function voidFirst(world: World) {
  const verifiers = await Promise.all([walletAt(5), walletAt(6)]);
  await accredit(world, verifiers);
  const { write } = world.recourseOf(world.actors.buyer);
  const opinions = verifiers.map((each) => opinionOf(world, each, { verdict: VERDICT.void }));
  await write.announceVoid([FIRST, ROOT, await Promise.all(opinions)]);
  await write.executeVoid([FIRST]);
}

describe('hostile owners', () => {
  it('a contract that can hold no credits mints nothing, and its batch stays as it was', async () => {
    const world = await freshWorld();
    const { address } = await deployContract('SmartWallet', [world.actors.owner.account.address]);
    const client = { public: world.reader, wallet: world.actors.buyer };
    const wallet = getContract({ address, abi: WALLET_ABI, client });
    const call = (data: Hex) => wallet.write.forward([world.registry.address, data]);
    await createPlantOf(world, address, call);
    const refusal = await findRefusal(call(encode('mint', FIRST)));
    assert.equal(refusal?.name, 'ERC1155InvalidReceiver');
    assert.equal((await world.registry.read.batch([FIRST])).status, 3);
    assert.deepEqual(await world.credit.read.totals([CREDIT]), [0n, 0n, 0n, 0n]);
  });

  it('an owner that calls back while it receives mints once, after a void too', async () => {
    const world = await freshWorld();
    const owner = await reentrantOwnerOf(world.registry.address);
    const call = (data: Hex) => owner.write.forward([data]);
    await createPlantOf(world, owner.address, call);
    await call(encode('mint', FIRST));
    await voidFirst(world);
    // The void burned all that the owner had, so nothing is owed.
    await assert.rejects(call(encode('mintForDebt', SECOND)), /DebtMissing|revert/);
    await call(encode('mint', SECOND));
    const { errorName } = decodeErrorResult({
      abi: registryAbi,
      data: await owner.read.answer(),
    });
    assert.equal(errorName, 'BatchAlreadyMinted');
    assert.deepEqual(await world.credit.read.totals([CREDIT]), [704n, 0n, 0n, 352n]);
    assert.equal(await world.credit.read.balanceOf([owner.address, CREDIT]), 352n);
  });
});
