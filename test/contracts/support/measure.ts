import { concat, size, type Hex } from 'viem';

import { dedicationOf } from '../../../protocol/src/index.ts';
import { readCompiled } from '../../../scripts/deployment/artifact.ts';
import { createDevice } from './device.ts';
import { equivocationOf, recordOf, replacementOf, rotationOf } from './life.ts';
import { accredit, createDemandingPlant, opinionOf, VERDICT } from './opinions.ts';
import {
  claimedBy,
  close,
  DAY,
  PLANT,
  ROOT,
  submissionOf,
  YEAR_2026,
  type createPlant,
  type Wallet,
  type World,
} from './world.ts';

/** Bytes of a contract's code on the chain. */
export async function sizeOf(name: string): Promise<number> {
  const { deployedBytecode } = await readCompiled(name);
  return size(deployedBytecode);
}

/** Gas, as Ethereum prices it, of one call of each function that changes something. */
export async function measureGas({
  world,
  projectId,
  device,
}: { world: World } & Awaited<ReturnType<typeof createPlant>>): Promise<Record<string, number>> {
  const { actors, reader } = world;
  const owner = world.registryOf(actors.owner);
  const credit = world.creditOf(actors.owner);
  const gasOf = async (sent: Promise<Hex>) =>
    Number((await reader.waitForTransactionReceipt({ hash: await sent })).gasUsed);
  const other = createDevice();
  const closing = close(world, device, {
    sequence: 100,
    openedAt: YEAR_2026 + DAY - 900,
    closedAt: YEAR_2026 + DAY,
    exportWh: 30_000n,
    importWh: 40n,
  });
  const many = [createDevice(), createDevice()].map((each) => recordOf(world, each, 100));
  const rotated = rotationOf(world, other);
  const replaced = replacementOf(world, device, { sequence: 100 });
  const buyer = world.registryOf(actors.buyer);
  const words = { beneficiary: 'Example Works Ltd', purpose: 'Travel' };
  const dedication = dedicationOf(actors.owner.account.address, words);
  return {
    registerProject: await gasOf(owner.write.registerProject([PLANT])),
    claimDevice: await gasOf(owner.write.claimDevice(claimedBy(world, other))),
    bindDevice: await gasOf(owner.write.bindDevice([other.id, projectId + 1, 1_000])),
    registerTwoDevices: await gasOf(owner.write.registerDevices([projectId + 1, concat(many)])),
    submit: await gasOf(
      world.registryOf(actors.submitter).write.submit([submissionOf(projectId), closing]),
    ),
    mint: await gasOf(owner.write.mint([BigInt(projectId) * 1_000_000n + 1n])),
    retire: await gasOf(credit.write.retire([12_026n, 1_000n, dedication])),
    rotateDevice: await gasOf(owner.write.rotateDevice(rotated.args)),
    replaceMeter: await gasOf(world.registryOf(actors.validator).write.replaceMeter(replaced.args)),
    offerDevice: await gasOf(owner.write.offerDevice([device.id, actors.buyer.account.address])),
    acceptDevice: await gasOf(buyer.write.acceptDevice([device.id])),
    freezeDevice: await gasOf(buyer.write.freezeDevice(equivocationOf(world, device).args)),
    revokeDevice: await gasOf(owner.write.revokeDevice([rotated.next.id, YEAR_2026])),
  };
}

/** The same for what happens to a batch after its submission, until its project owes nothing again. */
export async function measureJudging(
  world: World,
  verifiers: readonly Wallet[],
): Promise<Record<string, number>> {
  const { actors, reader, mined } = world;
  const gasOf = async (sent: Promise<Hex>) =>
    Number((await reader.waitForTransactionReceipt({ hash: await sent })).gasUsed);
  const [first] = verifiers;
  if (first === undefined) throw new Error('no verifier');
  await accredit(world, verifiers);
  const demands = { approvals: 1, recomputation: false, bufferBps: 1_000 };
  const { projectId, submit } = await createDemandingPlant(world, demands);
  const batchId = BigInt(projectId) * 1_000_000n + 1n;
  await submit(1, 1_000n);
  const approval = await opinionOf(world, first, { batchId });
  const opine = world.verificationOf(actors.buyer).write.opine([batchId, ROOT, [approval]]);
  const opined = await gasOf(opine);
  const owner = world.registryOf(actors.owner);
  const minted = await gasOf(owner.write.mint([batchId]));
  const creditId = BigInt(projectId) * 10_000n + 2026n;
  const [from, to] = [actors.owner.account.address, actors.buyer.account.address];
  const credit = world.creditOf(actors.owner);
  await mined(credit.write.safeTransferFrom([from, to, creditId, 200n, '0x']));
  const given = verifiers.map((each) => opinionOf(world, each, { batchId, verdict: VERDICT.void }));
  const recourse = world.recourseOf(actors.buyer);
  const announced = recourse.write.announceVoid([batchId, ROOT, await Promise.all(given)]);
  return {
    opine: opined,
    mintBuffered: minted,
    announceVoid: await gasOf(announced),
    executeVoid: await gasOf(recourse.write.executeVoid([batchId])),
    cure: await gasOf(recourse.write.cure([projectId, 0, creditId, 200n])),
    chooseClaim: await gasOf(owner.write.chooseClaim([projectId, 1])),
  };
}
