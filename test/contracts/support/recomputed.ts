import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

import {
  concat,
  decodeErrorResult,
  getContract,
  numberToHex,
  parseAbi,
  parseEventLogs,
  stringToHex,
  zeroHash,
  type Hex,
} from 'viem';

import { recomputationAbi, verificationAbi } from '../../../protocol/src/index.ts';
import type { openChain } from './chain.ts';
import { createDemandingPlant, FOREVER, RECOMPUTER } from './opinions.ts';
import { ROOT } from './world.ts';

export const BATCH = 1_000_001n;
export const [SUBMITTED, VERIFIED, REJECTED] = [1, 3, 4];
export const SOURCE = 'return Functions.encodeUint256(1)';
export const FILE = 'https://files.example/b';
export const OTHER_ROOT: Hex = `0x${'44'.repeat(32)}`;
export const CONFIG = {
  subscriptionId: 77n,
  callbackGasLimit: 300_000,
  donId: stringToHex('fun-polygon-mainnet-1', { size: 32 }),
  sourceHash: `0x${createHash('sha256').update(SOURCE).digest('hex')}`,
  rpcUrl: 'https://rpc.example',
} as const;

const ROUTER_ABI = parseAbi([
  'event RequestSent(bytes data)',
  'function subscriptionId() view returns (uint64)',
  'function dataVersion() view returns (uint16)',
  'function callbackGasLimit() view returns (uint32)',
  'function donId() view returns (bytes32)',
  'function answer(address client, bytes32 requestId, bytes response, bytes err)',
  'error RequestUnknown(bytes32 requestId)',
]);

/** An answer of the source that agrees, but for what a test is about. */
interface AnswerFields {
  readonly batchId?: bigint;
  readonly askedRoot?: Hex;
  readonly root?: Hex;
  readonly creditableWh?: bigint;
  readonly share?: bigint;
  readonly shares?: bigint;
  readonly code?: string;
}

export function answerOf(fields: AnswerFields = {}): Hex {
  const { batchId = BATCH, askedRoot = ROOT, root = ROOT, creditableWh = 1_000n } = fields;
  const { share = 0n, shares = 1n, code } = fields;
  const codeWord = code === undefined ? zeroHash : stringToHex(code, { size: 32 });
  const words = [batchId, BigInt(askedRoot), BigInt(root), creditableWh, 352n];
  return concat([
    ...[...words, (shares << 8n) | share].map((word) => numberToHex(word, { size: 32 })),
    codeWord,
  ]);
}

type Chain = Pick<
  Awaited<ReturnType<typeof openChain>>,
  'deployContract' | 'freshWorld' | 'walletAt'
>;

/** Makes batches that have to be recomputed, on a chain. */
export function askerOf({ deployContract, freshWorld, walletAt }: Chain) {
  /** A submitted batch of 1,000 Wh that has to be recomputed, and an accredited consumer. */
  return async function asked({ approvals = 0, recomputation = true, accredited = true } = {}) {
    const world = await freshWorld();
    const plant = await createDemandingPlant(world, { approvals, recomputation, bufferBps: 0 });
    await plant.submit(1, 1_000n);
    const operator = await walletAt(8);
    const { address: routerAddress } = await deployContract('RouterDouble', []);
    const client = { public: world.reader, wallet: operator };
    const router = getContract({ address: routerAddress, abi: ROUTER_ABI, client });
    const { verification } = world.contracts;
    const { address } = await deployContract('BatchRecomputation', [
      verification,
      operator.account.address,
      { router: routerAddress, ...CONFIG },
    ]);
    const consumer = getContract({ address, abi: recomputationAbi, client });
    const admin = world.verificationOf(world.actors.admin);
    if (accredited) await admin.write.accredit([address, RECOMPUTER, FOREVER]);
    const request = async (share = 0, shares = 1): Promise<Hex> => {
      const hash = await consumer.write.request([BATCH, share, shares, FILE, SOURCE]);
      const { logs } = await world.reader.waitForTransactionReceipt({ hash });
      const [sent] = parseEventLogs({
        abi: recomputationAbi,
        eventName: 'RecomputationRequested',
        logs,
      });
      return sent?.args.requestId ?? assert.fail('nothing was requested');
    };
    /** What the router was sent last, a character a byte. */
    const lastRequest = async () => {
      const [sent] = await router.getEvents.RequestSent();
      return Buffer.from((sent?.args.data ?? '0x').slice(2), 'hex').toString('latin1');
    };
    const answer = (requestId: Hex, response: Hex, err: Hex = '0x') =>
      router.write.answer([address, requestId, response, err]);
    const statusOf = async () => (await world.registry.read.batch([BATCH])).status;
    /** The error that an answer without a verdict carries. */
    const problemOf = async (hash: Hex) => {
      const { logs } = await world.reader.waitForTransactionReceipt({ hash });
      const events = parseEventLogs({ abi: recomputationAbi, logs });
      const [found] = events.filter((event) => event.eventName === 'ShareInconclusive');
      if (found === undefined) return undefined;
      const abi = [...recomputationAbi, ...verificationAbi];
      const { errorName, args } = decodeErrorResult({ abi, data: found.args.reason });
      return { name: errorName, args };
    };
    return {
      world,
      ...plant,
      operator,
      router,
      lastRequest,
      consumer,
      admin,
      request,
      answer,
      statusOf,
      problemOf,
    };
  };
}

/** RFC 8949, section 3: major type 3, a length of 0, 1 or 2 further bytes. */
export function cborText(text: string): string {
  const { length } = text;
  if (length < 24) return String.fromCharCode(0x60 + length) + text;
  if (length < 256) return `\x78${String.fromCharCode(length)}${text}`;
  return `\x79${String.fromCharCode(length >> 8, length & 0xff)}${text}`;
}
