import {
  getContract,
  stringToHex,
  type Account,
  type Chain,
  type Hex,
  type PublicClient,
  type Transport,
  type WalletClient,
} from 'viem';

import { creditAbi } from '../../../protocol/src/abi/credit.ts';
import type { CreditContracts } from '../../../protocol/src/index.ts';
import { energyCertificateAbi } from '../../../protocol/src/abi/energyCertificate.ts';
import { readingsAbi } from '../../../protocol/src/abi/readings.ts';
import { recourseAbi } from '../../../protocol/src/abi/recourse.ts';
import { registryAbi } from '../../../protocol/src/abi/registry.ts';
import { verificationAbi } from '../../../protocol/src/abi/verification.ts';
import { claimOf, closingOf, createDevice, headerOf, sha256Of, type TestDevice } from './device.ts';

export type Wallet = WalletClient<Transport, Chain, Account>;

/** 1 January 2026, 00:00 UTC: where the tests' project begins to be credited. */
export const YEAR_2026 = 1_767_225_600;
export const YEAR_2027 = 1_798_761_600;
export const DAY = 86_400;

/** US intermittent, IFI 2021: 352 g/kWh. */
export const FACTOR_UG_PER_WH = 352_000;
export const PLANT_W = 6_000;
export const DEVICE_W = 6_000;

export const ROOT: Hex = `0x${'11'.repeat(32)}`;
export const FILE_DIGEST: Hex = `0x${'22'.repeat(32)}`;

/** What an owner registers; the names and units of the contract's `Plant`. */
export interface Plant {
  readonly name: string;
  readonly country: Hex;
  readonly latitudeE6: number;
  readonly longitudeE6: number;
  readonly utcOffsetMinutes: number;
  readonly capacityW: number;
  readonly methodologyId: number;
  readonly creditingFrom: number;
  readonly creditingUntil: number;
}

export const PLANT: Plant = {
  name: 'SERF East',
  country: '0x5553',
  latitudeE6: 39_742_000,
  longitudeE6: -105_178_000,
  utcOffsetMinutes: 0,
  capacityW: PLANT_W,
  methodologyId: 1,
  creditingFrom: YEAR_2026,
  creditingUntil: YEAR_2026 + 10 * 365 * DAY,
};

/** Of a methodology version whose batches count as soon as they are submitted. */
export const NO_DEMANDS = { approvals: 0, recomputation: false, bufferBps: 0 };

/** The `field` of an error: ASCII in 32 bytes. */
export function fieldName(name: string): Hex {
  return stringToHex(name, { size: 32 });
}

/** The accounts of the public anvil mnemonic, in the order that the project uses them. */
export interface Actors {
  readonly admin: Wallet;
  readonly submitter: Wallet;
  readonly validator: Wallet;
  readonly owner: Wallet;
  readonly buyer: Wallet;
}

export type World = Awaited<ReturnType<typeof createWorld>>;

/** Contracts with one published methodology and one accredited validator, and their people. */
export async function createWorld(
  reader: PublicClient,
  actors: Actors,
  contracts: CreditContracts,
) {
  const address = contracts.registry;
  const registryOf = (wallet: Wallet) =>
    getContract({ address, abi: registryAbi, client: { public: reader, wallet } });
  const registry = registryOf(actors.admin);
  const creditOf = (wallet: Wallet) =>
    getContract({ address: contracts.credit, abi: creditAbi, client: { public: reader, wallet } });
  const readings = getContract({
    address: contracts.readings,
    abi: readingsAbi,
    client: { public: reader, wallet: actors.admin },
  });
  const verificationOf = (wallet: Wallet) =>
    getContract({
      address: contracts.verification,
      abi: verificationAbi,
      client: { public: reader, wallet },
    });
  const recourseOf = (wallet: Wallet) =>
    getContract({
      address: contracts.recourse,
      abi: recourseAbi,
      client: { public: reader, wallet },
    });
  const energyOf = (wallet: Wallet) =>
    getContract({
      address: contracts.energyCertificate,
      abi: energyCertificateAbi,
      client: { public: reader, wallet },
    });
  const domain = await registry.read.domain();
  /** Waits until a transaction is mined: anvil answers before that. */
  const mined = async (sent: Promise<Hex>) =>
    reader.waitForTransactionReceipt({ hash: await sent });
  await mined(
    registry.write.publishMethodology(['GCCM001', 'v4', ROOT, 0, 2 ** 40 - 1, NO_DEMANDS]),
  );
  await mined(registry.write.accredit([actors.validator.account.address, 2 ** 40 - 1]));
  return {
    contracts,
    reader,
    mined,
    actors,
    domain,
    registry,
    registryOf,
    credit: creditOf(actors.admin),
    creditOf,
    readings,
    verificationOf,
    recourseOf,
    energyOf,
  };
}

/** Registers a plant of the owner. Ids count from 1. */
export async function register(world: World, plant: Partial<Plant> = {}) {
  const id = await nextProjectId(world);
  const registry = world.registryOf(world.actors.owner);
  await world.mined(registry.write.registerProject([{ ...PLANT, ...plant }]));
  return id;
}

async function nextProjectId(world: World): Promise<number> {
  const logs = await world.registry.getEvents.ProjectRegistered({}, { fromBlock: 0n });
  return logs.length + 1;
}

/** Has the validator validate a project. */
export async function validate(world: World, projectId: number): Promise<void> {
  const { validator, submitter } = world.actors;
  const { write } = world.registryOf(validator);
  await world.mined(
    write.validateProject([projectId, FACTOR_UG_PER_WH, submitter.account.address]),
  );
}

/** Registers at the time of a claim. */
interface ClaimState {
  readonly claimedAt?: number;
  readonly exportWh?: bigint;
  readonly importWh?: bigint;
}

/** The arguments of `claimDevice` for a device of the owner. */
export function claimedBy(world: World, device: TestDevice, state: ClaimState = {}) {
  const owner = world.actors.owner.account.address;
  const fields = { domain: world.domain, deviceId: device.id, owner, claimedAt: YEAR_2026 };
  const bytes = claimOf({ ...fields, ...state });
  return [bytes, device.publicKey, device.sign(bytes)] as const;
}

/** A device claimed by the owner, with its claim as the last credited state. */
export async function claim(world: World, state: ClaimState = {}): Promise<TestDevice> {
  const device = createDevice();
  const registry = world.registryOf(world.actors.owner);
  await world.mined(registry.write.claimDevice(claimedBy(world, device, state)));
  return device;
}

/** A validated project of the owner with one bound device, claimed at the start of 2026. */
export async function createPlant(world: World) {
  const projectId = await register(world);
  await validate(world, projectId);
  const device = await claim(world);
  await world.registryOf(world.actors.owner).write.bindDevice([device.id, projectId, DEVICE_W]);
  return { projectId, device };
}

/** The closing record of a device at a state. */
export function close(
  world: World,
  device: TestDevice,
  state: Omit<Parameters<typeof headerOf>[0], 'domain' | 'deviceId'>,
): Hex {
  return closingOf(
    device,
    headerOf({
      domain: world.domain,
      deviceId: device.id,
      readingsHash: sha256Of('0x01'),
      previousHash: sha256Of('0x02'),
      ...state,
    }),
  );
}

/** A submission for the first day of 2026; the arguments are what the test is about. */
export function submissionOf(
  projectId: number,
  fields: Partial<{
    deductedWh: bigint;
    periodStart: number;
    periodEnd: number;
    root: Hex;
    fileDigest: Hex;
  }> = {},
) {
  return {
    projectId,
    deductedWh: 0n,
    periodStart: YEAR_2026,
    periodEnd: YEAR_2026 + DAY,
    root: ROOT,
    fileDigest: FILE_DIGEST,
    ...fields,
  };
}
