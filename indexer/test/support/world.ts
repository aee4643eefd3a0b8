import {
  certificatesAbi,
  concatBytes,
  creditAbi,
  domainOf,
  energyCertificateAbi,
  marketAbi,
  recomputationAbi,
  recourseAbi,
  registryAbi,
  toHex,
  verificationAbi,
} from '@truetonne/protocol';
import {
  createWalletClient,
  http,
  parseAbi,
  parseEventLogs,
  sha256,
  stringToHex,
  zeroAddress,
  zeroHash,
  type Abi,
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type Hex,
  type TransactionReceipt,
} from 'viem';
import { foundry } from 'viem/chains';
import {
  readCertificatesCode,
  readCompiled,
  readMarketCode,
} from '../../../scripts/deployment/artifact.ts';
import { deployCredits } from '../../../scripts/deployment/credits.ts';
import { deployRecomputation } from '../../../scripts/deployment/recomputation.ts';
import type { Deployment } from '../../lib/deployment.ts';
import { GAS, type Anvil } from './anvil.ts';
import { Meter, type Registers } from './meter.ts';

const YEAR_S = 31_536_000;
const DEADLINE = 2 ** 40 - 1;
/** What the nodes would run; nothing runs it here. */
const SOURCE = 'return Functions.encodeUint256(1)';
const SOURCE_BYTES = stringToHex(SOURCE);
const ROUTER_ABI = parseAbi([
  'function answer(address client, bytes32 requestId, bytes response, bytes err)',
]);
const REASONS: Hex = `0x${'33'.repeat(32)}`;
const ABIS = {
  verification: verificationAbi,
  recourse: recourseAbi,
  energyCertificate: energyCertificateAbi,
} as const;
const OPINION_TYPES = {
  Opinion: [
    { name: 'verifier', type: 'address' },
    { name: 'batchId', type: 'uint64' },
    { name: 'root', type: 'bytes32' },
    { name: 'verdict', type: 'uint8' },
    { name: 'round', type: 'uint8' },
    { name: 'reasonHash', type: 'bytes32' },
    { name: 'reasonUri', type: 'string' },
    { name: 'deadline', type: 'uint40' },
  ],
} as const;

/** Accounts of the public development mnemonic, in the roles that the local chain gives them. */
const [ADMIN, SUBMITTER, VALIDATOR, OWNER, BUYER] = [
  '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
  '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC',
  '0x90F79bf6EB2c4f870365E785982E1f101E93b906',
  '0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65',
] as const;

export { ADMIN, BUYER, OWNER, SUBMITTER, VALIDATOR };

type Write = 'nonpayable' | 'payable';

/** The contracts on a chain of their own, and what the parties do with them. */
export class World {
  readonly anvil: Anvil;
  readonly deployment: Deployment;
  readonly domain: Hex;

  private constructor(anvil: Anvil, deployment: Deployment) {
    this.anvil = anvil;
    this.deployment = deployment;
    this.domain = domainOf(deployment.chainId, deployment.registry);
  }

  /** Deploys the contracts, publishes a methodology and accredits a validator. */
  static async found(anvil: Anvil): Promise<World> {
    const { client, rpcUrl } = anvil;
    const deployedAtBlock = Number(await client.getBlockNumber()) + 1;
    const wallet = createWalletClient({ account: ADMIN, chain: foundry, transport: http(rpcUrl) });
    const deployer = { reader: client, wallet };
    const contracts = await deployCredits(deployer, ADMIN, 0);
    const market = await deployMarket(anvil, contracts.credit);
    const router = await create(
      anvil,
      (await readCompiled('mocks/recomputation/RouterDouble')).bytecode,
    );
    const recomputation = await deployRecomputation(deployer, {
      ...{ verification: contracts.verification, operator: ADMIN, router, subscriptionId: 1n },
      ...{ donId: zeroHash, sourceHash: sha256(SOURCE_BYTES), rpcUrl },
    });
    const place = { network: 'local', chainId: 31_337, rpcUrl, deployedAtBlock };
    const world = new World(anvil, { ...place, ...contracts, market, recomputation });
    await world.#asAdmin();
    return world;
  }

  /** Registers and validates a plant of 12 kW. */
  async registerProject(
    projectId: number,
    name: string,
    utcOffsetMinutes: number,
    methodologyId = 1,
  ): Promise<void> {
    const plant = {
      name,
      country: stringToHex('US'),
      latitudeE6: 32_221_667,
      longitudeE6: -110_926_389,
      utcOffsetMinutes,
      capacityW: 12_000,
      methodologyId,
      creditingFrom: 1_704_067_200,
      creditingUntil: 1_704_067_200 + 10 * YEAR_S,
    };
    await this.registry(OWNER, 'registerProject', [plant]);
    await this.registry(VALIDATOR, 'validateProject', [projectId, 352_000, SUBMITTER]);
  }

  /** Claims a device of 6 kW and binds it. */
  async addMeter(projectId: number, registers: Registers): Promise<Meter> {
    const meter = new Meter(this.domain);
    await this.registry(OWNER, 'claimDevice', meter.claim(OWNER, registers));
    await this.registry(OWNER, 'bindDevice', [meter.deviceId, projectId, 6_000]);
    return meter;
  }

  /** Submits one window per device, all closing at the end of the period. */
  async submit(
    projectId: number,
    [periodStart, periodEnd]: readonly [number, number],
    closings: readonly (readonly [Meter, bigint, bigint])[],
    deductedWh = 0n,
  ): Promise<TransactionReceipt> {
    const sealed = closings.map(([meter, exportWh, importWh]) =>
      meter.close({ at: periodEnd, exportWh, importWh }),
    );
    const submission = {
      projectId,
      deductedWh,
      periodStart,
      periodEnd,
      root: sealed[0]?.headerHash ?? zeroHash,
      fileDigest: zeroHash,
    };
    const records = toHex(concatBytes(sealed.map(({ record }) => record)));
    return this.registry(SUBMITTER, 'submit', [submission, records]);
  }

  registry<name extends ContractFunctionName<typeof registryAbi, Write>>(
    account: Address,
    functionName: name,
    args: readonly unknown[] & ContractFunctionArgs<typeof registryAbi, Write, name>,
  ): Promise<TransactionReceipt> {
    return this.#send(account, registryAbi, this.deployment.registry, functionName, args);
  }

  credit<name extends ContractFunctionName<typeof creditAbi, Write>>(
    account: Address,
    functionName: name,
    args: readonly unknown[] & ContractFunctionArgs<typeof creditAbi, Write, name>,
  ): Promise<TransactionReceipt> {
    return this.#send(account, creditAbi, this.deployment.credit, functionName, args);
  }

  /** A call of one of the other contracts, by its name in the address book. */
  call(
    account: Address,
    contract: 'verification' | 'recourse' | 'energyCertificate',
    functionName: string,
    args: readonly unknown[],
  ): Promise<TransactionReceipt> {
    const address = this.deployment[contract];
    return this.#send(account, ABIS[contract], address, functionName, args);
  }

  /** Asks for a share of a recomputation, and answers the number of the request. */
  async askForShare(batchId: bigint, share: number, shares: number): Promise<Hex> {
    const address = this.deployment.recomputation ?? zeroAddress;
    const args = [batchId, share, shares, 'https://files.example', SOURCE];
    const { logs } = await this.#send(ADMIN, recomputationAbi, address, 'request', args);
    const [asked] = parseEventLogs({
      abi: recomputationAbi,
      eventName: 'RecomputationRequested',
      logs,
    });
    if (asked === undefined) throw new Error('nothing was asked for');
    return asked.args.requestId;
  }

  /** Answers a request as the router does. */
  async answerShare(requestId: Hex, response: Hex, err: Hex = '0x'): Promise<void> {
    const { client } = this.anvil;
    const address = this.deployment.recomputation ?? zeroAddress;
    const config = { address, abi: recomputationAbi, functionName: 'config' } as const;
    const { router } = await client.readContract(config);
    await this.#send(ADMIN, ROUTER_ABI, router, 'answer', [address, requestId, response, err]);
  }

  /** An opinion on a batch, signed by an account of the chain. */
  async opinionOf(verifier: Address, batchId: bigint, verdict: number) {
    const isVoid = verdict === 3;
    const verifyingContract = this.deployment[isVoid ? 'recourse' : 'verification'];
    const { root } = await this.anvil.client.readContract({
      abi: registryAbi,
      address: this.deployment.registry,
      functionName: 'batch',
      args: [batchId],
    });
    const given = { verdict, reasonHash: REASONS, reasonUri: '', deadline: DEADLINE } as const;
    const signature = await this.anvil.client.signTypedData({
      account: verifier,
      domain: { name: 'TrueTonne', version: '1', chainId: 31_337, verifyingContract },
      types: OPINION_TYPES,
      primaryType: 'Opinion',
      message: { verifier, batchId, root, round: 0, ...given },
    });
    return { root, opinion: { verifier, ...given, signature } };
  }

  /** Sales are in the chain's coin; `value` is sent along, wei. */
  market<name extends ContractFunctionName<typeof marketAbi, Write>>(
    account: Address,
    functionName: name,
    args: readonly unknown[] & ContractFunctionArgs<typeof marketAbi, Write, name>,
    value = 0n,
  ): Promise<TransactionReceipt> {
    const address = this.deployment.market?.contract ?? zeroAddress;
    return this.#send(account, marketAbi, address, functionName, args, value);
  }

  certificates<name extends ContractFunctionName<typeof certificatesAbi, Write>>(
    account: Address,
    functionName: name,
    args: readonly unknown[] & ContractFunctionArgs<typeof certificatesAbi, Write, name>,
  ): Promise<TransactionReceipt> {
    const address = this.deployment.market?.certificates ?? zeroAddress;
    return this.#send(account, certificatesAbi, address, functionName, args);
  }

  async #asAdmin(): Promise<void> {
    const [from, until] = [1_600_000_000, 1_600_000_000 + 30 * YEAR_S];
    const demands = { approvals: 0, recomputation: false, bufferBps: 0 };
    const methodology = ['GCCM001', 'v4', zeroHash, from, until, demands] as const;
    await this.registry(ADMIN, 'publishMethodology', methodology);
    await this.registry(ADMIN, 'accredit', [VALIDATOR, until]);
  }

  async #send(
    account: Address,
    abi: Abi,
    address: Address,
    functionName: string,
    args: readonly unknown[],
    value = 0n,
  ): Promise<TransactionReceipt> {
    const { client } = this.anvil;
    const call = { account, abi, address, functionName, args, value };
    const { request } = await client.simulateContract(call);
    const hash = await client.writeContract({ ...request, gas: GAS });
    const receipt = await client.waitForTransactionReceipt({ hash });
    if (receipt.status !== 'success') throw new Error(`${functionName} was reverted`);
    return receipt;
  }
}

/** A market that takes the chain's coin only, and its certificates. */
async function deployMarket(anvil: Anvil, credit: Address) {
  const certificates = await create(anvil, await readCertificatesCode(credit));
  const terms = { usdc: zeroAddress, usdt: zeroAddress };
  return { contract: await create(anvil, await readMarketCode(certificates, terms)), certificates };
}

async function create({ client }: Anvil, data: Hex): Promise<Address> {
  const hash = await client.sendTransaction({ account: ADMIN, data, chain: null });
  const { contractAddress } = await client.waitForTransactionReceipt({ hash });
  return contractAddress ?? zeroAddress;
}
