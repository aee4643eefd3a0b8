import { setTimeout as sleep } from 'node:timers/promises';
import { createWalletClient, http } from 'viem';
import { foundry } from 'viem/chains';
import { roles, type TestChain } from '../../oracle/test/support/chain.ts';
import { lying, type Interceptor, type RpcProxy } from '../../oracle/test/support/rpcProxy.ts';
import type { RpcPoint } from './points.ts';
import { createDeck, type Random } from './random.ts';

/** Blocks on top of an event before the oracle under test believes it. */
export const CONFIRMATIONS = 2;

/** Pause between two blocks. */
const BLOCK_MS = 200;

/** A base fee in wei that no transaction of a quiet day pays: it is stuck until it is replaced. */
const DEAR = '0x2540be4000';

/** A chain that makes blocks by the clock, behind two endpoints that may be made to misbehave. */
export interface ChaosChain {
  readonly endpoints: readonly [RpcProxy, RpcProxy];
  /** Does one thing that chains and endpoints do to people; answers its name. */
  readonly trouble: () => Promise<string>;
  /** Kills through `reached` when a call comes by; `undefined` disarms. */
  readonly arm: (
    trap: { readonly point: RpcPoint; readonly reached: () => void } | undefined,
  ) => void;
  /** Takes all lies back. */
  readonly calm: () => void;
  readonly stop: () => Promise<void>;
}

export function runChain(
  chain: TestChain,
  endpoints: readonly [RpcProxy, RpcProxy],
  random: Random,
): ChaosChain {
  let trap: Parameters<ChaosChain['arm']>[0];
  const trapped =
    (inner: Interceptor): Interceptor =>
    async (call, forward) => {
      if (trap?.point.method !== call.method) return inner(call, forward);
      const { point, reached } = trap;
      trap = undefined;
      if (point.at === 'answered') await forward().catch(() => undefined);
      reached();
      throw new Error('the caller is dead');
    };
  const honest = trapped((_, forward) => forward());
  const calm = (): void => {
    for (const endpoint of endpoints) endpoint.intercept(honest);
  };
  const lie = (by: Interceptor): void => endpoints[0].intercept(trapped(by));
  const blocks = makeBlocks(chain);
  const lies = { lie, calm, trapped, alone: blocks.alone };
  const nextTrouble = createDeck(createTroubles(chain, endpoints, random, lies), random);
  calm();
  return {
    endpoints,
    calm,
    arm: (next) => {
      trap = next;
    },
    async trouble() {
      const [name, cause] = nextTrouble();
      await cause();
      return name;
    },
    stop: blocks.stop,
  };
}

interface Lies {
  /** The first endpoint answers so, until it is calmed. */
  readonly lie: (by: Interceptor) => void;
  readonly calm: () => void;
  readonly trapped: (inner: Interceptor) => Interceptor;
  /** Does something while no block is made. */
  readonly alone: Blocks['alone'];
}

type Trouble = readonly [string, () => Promise<unknown>];

function createTroubles(
  chain: TestChain,
  endpoints: readonly [RpcProxy, RpcProxy],
  random: Random,
  { lie, calm, trapped, alone }: Lies,
): readonly [Trouble, ...Trouble[]] {
  const told = (by: Interceptor) => () => Promise.resolve(lie(by));
  const down: Interceptor = () => {
    throw new Error('down');
  };
  // anvil leaves numbers without a block where it reorganises while it makes one.
  const reorganise = (depth: number) => alone(() => chain.request('anvil_reorg', [depth, []]));
  return [
    [
      'down',
      async () => {
        for (const endpoint of endpoints) endpoint.intercept(trapped(down));
        await sleep(300);
        calm();
      },
    ],
    ['hangs', told(() => new Promise(() => undefined))],
    ['wrong chain', told(lying({ eth_chainId: '0x89' }))],
    ['head goes back', told(lying({ eth_blockNumber: '0x3' }))],
    ['receipt withheld', told(lying({ eth_getTransactionReceipt: null }))],
    ['logs withheld', told(lying({ eth_getLogs: [] }))],
    ['reorganised', () => reorganise(1 + random.below(CONFIRMATIONS))],
    ['reorganised beyond what was believed', () => reorganise(CONFIRMATIONS + 1 + random.below(3))],
    ['transactions dropped', () => chain.request('anvil_dropAllTransactions', [])],
    ['dear', () => chain.request('anvil_setNextBlockBaseFeePerGas', [DEAR])],
    ['nonce used by somebody else', () => useKey(chain)],
  ];
}

/** The submitter's key at work elsewhere: its transaction may replace the oracle's or be replaced. */
async function useKey(chain: TestChain): Promise<void> {
  const { rpcUrl } = chain.deployment;
  const account = roles.submitter;
  const wallet = createWalletClient({ account, chain: foundry, transport: http(rpcUrl) });
  const nonce = await chain.client.getTransactionCount({ address: account.address });
  const fees = { maxFeePerGas: 10n ** 12n, maxPriorityFeePerGas: 10n ** 11n };
  // Where the oracle's pays more, this one is refused: that is no trouble then.
  await wallet
    .sendTransaction({ to: roles.admin.address, value: 1n, nonce, ...fees })
    .catch(() => undefined);
}

interface Blocks {
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  readonly stop: () => Promise<void>;
}

function makeBlocks(chain: TestChain): Blocks {
  let stopped = false;
  let turn: Promise<unknown> = Promise.resolve();
  const alone: Blocks['alone'] = (work) => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const running = (async () => {
    while (!stopped) {
      await alone(() => chain.request('anvil_mine', ['0x1'])).catch(() => undefined);
      await sleep(BLOCK_MS);
    }
  })();
  return {
    alone,
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}
