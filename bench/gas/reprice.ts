import type { Hex, PublicClient } from 'viem';

/** Gas of one transaction, as Ethereum and as Polygon count it. */
export interface Gas {
  readonly ethereum: number;
  readonly polygon: number;
}

/** What Polygon's PIP-88 adds to Ethereum's 2,100 for the first read of a slot: 5,460 in all. */
const COLD_SLOAD_EXTRA = 3_360;
/** What it adds to the 2,100 for the first write of a slot not read before: 2,940 in all. */
const COLD_SSTORE_EXTRA = 840;

const COLD_SLOAD_COST = 2_100;
/** Ethereum's cold writes (EIP-2929): no change, change, and from zero; each with 2,100 in it. */
const COLD_SSTORE_COSTS = new Set([2_200, 5_000, 22_100]);

interface Trace {
  readonly structLogs: readonly { readonly op: string; readonly gasCost: number }[];
}

/** Reads the receipt and the trace of a mined transaction. Needs a node with step tracing. */
export async function priceOf(client: PublicClient, hash: Hex): Promise<Gas> {
  const receipt = await client.waitForTransactionReceipt({ hash });
  if (receipt.status !== 'success') throw new Error(`transaction ${hash} failed`);
  const trace = await client.request<{
    Method: 'debug_traceTransaction';
    Parameters: [Hex, object];
    ReturnType: Trace;
  }>({
    method: 'debug_traceTransaction',
    params: [hash, { disableStack: true, disableStorage: true, disableMemory: true }],
  });
  const ethereum = Number(receipt.gasUsed);
  return { ethereum, polygon: ethereum + extraOf(trace) };
}

function extraOf({ structLogs }: Trace): number {
  if (structLogs.length === 0) throw new Error('the node traced no steps');
  return structLogs.reduce((extra, { op, gasCost }) => {
    if (op === 'SLOAD' && gasCost === COLD_SLOAD_COST) return extra + COLD_SLOAD_EXTRA;
    if (op === 'SSTORE' && COLD_SSTORE_COSTS.has(gasCost)) return extra + COLD_SSTORE_EXTRA;
    return extra;
  }, 0);
}
