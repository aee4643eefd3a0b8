/**
 * What the tables must hold, read from the contracts' views alone (law 10). Ids are walked on the
 * chain as well, so a row that the indexer misses or invents shows too.
 */
import { batchIdOf, creditAbi, creditIdOf, registryAbi } from '@truetonne/protocol';
import { BaseError, ContractFunctionRevertedError, type Hex } from 'viem';
import { BUYER, OWNER, type World } from './world.ts';

const DEVICE_STATES = ['none', 'claimed', 'bound', 'revoked'];
const BATCH_STATES = ['none', 'submitted', 'minted'];

/** The same selection as `expectedTables`; zero balances are rows of former holders. */
export const TABLES = `{
  projects(orderBy: "id", limit: 100) { items {
    id owner submitter validatorAddress factorUgPerWh batchCount boundCapacityW deficitWh
    remainderUg name utcOffsetMinutes creditableWh grams mintedGrams retiredGrams
  } }
  devices(orderBy: "id", limit: 100) { items {
    id owner projectId sequence closedAt exportWh importWh capacityW state revokedFrom claimHash
    exportedWh importedWh
  } }
  batchs(orderBy: "id", limit: 100) { items {
    id root grams creditableWh periodEnd vintage state blockNumber
  } }
  credits(orderBy: "id", limit: 100) { items { id mintedGrams retiredGrams } }
  balances(orderBy: "account", limit: 100, where: { grams_gt: "0" }) { items {
    account creditId grams
  } }
}`;

/** Reads the views at one block. `claims` holds the registers of each device at its claim, Wh. */
export async function expectedTables(world: World, claims: ReadonlyMap<Hex, Claimed>) {
  const { number: blockNumber, hash } = await world.anvil.client.getBlock();
  const projects = await readProjects(world, blockNumber);
  const devices = await readDevices(world, claims, blockNumber);
  const batches = projects.flatMap(({ batches }) => batches);
  const ids = batches.filter(({ state }) => state === 'minted').map(({ creditId }) => creditId);
  const credits = await readCredits(world, [...new Set(ids)].sort(), blockNumber);
  const rows = projects.map(({ batches: own, ...row }) => {
    const ofProject = credits.filter(({ id }) => id / 10_000n === BigInt(row.id));
    return {
      ...row,
      creditableWh: sum(own.map((batch) => batch.creditableWh)),
      grams: sum(own.map((batch) => batch.grams)),
      mintedGrams: sum(ofProject.map((credit) => credit.mintedGrams)),
      retiredGrams: sum(ofProject.map((credit) => credit.retiredGrams)),
    };
  });
  const balances = await readBalances(
    world,
    credits.map(({ id }) => id),
    blockNumber,
  );
  const tables = {
    projects: { items: rows },
    devices: { items: devices },
    batchs: { items: batches.map(({ creditId: _, ...batch }) => batch) },
    credits: { items: credits },
    balances: { items: balances },
  };
  return { block: { number: Number(blockNumber), hash }, tables: toGraphql(tables) };
}

export interface Claimed {
  readonly exportWh: bigint;
  readonly importWh: bigint;
}

async function readProjects({ anvil, deployment }: World, blockNumber: bigint) {
  const contract = { abi: registryAbi, address: deployment.registry, blockNumber } as const;
  const projects = [];
  for (let id = 1; ; id += 1) {
    const call = { ...contract, functionName: 'project', args: [id] } as const;
    const view = await anvil.client.readContract(call).catch(undefinedWhenUnknown);
    if (view === undefined) return projects;
    const batches = [];
    for (let number = 1; number <= view.batchCount; number += 1) {
      const batchId = batchIdOf(id, number);
      const batch = await anvil.client.readContract({
        ...contract,
        functionName: 'batch',
        args: [batchId],
      });
      const { status, blockNumber: at, ...rest } = batch;
      const state = BATCH_STATES[status];
      const creditId = creditIdOf(id, batch.vintage);
      batches.push({ id: batchId, ...rest, state, blockNumber: BigInt(at), creditId });
    }
    const { plant, replacementsFrom: _, validator, ...row } = view;
    projects.push({
      id,
      ...row,
      validatorAddress: validator,
      factorUgPerWh: BigInt(view.factorUgPerWh),
      boundCapacityW: BigInt(view.boundCapacityW),
      remainderUg: BigInt(view.remainderUg),
      name: plant.name,
      utcOffsetMinutes: plant.utcOffsetMinutes,
      batches,
    });
  }
}

async function readDevices(
  { anvil, deployment }: World,
  claims: ReadonlyMap<Hex, Claimed>,
  blockNumber: bigint,
) {
  const devices = [];
  for (const [id, claimed] of [...claims].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { status, capacityW, revokedFrom, projectId, ...view } = await anvil.client.readContract({
      abi: registryAbi,
      address: deployment.registry,
      blockNumber,
      functionName: 'device',
      args: [id],
    });
    if (status === 0) continue;
    devices.push({
      id,
      ...view,
      state: DEVICE_STATES[status],
      projectId: projectId === 0 ? null : projectId,
      capacityW: capacityW === 0 ? null : BigInt(capacityW),
      revokedFrom: revokedFrom === 0 ? null : revokedFrom,
      exportedWh: view.exportWh - claimed.exportWh,
      importedWh: view.importWh - claimed.importWh,
    });
  }
  return devices;
}

async function readCredits(world: World, ids: readonly bigint[], blockNumber: bigint) {
  const { anvil, deployment } = world;
  const contract = { abi: creditAbi, address: deployment.credit, blockNumber } as const;
  const credits = [];
  for (const id of ids) {
    const call = { ...contract, functionName: 'totals', args: [id] } as const;
    const [mintedGrams, retiredGrams] = await anvil.client.readContract(call);
    credits.push({ id, mintedGrams, retiredGrams });
  }
  return credits;
}

async function readBalances(world: World, ids: readonly bigint[], blockNumber: bigint) {
  const { anvil, deployment } = world;
  const contract = { abi: creditAbi, address: deployment.credit, blockNumber } as const;
  const balances = [];
  for (const account of [BUYER, OWNER].sort()) {
    for (const creditId of ids) {
      const call = { ...contract, functionName: 'balanceOf', args: [account, creditId] } as const;
      const grams = await anvil.client.readContract(call);
      if (grams > 0n) balances.push({ account, creditId, grams });
    }
  }
  return balances;
}

function undefinedWhenUnknown(error: unknown): undefined {
  const cause =
    error instanceof BaseError && error.walk((e) => e instanceof ContractFunctionRevertedError);
  if (
    cause instanceof ContractFunctionRevertedError &&
    cause.data?.errorName === 'ProjectUnknown'
  ) {
    return undefined;
  }
  throw error;
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}

/** As GraphQL answers: bigint as a decimal string, addresses in lower case. */
function toGraphql(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, field: unknown) => {
      if (typeof field === 'bigint') return String(field);
      return typeof field === 'string' && /^0x[0-9a-fA-F]{40}$/.test(field)
        ? field.toLowerCase()
        : field;
    }),
  );
}
