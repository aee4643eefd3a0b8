import { setTimeout } from 'node:timers/promises';
import {
  createTestClient,
  createWalletClient,
  custom,
  TransactionReceiptNotFoundError,
  type Hex,
  type PublicClient,
  type TransactionReceipt,
} from 'viem';

/** Gas of one transaction, as Ethereum and as Polygon count it. */
export interface Gas {
  readonly ethereum: number;
  readonly polygon: number;
  /** As Polygon counts it, with an access list. */
  readonly listed: number;
}

/**
 * Polygon's price of a step, less Ethereum's, by what Ethereum charges (EIP-2929, EIP-3529, PIP-88).
 * A first read is 5,460 (2,100); a first write adds 2,940 (2,100); a value over another one is
 * 5,000 less what a first write adds, so 2,060 (2,900) in a slot touched before, and 5,000 in both else.
 */
const EXTRA: Readonly<Record<string, ReadonlyMap<number, number>>> = {
  SLOAD: new Map([[2_100, 3_360]]),
  SSTORE: new Map([
    [22_100, 840],
    [2_200, 840],
    [2_900, -840],
  ]),
};

/** Polygon's refund of a write by Ethereum's: a slot emptied, filled again, as it was, both of these. */
const REFUND = new Map([
  [4_800, 3_960],
  [-4_800, -3_960],
  [2_800, 1_960],
  [-2_000, -2_000],
  [19_900, 19_900],
]);

/** A refund is a fifth of the gas at the most (EIP-3529). */
const REFUND_QUOTIENT = 5;

/** Ten seconds in all. */
const RECEIPT_TRIES = 500;
const RECEIPT_PAUSE_MS = 20;

interface Step {
  readonly op: string;
  /** Left before the step. */
  readonly gas: number;
  readonly gasCost: number;
  /** What its call is to be refunded, before the step. */
  readonly refund?: number;
}

interface Trace {
  readonly structLogs: readonly Step[];
}

/**
 * Prices the newest transaction, which has a block of its own: as it was sent, and sent once more in its
 * place with the access list that the node finds, as page, oracle and keeper do where that is cheaper.
 * Needs an anvil with step tracing.
 */
export async function priceOf(client: PublicClient, hash: Hex): Promise<Gas> {
  const plain = await priceMined(client, hash);
  const again = await sendAgain(client, hash);
  const listed = await priceMined(client, again);
  return { ethereum: plain.ethereum, polygon: plain.polygon, listed: listed.polygon };
}

type Prices = Pick<Gas, 'ethereum' | 'polygon'>;

async function priceMined(client: PublicClient, hash: Hex): Promise<Prices> {
  const receipt = await receiptOf(client, hash);
  if (receipt.status !== 'success') throw new Error(`transaction ${hash} failed`);
  const { gas: limit } = await client.getTransaction({ hash });
  const trace = await client.request<{
    Method: 'debug_traceTransaction';
    Parameters: [Hex, object];
    ReturnType: Trace;
  }>({
    method: 'debug_traceTransaction',
    params: [hash, { disableStack: true, disableStorage: true, disableMemory: true }],
  });
  const ethereum = Number(receipt.gasUsed);
  return { ethereum, polygon: reprice(trace.structLogs, Number(limit), ethereum) };
}

/** Asks until it is there: viem waits for a block of a higher number, and one that was undone had it. */
async function receiptOf(client: PublicClient, hash: Hex): Promise<TransactionReceipt> {
  for (let tries = 0; tries < RECEIPT_TRIES; tries++) {
    const receipt = await client.getTransactionReceipt({ hash }).catch((error: unknown) => {
      if (!(error instanceof TransactionReceiptNotFoundError)) throw error;
    });
    if (receipt !== undefined) return receipt;
    await setTimeout(RECEIPT_PAUSE_MS);
  }
  throw new Error(`transaction ${hash} was not mined`);
}

/** Undoes the newest block and mines its one transaction again, at the same time, with an access list. */
async function sendAgain(client: PublicClient, hash: Hex): Promise<Hex> {
  const { from, to, input, value, blockNumber } = await client.getTransaction({ hash });
  const { timestamp } = await client.getBlock({ blockNumber });
  const anvil = createTestClient({ mode: 'anvil', transport: custom(client) });
  await client.request<{ Method: 'anvil_rollback'; Parameters: [number]; ReturnType: null }>({
    ...{ method: 'anvil_rollback', params: [1] },
  });
  await anvil.setNextBlockTimestamp({ timestamp });
  await anvil.impersonateAccount({ address: from });
  const wallet = createWalletClient({ account: from, transport: custom(client) });
  const call = { account: from, to, data: input, value };
  const { accessList } = await client.createAccessList(call);
  return wallet.sendTransaction({ ...call, accessList, chain: null });
}

/** @throws Error when the trace and Ethereum's rules do not give what the receipt says */
function reprice(steps: readonly Step[], limit: number, receipt: number): number {
  const last = steps.at(-1);
  if (last === undefined) throw new Error('the node traced no steps');
  const used = limit - last.gas + last.gasCost;
  const refunds = steps.map((step, index) => refundOf(step, steps[index + 1]));
  const counted = settle(used, sum(refunds));
  if (counted !== receipt)
    throw new Error(`${counted} gas in the trace, ${receipt} in the receipt`);
  const extra = sum(steps.map(({ op, gasCost }) => EXTRA[op]?.get(gasCost) ?? 0));
  return settle(used + extra, sum(refunds.map(toPolygonRefund)));
}

/** What a write adds to the refund: the next step, always of the same call, shows it. */
function refundOf({ op, refund = 0 }: Step, next: Step | undefined): number {
  return op === 'SSTORE' && next !== undefined ? (next.refund ?? 0) - refund : 0;
}

function toPolygonRefund(ethereum: number): number {
  const refund = ethereum === 0 ? 0 : REFUND.get(ethereum);
  if (refund === undefined) throw new Error(`no write is refunded ${ethereum}`);
  return refund;
}

function settle(used: number, refund: number): number {
  return used - Math.min(refund, Math.floor(used / REFUND_QUOTIENT));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
