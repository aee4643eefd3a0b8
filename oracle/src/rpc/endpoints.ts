import { TonneError, type Hex } from '@truetonne/protocol';
import { BaseError, type PublicClient } from 'viem';
import { createChainClient } from './client.ts';
import type { Deployment } from './deployment.ts';
import { hostOf, identify, liar } from './identity.ts';

/** An endpoint that failed is asked last for so long, milliseconds. */
const REST_MS = 30_000;

/** What an endpoint says it is is believed for so long, milliseconds. */
const IDENTITY_MS = 60_000;

/** What the chain is asked through: one endpoint, or several of which some may fail or lie. */
export interface Endpoints {
  /**
   * Does work with one endpoint; when that endpoint fails, does it again with the next. All questions
   * of one piece of work go to the same endpoint, so that its answers fit together.
   *
   * @throws what the last endpoint threw
   */
  readonly use: <T>(task: Task<T>) => Promise<T>;
  /** Asks all endpoints but one, at the same time; those that fail are left out. */
  readonly askOthers: <T>(but: PublicClient, task: Task<T>) => Promise<readonly T[]>;
  /** Lets an endpoint that was caught at a contradiction rest. */
  readonly distrust: (client: PublicClient, reason: string) => void;
}

interface Endpoint {
  readonly client: PublicClient;
  readonly host: string;
  restUntil: number;
  /** When it last was who it should be, in milliseconds. */
  identifiedAt: number;
}

type Task<T> = (client: PublicClient) => Promise<T>;

/**
 * @param onTrouble hears why an endpoint is left for another; endpoints are named by host alone, because
 * their paths hold keys
 */
export function createEndpoints(
  deployment: Deployment,
  rpcUrls: readonly string[],
  onTrouble: (host: string, reason: string) => void,
): Endpoints {
  const all = rpcUrls.map((url): Endpoint => {
    const client = createChainClient(deployment, url);
    return { client, host: hostOf(url), restUntil: 0, identifiedAt: -Infinity };
  });
  const work = createWork(deployment);

  function rest(endpoint: Endpoint, error: unknown): void {
    if (isRested(endpoint)) onTrouble(endpoint.host, messageOf(error));
    endpoint.restUntil = performance.now() + REST_MS;
    endpoint.identifiedAt = -Infinity;
  }
  return {
    async use(task) {
      let last: unknown;
      // In the order of the settings; those that rest are better than none.
      for (const endpoint of [...all.filter(isRested), ...all.filter((one) => !isRested(one))]) {
        try {
          return await work(endpoint, task);
        } catch (error) {
          if (!isChainTrouble(error)) throw error;
          rest(endpoint, error);
          last = error;
        }
      }
      throw last;
    },
    async askOthers(but, task) {
      const others = all.filter((one) => one.client !== but && isRested(one));
      const ask = async (endpoint: Endpoint) => {
        try {
          return [await work(endpoint, task)];
        } catch (error) {
          rest(endpoint, error);
          return [];
        }
      };
      return (await Promise.all(others.map(ask))).flat();
    },
    distrust(client, reason) {
      const endpoint = all.find((one) => one.client === client);
      if (endpoint !== undefined) rest(endpoint, reason);
    },
  };
}

/** Does a task with an endpoint, after it said who it is; it is asked again after a while or a failure. */
function createWork(deployment: Deployment) {
  // Code of the registry as the first endpoint showed it; it has no way to change.
  let known: Hex | undefined;
  return async <T>(endpoint: Endpoint, task: Task<T>): Promise<T> => {
    if (performance.now() - endpoint.identifiedAt > IDENTITY_MS) {
      const codeHash = await identify(endpoint.client, deployment);
      known ??= codeHash;
      if (known !== codeHash) throw liar(deployment, 'code of the registry', codeHash);
      endpoint.identifiedAt = performance.now();
    }
    return task(endpoint.client);
  };
}

function isRested({ restUntil }: Endpoint): boolean {
  return restUntil <= performance.now();
}

/** Trouble with an endpoint or its answers, unlike a mistake of ours or trouble with the store. */
function isChainTrouble(error: unknown): boolean {
  if (error instanceof TonneError)
    return error.code === 'CHAIN_MISMATCH' || error.code === 'CHAIN_INCONSISTENT';
  return error instanceof BaseError;
}

/** First line only: the lines after it repeat address and parameters. */
function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
