// Gas of what happens to a batch between its submission and the end of its credits.
import {
  accredit,
  createDemandingPlant,
  opinionOf,
  VERDICT,
} from '../../test/contracts/support/opinions.ts';
import { ROOT, type Wallet, type World } from '../../test/contracts/support/world.ts';
import type { BenchRow } from '../row.ts';
import { shareOf, toGasRow } from './row.ts';
import { priceOf, type Gas } from './reprice.ts';

const [OPINION_AIM, VOID_AIM, MINT_AIM] = [60_000, 120_000, 95_000];
/** 10 % of each mint. */
const BUFFER_BPS = 1_000;

/**
 * `gas.opinion` is the approval that decides where one is asked for; `gas.opinion.pair` is the half of
 * two that come together; `gas.opinion.first` is the first of two, kept until the other comes.
 * `gas.void` executes an announced void: owner and buffer pay, the rest becomes a debt.
 */
export async function measureJudging(
  world: World,
  verifiers: readonly Wallet[],
  [attest, token]: readonly [Gas, Gas],
): Promise<BenchRow[]> {
  await accredit(world, verifiers);
  const alone = await measureOpinions(world, verifiers, 1);
  const pair = await measureOpinions(world, verifiers, 2);
  const half = shareOf(pair.together, 2);
  const ends = await measureVoid(world, verifiers);
  return [
    toGasRow('gas.opinion', alone.last, OPINION_AIM, attest),
    toGasRow('gas.opinion.pair', half, OPINION_AIM, attest),
    toGasRow('gas.opinion.first', pair.first, OPINION_AIM, attest),
    toGasRow('gas.opinion.last', pair.last, OPINION_AIM, attest),
    toGasRow('gas.mint.buffered', ends.mint, MINT_AIM, token),
    toGasRow('gas.void', ends.execute, VOID_AIM, token),
    toGasRow('gas.void.debt', ends.debt, VOID_AIM, token),
  ];
}

type Plant = Awaited<ReturnType<typeof createDemandingPlant>>;

function createPlant(world: World, approvals: number, bufferBps = 0): Promise<Plant> {
  return createDemandingPlant(world, { approvals, recomputation: false, bufferBps });
}

const batchOf = ({ projectId }: Plant, number: number) =>
  BigInt(projectId) * 1_000_000n + BigInt(number);

/** Three batches of a project: opinions one by one, and all together. */
async function measureOpinions(world: World, verifiers: readonly Wallet[], approvals: number) {
  const plant = await createPlant(world, approvals);
  await plant.submit(1, 1_000n);
  await plant.submit(2, 2_000n);
  const { write } = world.verificationOf(world.actors.buyer);
  const opine = async (number: number, wallets: readonly Wallet[]) => {
    const batchId = batchOf(plant, number);
    const given = wallets.map((wallet) => opinionOf(world, wallet, { batchId }));
    return priceOf(world.reader, await write.opine([batchId, ROOT, await Promise.all(given)]));
  };
  const each: Gas[] = [];
  for (const wallet of verifiers.slice(0, approvals)) each.push(await opine(1, [wallet]));
  const together = await opine(2, verifiers.slice(0, approvals));
  const [first, last] = [each[0], each.at(-1)];
  if (first === undefined || last === undefined) throw new Error('no opinion was measured');
  return { first, last, together };
}

async function measureVoid(world: World, verifiers: readonly Wallet[]) {
  const { reader, actors } = world;
  const plant = await createPlant(world, 0, BUFFER_BPS);
  for (const day of [1, 2, 3]) await plant.submit(day, BigInt(10_000 * day));
  const owner = world.registryOf(actors.owner);
  await world.mined(owner.write.mint([batchOf(plant, 1)]));
  const mint = await priceOf(reader, await owner.write.mint([batchOf(plant, 2)]));
  await world.mined(owner.write.mint([batchOf(plant, 3)]));
  const recourse = world.recourseOf(actors.buyer);
  const announce = async (number: number) => {
    const batchId = batchOf(plant, number);
    const given = verifiers
      .slice(0, 2)
      .map((wallet) => opinionOf(world, wallet, { batchId, verdict: VERDICT.void }));
    await world.mined(recourse.write.announceVoid([batchId, ROOT, await Promise.all(given)]));
    return priceOf(reader, await recourse.write.executeVoid([batchId]));
  };
  const execute = await announce(1);
  const id = BigInt(plant.projectId) * 10_000n + 2026n;
  const [from, to] = [actors.owner.account.address, actors.buyer.account.address];
  const credit = world.creditOf(actors.owner);
  const held = await credit.read.balanceOf([from, id]);
  await world.mined(credit.write.safeTransferFrom([from, to, id, held - 10n, '0x']));
  return { mint, execute, debt: await announce(2) };
}
