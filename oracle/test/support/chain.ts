import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { domainOf, registryAbi, toHex, type AddressBook, type Hex } from '@truetonne/protocol';
import {
  createPublicClient,
  createWalletClient,
  http,
  parseEventLogs,
  stringToHex,
  type PublicClient,
  type TransactionReceipt,
} from 'viem';
import { foundry } from 'viem/chains';
import { deployCredits } from '../../../scripts/deployment/credits.ts';
import { DEVELOPMENT_ACCOUNTS } from '../../../scripts/lib/accounts.ts';
import type { TestDevice } from './device.ts';
import { findFreePort } from '../../../scripts/lib/ports.ts';

const { admin, submitter, validator, projectOwner, buyer } = DEVELOPMENT_ACCOUNTS;

/** The roles on a local chain. */
export const roles = { admin, submitter, validator, owner: projectOwner, buyer };

const FACTOR_UG_PER_WH = 352_000;
const FOREVER = 2 ** 39;

/** What registering takes: a device of ours, or the output of firmware. */
type ClaimedDevice = Pick<TestDevice, 'claim' | 'publicKey' | 'claimSignature'>;

/** A chain of its own with the registry on it. */
export interface TestChain {
  readonly deployment: AddressBook;
  readonly domain: Hex;
  readonly client: PublicClient;
  /** Publishes a methodology version and answers its id. */
  readonly publish: (parametersHash: Hex) => Promise<number>;
  readonly addProject: (plant?: Partial<TestPlant>) => Promise<number>;
  readonly claim: (device: ClaimedDevice) => Promise<void>;
  readonly bind: (
    device: Pick<TestDevice, 'deviceId'>,
    projectId: number,
    capacityW?: number,
  ) => Promise<void>;
  readonly revoke: (device: TestDevice, from: number) => Promise<void>;
  readonly life: LifeSteps;
  /** Sends a raw JSON-RPC request, such as anvil's own. */
  readonly request: (method: string, params: readonly unknown[]) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** What can happen to a device after its claim (SPEC section 9). */
interface LifeSteps {
  readonly offer: (deviceId: Hex, to: Hex) => Promise<void>;
  /** Accepted by the wallet of account 4. */
  readonly accept: (deviceId: Hex) => Promise<void>;
  readonly replaceMeter: (
    device: TestDevice,
    signed: { readonly statement: Uint8Array; readonly signature: Uint8Array },
  ) => Promise<void>;
  readonly freeze: (proof: {
    readonly publicKey: Hex;
    readonly a: { readonly header: Hex; readonly signature: Hex };
    readonly b: { readonly header: Hex; readonly signature: Hex };
  }) => Promise<void>;
}

interface TestPlant {
  readonly methodologyId: number;
  readonly utcOffsetMinutes: number;
  readonly creditingFrom: number;
  readonly creditingUntil: number;
}

type Wallet = ReturnType<typeof createWallet>;

/** Starts anvil on a free port and deploys the registry as it was last compiled. */
export async function startChain(): Promise<TestChain> {
  const port = await findFreePort();
  const rpcUrl = `http://127.0.0.1:${port}`;
  const anvil = spawnAnvil(port);
  const client = createPublicClient({
    chain: foundry,
    transport: http(rpcUrl),
    pollingInterval: 50,
  });
  await waitForChain(client, anvil);
  const wallet = createWallet(rpcUrl, roles.admin);
  const contracts = await deployCredits({ reader: client, wallet }, roles.admin.address, 0);
  // Proof: lower case changes no digit's value.
  const registry = contracts.registry.toLowerCase() as Hex;
  const chainId = foundry.id;
  return {
    ...createSteps(client, rpcUrl, registry),
    client,
    domain: domainOf(chainId, registry),
    deployment: { network: 'local', chainId, rpcUrl, ...contracts, registry, deployedAtBlock: 0 },
    stop: () => stopAnvil(anvil),
  };
}

function createSteps(client: PublicClient, rpcUrl: string, registry: Hex) {
  const contract = { address: registry, abi: registryAbi } as const;
  const wallets = {
    admin: createWallet(rpcUrl, roles.admin),
    validator: createWallet(rpcUrl, roles.validator),
    owner: createWallet(rpcUrl, roles.owner),
    buyer: createWallet(rpcUrl, roles.buyer),
  };
  const mined = async (hash: Hex): Promise<TransactionReceipt> => {
    const receipt = await client.waitForTransactionReceipt({ hash });
    if (receipt.status !== 'success') throw new Error(`transaction ${hash} failed`);
    return receipt;
  };
  let methodology: Promise<number> | undefined;
  const life: LifeSteps = {
    async offer(deviceId, to) {
      const call = { ...contract, functionName: 'offerDevice', args: [deviceId, to] } as const;
      await mined(await wallets.owner.writeContract(call));
    },
    async accept(deviceId) {
      const call = { ...contract, functionName: 'acceptDevice', args: [deviceId] } as const;
      await mined(await wallets.buyer.writeContract(call));
    },
    async replaceMeter({ publicKey }, { statement, signature }) {
      const args = [toHex(statement), toHex(publicKey), toHex(signature)] as const;
      const call = { ...contract, functionName: 'replaceMeter', args } as const;
      await mined(await wallets.validator.writeContract(call));
    },
    async freeze({ publicKey, a, b }) {
      const args = [publicKey, a.header, a.signature, b.header, b.signature] as const;
      const call = { ...contract, functionName: 'freezeDevice', args } as const;
      await mined(await wallets.buyer.writeContract(call));
    },
  };
  return {
    life,
    publish: (parametersHash: Hex) => publish(wallets.admin, contract, mined, parametersHash),
    async addProject(plant: Partial<TestPlant> = {}) {
      methodology ??= prepare(wallets.admin, contract, mined);
      const receipt = await mined(
        await wallets.owner.writeContract({
          ...contract,
          functionName: 'registerProject',
          args: [plantOf(await methodology, plant)],
        }),
      );
      const [event] = parseEventLogs({
        abi: registryAbi,
        eventName: 'ProjectRegistered',
        logs: receipt.logs,
      });
      if (event === undefined) throw new Error('no ProjectRegistered');
      const { projectId } = event.args;
      const args = [projectId, FACTOR_UG_PER_WH, roles.submitter.address] as const;
      await mined(
        await wallets.validator.writeContract({
          ...contract,
          functionName: 'validateProject',
          args,
        }),
      );
      return projectId;
    },
    async claim({ claim, publicKey, claimSignature }: ClaimedDevice) {
      const args = [toHex(claim), toHex(publicKey), toHex(claimSignature)] as const;
      await mined(
        await wallets.owner.writeContract({ ...contract, functionName: 'claimDevice', args }),
      );
    },
    async bind({ deviceId }: Pick<TestDevice, 'deviceId'>, projectId: number, capacityW = 6_000) {
      const args = [deviceId, projectId, capacityW] as const;
      await mined(
        await wallets.owner.writeContract({ ...contract, functionName: 'bindDevice', args }),
      );
    },
    async revoke({ deviceId }: TestDevice, from: number) {
      const args = [deviceId, from] as const;
      await mined(
        await wallets.owner.writeContract({ ...contract, functionName: 'revokeDevice', args }),
      );
    },
    async request(method: string, params: readonly unknown[]): Promise<unknown> {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
      const response = await fetch(rpcUrl, { method: 'POST', headers, body });
      const answer: unknown = await response.json();
      if (typeof answer === 'object' && answer !== null && 'result' in answer) return answer.result;
      throw new Error(`${method}: ${JSON.stringify(answer)}`);
    },
  };
}

async function prepare(
  admin: Wallet,
  contract: { readonly address: Hex; readonly abi: typeof registryAbi },
  mined: (hash: Hex) => Promise<TransactionReceipt>,
): Promise<number> {
  const methodologyId = await publish(admin, contract, mined, `0x${'01'.repeat(32)}`);
  const accredit = [roles.validator.address, FOREVER] as const;
  await mined(await admin.writeContract({ ...contract, functionName: 'accredit', args: accredit }));
  return methodologyId;
}

async function publish(
  admin: Wallet,
  contract: { readonly address: Hex; readonly abi: typeof registryAbi },
  mined: (hash: Hex) => Promise<TransactionReceipt>,
  parametersHash: Hex,
): Promise<number> {
  const demands = { approvals: 0, recomputation: false, bufferBps: 0 };
  const args = ['GCCM001', '4', parametersHash, 0, FOREVER, demands] as const;
  const receipt = await mined(
    await admin.writeContract({ ...contract, functionName: 'publishMethodology', args }),
  );
  const [event] = parseEventLogs({
    abi: registryAbi,
    eventName: 'MethodologyPublished',
    logs: receipt.logs,
  });
  if (event === undefined) throw new Error('no MethodologyPublished');
  return event.args.methodologyId;
}

function plantOf(methodologyId: number, plant: Partial<TestPlant>) {
  return {
    name: 'Test roof',
    country: stringToHex('US', { size: 2 }),
    latitudeE6: 39_742_000,
    longitudeE6: -105_179_000,
    utcOffsetMinutes: -420,
    capacityW: 100_000,
    methodologyId,
    creditingFrom: 1_400_000_000,
    creditingUntil: 2_000_000_000,
    ...plant,
  };
}

function createWallet(rpcUrl: string, owner: (typeof roles)['owner']) {
  return createWalletClient({ account: owner, chain: foundry, transport: http(rpcUrl) });
}

function spawnAnvil(port: number): ChildProcess {
  const name = `@foundry-rs/anvil-${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const binary = createRequire(import.meta.url).resolve(`${name}/bin/anvil`);
  const args = ['--host', '127.0.0.1', '--port', String(port), '--hardfork', 'osaka', '--quiet'];
  return spawn(binary, args, { stdio: 'ignore' });
}

async function waitForChain(client: PublicClient, anvil: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (anvil.exitCode !== null) break;
    const block = await client.getBlockNumber().catch(() => undefined);
    if (block !== undefined) return;
    await sleep(50);
  }
  throw new Error('anvil did not start');
}

async function stopAnvil(anvil: ChildProcess): Promise<void> {
  if (anvil.exitCode !== null) return;
  const ended = new Promise((resolve) => anvil.once('exit', resolve));
  anvil.kill('SIGKILL');
  await ended;
}
