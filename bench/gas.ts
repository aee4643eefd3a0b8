// Gas of the contracts at Polygon's prices, beside two well-known contracts measured in the same run.
import { concat, createPublicClient, createWalletClient, encodeAbiParameters, http } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';

import { startAnvil } from '../test/contracts/support/anvil.ts';
import type { TestDevice } from '../test/contracts/support/device.ts';
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
import { readArtifact } from './gas/artifacts.ts';
import { deploy, measureEasAttest, measureErc1155Mint } from './gas/references.ts';
import { priceOf, type Gas } from './gas/reprice.ts';

/** One line of the bench table. `value` is gas at Polygon's prices, `ethereum` at Ethereum's. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: 'gas';
  readonly aim: string;
  /** What the reference costs at Polygon's prices, and `value` as a part of it. */
  readonly reference: number;
  readonly ratio: number;
  readonly ethereum: number;
}

const MNEMONIC = 'test test test test test test test test test test test junk';
const DEVICES = 10;
const PLANT_W = 60_000;
const DEVICE_W = 6_000;
const DAYS_MEASURED = 4;

interface Bench {
  readonly world: World;
  readonly projectId: number;
  readonly devices: readonly TestDevice[];
  readonly attest: Gas;
  readonly token: Gas;
}

/** Measures on an anvil of its own. The contracts have to be compiled. */
export async function run(): Promise<BenchRow[]> {
  const now = String(YEAR_2026 + DAYS_MEASURED * DAY);
  const anvil = await startAnvil(['--steps-tracing', '--timestamp', now]);
  try {
    const bench = await prepare(anvil.rpcUrl);
    return [...(await measureSubmit(bench)), ...(await measureCredit(bench))];
  } finally {
    await anvil.stop();
  }
}

async function prepare(rpcUrl: string): Promise<Bench> {
  const transport = http(rpcUrl);
  const reader = createPublicClient({ chain: foundry, transport, pollingInterval: 20 });
  const wallet = (addressIndex: number): Wallet => {
    const account = mnemonicToAccount(MNEMONIC, { addressIndex });
    return createWalletClient({ account, chain: foundry, transport });
  };
  const actors = {
    admin: wallet(0),
    submitter: wallet(1),
    validator: wallet(2),
    owner: wallet(3),
    buyer: wallet(4),
  };
  const attest = await measureEasAttest(reader, actors.admin);
  const token = await measureErc1155Mint(reader, actors.admin);
  const address = await deploy(
    reader,
    actors.admin,
    readArtifact('TonneRegistry').bytecode,
    encodeAbiParameters([{ type: 'address' }], [actors.admin.account.address]),
  );
  const world = await createWorld(reader, actors, address);
  const projectId = await register(world, { capacityW: PLANT_W });
  await validate(world, projectId);
  const devices: TestDevice[] = [];
  for (let index = 0; index < DEVICES; index++) {
    const device = await claim(world);
    devices.push(device);
    const owner = world.registryOf(actors.owner);
    await owner.write.bindDevice([device.id, projectId, DEVICE_W]);
  }
  return { world, projectId, devices, attest, token };
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
  const next = {
    polygon: Math.round((all.polygon - one.polygon) / others),
    ethereum: Math.round((all.ethereum - one.ethereum) / others),
  };
  return [
    toRow('gas.submit.first', first, 130_000, bench.attest),
    toRow('gas.submit.next', next, 25_000, bench.attest),
  ];
}

async function measureCredit(bench: Bench): Promise<BenchRow[]> {
  const { world, projectId } = bench;
  const owner = world.registryOf(world.actors.owner);
  const credit = world.creditOf(world.actors.owner);
  const creditId = BigInt(projectId) * 10_000n + 2026n;
  const batchId = BigInt(projectId) * 1_000_000n;
  const mint = await priceOf(world.reader, await owner.write.mint([batchId + 1n]));
  const mintNext = await priceOf(world.reader, await owner.write.mint([batchId + 2n]));
  const retire = await priceOf(
    world.reader,
    await credit.write.retire([creditId, 1_000n, 'Example Works Ltd', 'Business travel in 2026']),
  );
  return [
    toRow('gas.mint', mint, 95_000, bench.token),
    toRow('gas.mint.next', mintNext, 95_000, bench.token),
    toRow('gas.retire', retire, 85_000, bench.token),
  ];
}

function toRow(name: string, gas: Gas, aim: number, reference: Gas): BenchRow {
  return {
    name,
    value: gas.polygon,
    unit: 'gas',
    aim: `<= ${String(aim)}`,
    reference: reference.polygon,
    ratio: Number((gas.polygon / reference.polygon).toFixed(3)),
    ethereum: gas.ethereum,
  };
}

if (import.meta.main) console.table(await run());
