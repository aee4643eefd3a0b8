// Gas of the contracts at Polygon's prices, beside two well-known contracts measured in the same run.
import { concat, createPublicClient, createWalletClient, http } from 'viem';
import type { HDAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';

import { dedicationOf } from '../protocol/src/index.ts';
import { deployCredits } from '../scripts/deployment/credits.ts';
import { DEVELOPMENT_ACCOUNTS } from '../scripts/lib/accounts.ts';
import { startAnvil } from '../test/contracts/support/anvil.ts';
import { createDevice, type TestDevice } from '../test/contracts/support/device.ts';
import { recordOf } from '../test/contracts/support/life.ts';
import {
  claim,
  close,
  createWorld,
  DAY,
  register,
  submissionOf,
  validate,
  YEAR_2026,
  type Wallet,
  type World,
} from '../test/contracts/support/world.ts';
import { measureMarket } from './gas/market.ts';
import { measureEasAttest, measureErc1155Mint } from './gas/references.ts';
import { priceOf, type Gas } from './gas/reprice.ts';
import { measureJudging } from './gas/judging.ts';
import { measureSubscriptions } from './gas/subscriptions.ts';
import { shareOf, withoutList, toGasRow as toRow } from './gas/row.ts';
import type { BenchRow } from './row.ts';

const DEVICES = 10;
const PLANT_W = 60_000;
const DEVICE_W = 6_000;
const DAYS_MEASURED = 4;
const REGISTERED = 23;
/** 1,000 devices in five transactions. */
const FIT_AIM = 200;
const REGISTER_AIM = 80_000;
/** The most gas of one transaction (EIP-7825). */
const TRANSACTION_GAS = 16_777_216;

interface Bench {
  readonly world: World;
  readonly projectId: number;
  readonly devices: readonly TestDevice[];
  readonly verifiers: readonly Wallet[];
  readonly attest: Gas;
  readonly token: Gas;
}

/** Measures on an anvil of its own. The contracts have to be compiled. */
export async function run(): Promise<BenchRow[]> {
  const now = String(YEAR_2026 + DAYS_MEASURED * DAY);
  const anvil = await startAnvil(['--steps-tracing', '--timestamp', now]);
  try {
    const bench = await prepare(anvil.rpcUrl);
    return [
      ...(await measureSubmit(bench)),
      ...(await measureCredit(bench)),
      ...(await measureRegistration(bench)),
      ...(await measureJudging(bench.world, bench.verifiers, [bench.attest, bench.token])),
      ...(await measureSubscriptions()),
    ];
  } finally {
    await anvil.stop();
  }
}

async function prepare(rpcUrl: string): Promise<Bench> {
  const transport = http(rpcUrl);
  const reader = createPublicClient({ chain: foundry, transport, pollingInterval: 20 });
  const wallet = (account: HDAccount): Wallet =>
    createWalletClient({ account, chain: foundry, transport });
  const { projectOwner, ...others } = DEVELOPMENT_ACCOUNTS;
  const actors = {
    admin: wallet(others.admin),
    submitter: wallet(others.submitter),
    validator: wallet(others.validator),
    owner: wallet(projectOwner),
    buyer: wallet(others.buyer),
  };
  const attest = await measureEasAttest(reader, actors.admin);
  const token = await measureErc1155Mint(reader, actors.admin);
  const { admin } = actors;
  const contracts = await deployCredits({ reader, wallet: admin }, admin.account.address, 0);
  const world = await createWorld(reader, actors, contracts);
  const projectId = await register(world, { capacityW: PLANT_W });
  await validate(world, projectId);
  const devices: TestDevice[] = [];
  for (let index = 0; index < DEVICES; index++) {
    const device = await claim(world);
    devices.push(device);
    const owner = world.registryOf(actors.owner);
    await world.mined(owner.write.bindDevice([device.id, projectId, DEVICE_W]));
  }
  const verifiers = [others.promoSigner, others.arbiter, others.treasury].map(wallet);
  return { world, projectId, devices, verifiers, attest, token };
}

/** A submission for one day; every device has exported since its claim on day 0. */
async function submit(bench: Bench, day: number, devices: readonly TestDevice[]): Promise<Gas> {
  const { world, projectId } = bench;
  const closings = devices.map((device) =>
    close(world, device, {
      // A window every quarter of an hour, as inverters report; numbers as after a year of use.
      sequence: 35_040 + 96 * day,
      openedAt: YEAR_2026 + day * DAY - 900,
      closedAt: YEAR_2026 + day * DAY,
      exportWh: 30_000n * BigInt(day),
      importWh: 40n * BigInt(day),
    }),
  );
  const submission = submissionOf(projectId, {
    periodEnd: YEAR_2026 + day * DAY,
    deductedWh: 1_234n,
  });
  const registry = world.registryOf(world.actors.submitter);
  return priceOf(world.reader, await registry.write.submit([submission, concat(closings)]));
}

/** `first` is the first batch of a project with one device: the others cost the same or less. */
async function measureSubmit(bench: Bench): Promise<BenchRow[]> {
  const first = await submit(bench, 1, bench.devices.slice(0, 1));
  const all = await submit(bench, 2, bench.devices);
  const one = await submit(bench, 3, bench.devices.slice(0, 1));
  const others = DEVICES - 1;
  const next = shareOf(all, others, one);
  return [
    toRow('gas.submit.first', first, 130_000, bench.attest),
    toRow('gas.submit.next', next, 25_000, bench.attest),
  ];
}

/**
 * `gas.mint` is into an empty balance of a credit that was minted before: the month of an owner who
 * sells everything. The first mint of a vintage also opens its totals; a mint on top of a balance
 * opens nothing. `gas.retire` is the first of the credit.
 */
async function measureCredit(bench: Bench): Promise<BenchRow[]> {
  const { world, projectId } = bench;
  const { actors, reader } = world;
  const credit = world.creditOf(actors.owner);
  const creditId = BigInt(projectId) * 10_000n + 2026n;
  const mint = async (number: bigint) => {
    const batchId = BigInt(projectId) * 1_000_000n + number;
    return priceOf(reader, await world.registryOf(actors.owner).write.mint([batchId]));
  };
  const [seller, buyer] = [actors.owner.account.address, actors.buyer.account.address];
  const first = await mint(1n);
  const grams = await credit.read.balanceOf([seller, creditId]);
  await world.mined(credit.write.safeTransferFrom([seller, buyer, creditId, grams, '0x']));
  const empty = await mint(2n);
  const held = await mint(3n);
  const words = { beneficiary: 'Example Works Ltd', purpose: 'Business travel in 2026' };
  const dedication = dedicationOf(seller, words);
  const retire = await priceOf(reader, await credit.write.retire([creditId, 1_000n, dedication]));
  const market = await measureMarket(world, creditId);
  return [
    toRow('gas.mint', empty, 95_000, bench.token),
    toRow('gas.mint.vintage', first, 95_000, bench.token),
    toRow('gas.mint.held', held, 95_000, bench.token),
    toRow('gas.retire', retire, 85_000, bench.token),
    toRow('gas.retire.certificate', market.certificate, 160_000, bench.token),
    toRow('gas.retire.certificate.again', market.certificateAgain, 160_000, bench.token),
    toRow('gas.retire.certificate.private', market.certificatePrivate, 160_000, bench.token),
    toRow('gas.list', market.list, 75_000, bench.token),
    toRow('gas.list.all', market.listAll, 75_000, bench.token),
    toRow('gas.buy', market.buy, 110_000, bench.token),
    toRow('gas.buy.held', market.buyHeld, 110_000, bench.token),
    toRow('gas.buy.coin', market.buyCoin, 110_000, bench.token),
    toRow('gas.buy-and-retire', market.buyAndRetire, 260_000, bench.token),
    toRow('gas.buy-and-retire.plain', market.buyAndRetirePlain, 260_000, bench.token),
  ];
}

/** Registration for a project of its own: what a device adds, and how many fit one transaction. */
async function measureRegistration({ world, attest }: Bench): Promise<BenchRow[]> {
  const projectId = await register(world, { capacityW: REGISTERED * DEVICE_W });
  const registry = world.registryOf(world.actors.owner);
  const measure = async (count: number): Promise<Gas> => {
    const records = Array.from({ length: count }, () => recordOf(world, createDevice(), DEVICE_W));
    const hash = await registry.write.registerDevices([projectId, concat(records)]);
    return priceOf(world.reader, hash);
  };
  // The first of a project also opens the sum of its capacities.
  await measure(1);
  const one = await measure(1);
  const all = await measure(REGISTERED - 2);
  const others = REGISTERED - 3;
  const each = withoutList(shareOf(all, others, one));
  const fitting = Math.floor((TRANSACTION_GAS - one.polygon) / each.polygon) + 1;
  return [
    toRow('gas.register.device', each, REGISTER_AIM, attest),
    { name: 'gas.register.fits', value: fitting, unit: 'devices per transaction', aim: FIT_AIM },
  ];
}

if (import.meta.main) console.table(await run());
