import assert from 'node:assert/strict';

import { decodeErrorResult, encodeFunctionData, getAddress, zeroAddress, type Hex } from 'viem';

import { registryAbi } from '../../protocol/src/index.ts';
import { openChain } from './support/chain.ts';
import { claimOf, createDevice } from './support/device.ts';
import { assertRefused } from './support/refusal.ts';
import {
  close,
  DAY,
  PLANT,
  submissionOf,
  validate,
  YEAR_2026,
  YEAR_2027,
} from './support/world.ts';

const { assertions, reentrantOwnerOf, freshPlant, freshWorld } = await openChain();

const CREDIT_2026 = 12_026n;

/** A plant with two batches: 1,000 Wh (352 g) and 2,000 Wh (704 g) of 2026. */
async function freshBatches() {
  const { world, projectId, device } = await freshPlant();
  for (const day of [1, 2]) {
    const closedAt = YEAR_2026 + day * DAY;
    await world.registryOf(world.actors.submitter).write.submit([
      submissionOf(projectId, { periodEnd: closedAt }),
      close(world, device, {
        sequence: day,
        openedAt: closedAt - 900,
        closedAt,
        exportWh: day === 1 ? 1_000n : 3_000n,
      }),
    ]);
  }
  const owner = getAddress(world.actors.owner.account.address);
  return { world, projectId, device, owner, registry: world.registryOf(world.actors.owner) };
}

describe('mint', () => {
  it('gives the grams of the batch to the project owner', async () => {
    const { world, owner, registry } = await freshBatches();

    const hash = await registry.write.mint([1_000_001n]);

    const minted = [1_000_001n, owner, CREDIT_2026, 352n, 0n] as const;
    await assertions.emitWithArgs(hash, registry, 'BatchMinted', [...minted]);
    await assertions.emitWithArgs(hash, world.credit, 'TransferSingle', [
      registry.address,
      zeroAddress,
      owner,
      CREDIT_2026,
      352n,
    ]);
    assert.equal(await world.credit.read.balanceOf([owner, CREDIT_2026]), 352n);
    assert.deepEqual(await world.credit.read.totals([CREDIT_2026]), [352n, 0n, 0n, 0n]);
    assert.equal((await registry.read.batch([1_000_001n])).status, 2);
  });

  it('numbers the grams of a credit in the order in which they are minted', async () => {
    const { world, owner, registry } = await freshBatches();
    const second = await registry.write.mint([1_000_002n]);
    const first = await registry.write.mint([1_000_001n]);
    await assertions.emitWithArgs(second, registry, 'BatchMinted', [
      1_000_002n,
      owner,
      CREDIT_2026,
      704n,
      0n,
    ]);
    await assertions.emitWithArgs(first, registry, 'BatchMinted', [
      1_000_001n,
      owner,
      CREDIT_2026,
      352n,
      704n,
    ]);
    assert.deepEqual(await world.credit.read.totals([CREDIT_2026]), [1_056n, 0n, 0n, 0n]);
  });

  it('keeps the vintages apart', async () => {
    const { world, projectId, device, owner, registry } = await freshBatches();
    const { write } = world.registryOf(world.actors.submitter);
    const move = { periodStart: YEAR_2026 + 2 * DAY, periodEnd: YEAR_2027 };
    await write.submit([
      submissionOf(projectId, move),
      close(world, device, { sequence: 3, closedAt: YEAR_2027, exportWh: 4_000n }),
    ]);
    const next = { periodStart: YEAR_2027, periodEnd: YEAR_2027 + DAY };
    await write.submit([
      submissionOf(projectId, next),
      close(world, device, { sequence: 4, closedAt: YEAR_2027 + DAY, exportWh: 6_000n }),
    ]);
    await registry.write.mint([1_000_003n]);
    await registry.write.mint([1_000_004n]);
    assert.equal(await world.credit.read.balanceOf([owner, CREDIT_2026]), 352n);
    assert.equal(await world.credit.read.balanceOf([owner, 12_027n]), 704n);
  });

  it('leaves the rest of the batch as it was', async () => {
    const { registry } = await freshBatches();
    const before = await registry.read.batch([1_000_001n]);
    await registry.write.mint([1_000_001n]);
    assert.deepEqual(await registry.read.batch([1_000_001n]), { ...before, status: 2 });
  });

  it('refuses a batch that was minted', async () => {
    const { registry } = await freshBatches();
    await registry.write.mint([1_000_001n]);
    await assertRefused(registry.write.mint([1_000_001n]), 'BatchAlreadyMinted', [1_000_001n]);
  });

  it('refuses an unknown batch', async () => {
    const { registry } = await freshBatches();
    for (const id of [0n, 1_000_000n, 1_000_003n, 2_000_001n, 2n ** 64n - 1n]) {
      await assertRefused(registry.write.mint([id]), 'BatchUnknown', [id]);
    }
  });

  it('refuses anyone but the owner of the project', async () => {
    const { world, owner } = await freshBatches();
    for (const wallet of [world.actors.submitter, world.actors.admin, world.actors.buyer]) {
      await assertRefused(world.registryOf(wallet).write.mint([1_000_001n]), 'NotProjectOwner', [
        1,
        getAddress(wallet.account.address),
        owner,
      ]);
    }
  });

  it('refuses a batch without a gram', async () => {
    const { world, projectId, device } = await freshPlant();
    const closedAt = YEAR_2026 + DAY;
    // 2 Wh x 352,000 ug = 0.7 g.
    await world
      .registryOf(world.actors.submitter)
      .write.submit([
        submissionOf(projectId),
        close(world, device, { closedAt, openedAt: closedAt - 1, exportWh: 2n }),
      ]);
    await assertRefused(
      world.registryOf(world.actors.owner).write.mint([1_000_001n]),
      'BatchEmpty',
      [1_000_001n],
    );
  });

  it('mints once to an owner that calls back while it receives', async () => {
    const world = await freshWorld();
    const reentrant = await reentrantOwnerOf(world.registry.address);
    const call = (data: Hex) => reentrant.write.forward([data]);
    await call(
      encodeFunctionData({ abi: registryAbi, functionName: 'registerProject', args: [PLANT] }),
    );
    await validate(world, 1);
    const device = createDevice();
    const claimed = claimOf({
      domain: world.domain,
      deviceId: device.id,
      owner: reentrant.address,
      claimedAt: YEAR_2026,
    });
    const proof = [claimed, device.publicKey, device.sign(claimed)] as const;
    await call(encodeFunctionData({ abi: registryAbi, functionName: 'claimDevice', args: proof }));
    await call(
      encodeFunctionData({
        abi: registryAbi,
        functionName: 'bindDevice',
        args: [device.id, 1, 6_000],
      }),
    );
    await world
      .registryOf(world.actors.submitter)
      .write.submit([
        submissionOf(1),
        close(world, device, { closedAt: YEAR_2026 + DAY, exportWh: 1_000n }),
      ]);

    await call(encodeFunctionData({ abi: registryAbi, functionName: 'mint', args: [1_000_001n] }));

    const { errorName, args } = decodeErrorResult({
      abi: registryAbi,
      data: await reentrant.read.answer(),
    });
    assert.deepEqual([errorName, args], ['BatchAlreadyMinted', [1_000_001n]]);
    assert.deepEqual(await world.credit.read.totals([CREDIT_2026]), [352n, 0n, 0n, 0n]);
  });
});
