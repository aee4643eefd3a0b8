/**
 * What the tables must hold, read from the contracts' views alone (law 10). Ids are walked on the
 * chain as well, so a row that the indexer misses or invents shows too.
 */
import {
  batchIdOf,
  creditAbi,
  creditIdOf,
  recourseAbi,
  registryAbi,
  splitBatchId,
  splitCreditId,
} from '@truetonne/protocol';
import { BaseError, ContractFunctionRevertedError, zeroAddress, type Hex } from 'viem';
import { BUYER, OWNER, type World } from './world.ts';

const DEVICE_STATES = ['none', 'claimed', 'bound', 'revoked', 'frozen'];
const BATCH_STATES = ['none', 'submitted', 'minted', 'verified', 'rejected', 'voided'];
const CLAIM_KINDS = ['carbon', 'energy'];

/** The same selection as `expectedTables`; zero balances are rows of former holders. */
export const TABLES = `{
  projects(orderBy: "id", limit: 100) { items {
    id owner submitter validatorAddress factorUgPerWh batchCount boundCapacityW deficitWh
    remainderUg name utcOffsetMinutes creditableWh grams mintedGrams retiredGrams deviceCount
    kind blocked owedGrams owedCertificates
  } }
  devices(orderBy: "id", limit: 100) { items {
    id owner projectId sequence closedAt exportWh importWh capacityW state revokedFrom
    exportedWh importedWh offeredTo
  } }
  batchs(orderBy: "id", limit: 100) { items {
    id root grams creditableWh periodEnd vintage state blockNumber kind
  } }
  credits(orderBy: "id", limit: 100) { items {
    id mintedGrams heldGrams retiredGrams bufferedGrams voidedGrams
  } }
  balances(orderBy: "account", limit: 100, where: { grams_gt: "0" }) { items {
    account creditId grams
  } }
}`;

/** Reads the views at the newest block. `claims` says from which registers each device counts. */
export async function expectedTables(world: World, claims: ReadonlyMap<Hex, Claimed>) {
  const { number: blockNumber, hash } = await world.anvil.client.getBlock();
  const projects = await readProjects(world, blockNumber);
  const devices = await readDevices(world, claims, blockNumber);
  const batches: BatchRow[] = [];
  for (const { id, batchCount } of projects) {
    batches.push(...(await readBatches(world, id, batchCount, blockNumber)));
  }
  const carbon = batches.filter(({ kind }) => kind === 'carbon');
  const ids = new Set(carbon.map(({ id, vintage }) => creditIdOf(projectOf(id), vintage)));
  const balances = await readBalances(world, [...ids], blockNumber);
  const credits = (await readCredits(world, [...ids].sort(), blockNumber)).map((row) => ({
    ...row,
    heldGrams: sum(balances.flatMap((one) => (one.creditId === row.id ? [one.grams] : []))),
  }));
  const items = {
    projects: projects.map((row) => ({
      ...row,
      ...sumsOf(row.id, batches, credits),
      deviceCount: devices.filter(({ projectId }) => projectId === row.id).length,
    })),
    devices,
    batchs: batches,
    credits,
    balances,
  };
  const tables = Object.entries(items).map(([name, rows]) => [name, { items: rows }]);
  return {
    block: { number: Number(blockNumber), hash },
    tables: toGraphql(Object.fromEntries(tables)),
  };
}

const projectOf = (batchId: bigint) => splitBatchId(batchId).projectId;

function sumsOf(projectId: number, batches: readonly BatchRow[], credits: readonly CreditRow[]) {
  const own = batches.filter(({ id }) => projectOf(id) === projectId);
  const ownCredits = credits.filter(({ id }) => splitCreditId(id).projectId === projectId);
  return {
    creditableWh: sum(own.map(({ creditableWh }) => creditableWh)),
    grams: sum(own.map(({ grams }) => grams)),
    mintedGrams: sum(ownCredits.map(({ mintedGrams }) => mintedGrams)),
    retiredGrams: sum(ownCredits.map(({ retiredGrams }) => retiredGrams)),
  };
}

type BatchRow = Awaited<ReturnType<typeof readBatches>>[number];
type CreditRow = Awaited<ReturnType<typeof readCredits>>[number];

/** Registers at the claim, Wh; after a replacement the new meter's, less what was counted before. */
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
    projects.push({
      id,
      owner: view.owner,
      submitter: view.submitter,
      validatorAddress: view.validator,
      factorUgPerWh: BigInt(view.factorUgPerWh),
      batchCount: view.batchCount,
      boundCapacityW: BigInt(view.boundCapacityW),
      deficitWh: view.deficitWh,
      remainderUg: BigInt(view.remainderUg),
      name: view.plant.name,
      utcOffsetMinutes: view.plant.utcOffsetMinutes,
      kind: CLAIM_KINDS[view.kind],
      blocked: view.blocked,
      ...(await readDebt(anvil, deployment, id, blockNumber)),
    });
  }
}

async function readDebt(
  { client }: World['anvil'],
  { recourse: address }: World['deployment'],
  projectId: number,
  blockNumber: bigint,
) {
  const call = { abi: recourseAbi, address, functionName: 'debtOf', args: [projectId] } as const;
  const { grams, certificates } = await client.readContract({ ...call, blockNumber });
  return { owedGrams: grams, owedCertificates: certificates };
}

async function readBatches(world: World, projectId: number, count: number, blockNumber: bigint) {
  const { anvil, deployment } = world;
  const contract = { abi: registryAbi, address: deployment.registry, blockNumber } as const;
  const batches = [];
  for (let number = 1; number <= count; number += 1) {
    const id = batchIdOf(projectId, number);
    const call = { ...contract, functionName: 'batch', args: [id] } as const;
    const { status, kind, blockNumber: at, ...view } = await anvil.client.readContract(call);
    const { root, grams, creditableWh, periodEnd, vintage } = view;
    const words = { state: BATCH_STATES[status], kind: CLAIM_KINDS[kind] };
    const quantities = { root, grams, creditableWh, periodEnd, vintage };
    batches.push({ id, ...quantities, ...words, blockNumber: BigInt(at) });
  }
  return batches;
}

async function readDevices(
  { anvil, deployment }: World,
  claims: ReadonlyMap<Hex, Claimed>,
  blockNumber: bigint,
) {
  const devices = [];
  for (const [id, claimed] of [...claims].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { status, capacityW, revokedFrom, projectId, offeredTo, ...view } =
      await anvil.client.readContract({
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
      offeredTo: offeredTo === zeroAddress ? null : offeredTo,
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
    const [mintedGrams, retiredGrams, bufferedGrams, voidedGrams] =
      await anvil.client.readContract(call);
    if (mintedGrams === 0n) continue;
    credits.push({ id, mintedGrams, retiredGrams, bufferedGrams, voidedGrams });
  }
  return credits;
}

async function readBalances(world: World, ids: readonly bigint[], blockNumber: bigint) {
  const { anvil, deployment } = world;
  const contract = { abi: creditAbi, address: deployment.credit, blockNumber } as const;
  const balances = [];
  const market = deployment.market?.contract ?? zeroAddress;
  const accounts = [BUYER, OWNER, market].sort((a, b) =>
    a.toLowerCase() < b.toLowerCase() ? -1 : 1,
  );
  for (const account of accounts) {
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
