import type { Hex } from '@truetonne/protocol';
import {
  createPublicClient,
  createWalletClient,
  encodeAbiParameters,
  hexToBytes,
  http,
  parseAbi,
  parseAbiParameters,
  parseEther,
  parseEventLogs,
  stringToHex,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';
import { simulate, type Simulation } from './simulate.ts';
import { loadTool } from './toolkit.ts';

const COMMITMENT =
  'struct Commitment { bytes32 requestId; address coordinator; uint96 estimatedTotalCostJuels; address client; uint64 subscriptionId; uint32 callbackGasLimit; uint72 adminFee; uint72 donFee; uint40 gasOverheadBeforeCallback; uint40 gasOverheadAfterCallback; uint32 timeoutTimestamp; }';

/** What is used of the router, of the coordinator of its nodes, and of LINK. */
const ABI = parseAbi([
  COMMITMENT,
  'event SubscriptionCreated(uint64 indexed subscriptionId, address owner)',
  'event OracleRequest(bytes32 indexed requestId, address indexed requestingContract, address requestInitiator, uint64 subscriptionId, address subscriptionOwner, bytes data, uint16 dataVersion, bytes32 flags, uint64 callbackGasLimit, Commitment commitment)',
  'event RequestProcessed(bytes32 indexed requestId, uint64 indexed subscriptionId, uint96 totalCostJuels, address transmitter, uint8 resultCode, bytes response, bytes err, bytes callbackReturnData)',
  'event RequestNotProcessed(bytes32 indexed requestId, address coordinator, address transmitter, uint8 resultCode)',
  'function createSubscription() returns (uint64)',
  'function addConsumer(uint64 subscriptionId, address consumer)',
  'function timeoutRequests(Commitment[] requestsToTimeoutByCommitment)',
  'function transferAndCall(address to, uint256 value, bytes data) returns (bool)',
  'function callReport(bytes report)',
]);

const ENCODED_COMMITMENT = parseAbiParameters(['Commitment commitment', COMMITMENT]);
const REPORT = parseAbiParameters('bytes32[], bytes[], bytes[], bytes[], bytes[]');

/** Of the report's transaction; the toolkit takes as much. */
const REPORT_GAS = 5_000_000n;

/** What the router made of an answer: `FulfillResult` of its contracts. */
export const DELIVERED = { fulfilled: 0, callbackFailed: 1, requestUnknown: 2 } as const;

/** This file alone: the package's own index loads cryptography that an install script would build. */
const ORACLE_TOOL = '@chainlink/functions-toolkit/dist/localFunctionsTestnet.js';

interface Contract {
  readonly address: Hex;
}

/** What is used of ethers 5 and of the toolkit. */
interface Ethers {
  readonly Wallet: new (key: Hex, provider: unknown) => unknown;
  readonly providers: { readonly JsonRpcProvider: new (url: string) => unknown };
}
interface Toolkit {
  readonly deployFunctionsOracle: (deployer: unknown) => Promise<{
    readonly donId: string;
    readonly linkTokenContract: Contract;
    readonly functionsRouterContract: Contract;
    readonly functionsMockCoordinatorContract: Contract;
  }>;
}
interface Cbor {
  readonly decodeAll: (bytes: Buffer) => Promise<readonly unknown[]>;
}

/** Who sends the transactions, and where. */
interface Sender {
  readonly rpcUrl: string;
  readonly privateKey: Hex;
}

function connect({ rpcUrl, privateKey }: Sender) {
  const transport = http(rpcUrl);
  const reader = createPublicClient({ chain: foundry, transport, pollingInterval: 50 });
  const account = privateKeyToAccount(privateKey);
  const wallet = createWalletClient({ account, chain: foundry, transport });
  const logsOf = async (hash: Hex) => {
    const { status, logs } = await reader.waitForTransactionReceipt({ hash });
    if (status !== 'success') throw new Error(`transaction ${hash} failed`);
    return parseEventLogs({ abi: ABI, logs });
  };
  return { wallet, logsOf };
}

/** Where the local network is, and what pays for its answers. */
export interface LocalNetwork {
  readonly router: Hex;
  readonly donId: Hex;
  readonly subscriptionId: bigint;
}

/**
 * Deploys Chainlink's own contracts of Functions to a development chain, as the toolkit has them: the
 * router, a coordinator that takes reports without the signatures of nodes, LINK; and a subscription with
 * LINK in it, which belongs to the sender.
 */
export async function deployLocalNetwork(sender: Sender): Promise<LocalNetwork> {
  // Proof: the documented parts of these packages.
  const ethers = (await loadTool('ethers')) as Ethers;
  const toolkit = (await loadTool(ORACLE_TOOL)) as Toolkit;
  const provider = new ethers.providers.JsonRpcProvider(sender.rpcUrl);
  const deployed = await toolkit.deployFunctionsOracle(
    new ethers.Wallet(sender.privateKey, provider),
  );
  const router = deployed.functionsRouterContract.address;
  const { wallet, logsOf } = connect(sender);
  const created = await logsOf(
    await wallet.writeContract({ abi: ABI, address: router, functionName: 'createSubscription' }),
  );
  const subscription = created.find((event) => event.eventName === 'SubscriptionCreated');
  if (subscription === undefined) throw new Error('the router made no subscription');
  const { subscriptionId } = subscription.args;
  const payee = encodeAbiParameters(parseAbiParameters('uint64'), [subscriptionId]);
  await logsOf(
    await wallet.writeContract({
      ...{ abi: ABI, address: deployed.linkTokenContract.address },
      functionName: 'transferAndCall',
      args: [router, parseEther('100'), payee],
    }),
  );
  return { router, donId: stringToHex(deployed.donId, { size: 32 }), subscriptionId };
}

/** Lets a contract spend the subscription. */
export async function addConsumer(
  sender: Sender,
  { router, subscriptionId }: Omit<LocalNetwork, 'donId'>,
  consumer: Hex,
): Promise<void> {
  const { wallet, logsOf } = connect(sender);
  const call = { abi: ABI, address: router, functionName: 'addConsumer' } as const;
  await logsOf(await wallet.writeContract({ ...call, args: [subscriptionId, consumer] }));
}

/** A request as the coordinator announces it to the nodes. */
export type OracleRequest = Awaited<ReturnType<typeof getRequest>>;

/** The request that a transaction sent to the nodes. */
export async function getRequest(sender: Sender, hash: Hex) {
  const events = await connect(sender).logsOf(hash);
  const request = events.find((event) => event.eventName === 'OracleRequest');
  if (request === undefined) throw new Error(`${hash} asks the nodes for nothing`);
  return request.args;
}

/** Hands an answer to the coordinator, which hands it to the router, which hands it to the consumer. */
export async function report(sender: Sender, request: OracleRequest, answer: Simulation) {
  const { wallet, logsOf } = connect(sender);
  const err = answer.errorString === undefined ? '0x' : stringToHex(answer.errorString);
  const commitment = encodeAbiParameters(ENCODED_COMMITMENT, [request.commitment]);
  const response = answer.responseBytesHexstring ?? '0x';
  const lists = [[request.requestId], [response], [err], [commitment], ['0x']] as const;
  const call = { abi: ABI, address: request.commitment.coordinator, gas: REPORT_GAS } as const;
  const args = [encodeAbiParameters(REPORT, lists)] as const;
  const hash = await wallet.writeContract({ ...call, functionName: 'callReport', args });
  for (const event of await logsOf(hash)) {
    if (event.eventName === 'RequestProcessed')
      return { hash, result: event.args.resultCode, revert: event.args.callbackReturnData };
    if (event.eventName === 'RequestNotProcessed')
      return { hash, result: event.args.resultCode, revert: '0x' as const };
  }
  throw new Error('the router said nothing of the report');
}

/** Has the router give up on a request whose time is over. */
export async function timeOut(sender: Sender, router: Hex, request: OracleRequest): Promise<void> {
  const { wallet, logsOf } = connect(sender);
  const call = { abi: ABI, address: router, functionName: 'timeoutRequests' } as const;
  await logsOf(await wallet.writeContract({ ...call, args: [[request.commitment]] }));
}

/** Does what a node does with a request: decodes it with the toolkit's decoder and runs its source. */
export async function execute(data: Hex, maxExecutionTimeMs?: number): Promise<Simulation> {
  // Proof: the documented function of the package.
  const cbor = (await loadTool('cbor')) as Cbor;
  const items = await cbor.decodeAll(Buffer.from(hexToBytes(data)));
  const fields = new Map<unknown, unknown>();
  for (let index = 0; index + 1 < items.length; index += 2)
    fields.set(items[index], items[index + 1]);
  const [source, args] = [fields.get('source'), fields.get('args')];
  const inline = fields.get('codeLocation') === 0 && fields.get('language') === 0;
  if (!inline || typeof source !== 'string' || !isTexts(args)) throw new Error('not a request');
  return simulate(source, args, maxExecutionTimeMs);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
