import { domainOf, registryAbi, TonneError, type Hex } from '@truetonne/protocol';
import { BaseError, keccak256, type PublicClient } from 'viem';
import { createChainClient } from './client.ts';
import type { Deployment } from './deployment.ts';

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
  readonly use: <T>(work: (client: PublicClient) => Promise<T>) => Promise<T>;
  /** Asks all endpoints but one, at the same time; those that fail are left out. */
  readonly askOthers: <T>(
    but: PublicClient,
    work: (client: PublicClient) => Promise<T>,
  ) => Promise<readonly T[]>;
  /** Lets an endpoint that was caught at a contradiction rest. */
  readonly distrust: (client: PublicClient, reason: string) => void;
}

interface Endpoint {
  readonly client: PublicClient;
  restUntil: number;
  /** When it last was who it should be, in milliseconds. */
  identifiedAt: number;
}

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
    return { client, restUntil: 0, identifiedAt: -Infinity };
  });
  // Code of the registry as the first endpoint showed it; it has no way to change.
  const registry: { codeHash: Hex | undefined } = { codeHash: undefined };

  function rest(endpoint: Endpoint, reason: string): void {
    endpoint.restUntil = performance.now() + REST_MS;
    endpoint.identifiedAt = -Infinity;
    onTrouble(hostOf(endpoint.client), reason);
  }
  async function work<T>(endpoint: Endpoint, task: (client: PublicClient) => Promise<T>) {
    if (performance.now() - endpoint.identifiedAt > IDENTITY_MS) {
      const codeHash = await identify(endpoint.client, deployment);
      registry.codeHash ??= codeHash;
      if (registry.codeHash !== codeHash) throw liar(deployment, 'code of the registry', codeHash);
      endpoint.identifiedAt = performance.now();
    }
    return task(endpoint.client);
  }
  /** Rested ones first, in the order of the settings. */
  const inOrder = (): readonly Endpoint[] => {
    const now = performance.now();
    const isRested = (endpoint: Endpoint): boolean => endpoint.restUntil <= now;
    return [...all.filter(isRested), ...all.filter((endpoint) => !isRested(endpoint))];
  };
  return {
    async use(task) {
      let last: unknown;
      for (const endpoint of inOrder()) {
        try {
          return await work(endpoint, task);
        } catch (error) {
          if (!isChainTrouble(error)) throw error;
          rest(endpoint, messageOf(error));
          last = error;
        }
      }
      throw last;
    },
    async askOthers(but, task) {
      const others = inOrder().filter(
        ({ client, restUntil }) => client !== but && restUntil <= performance.now(),
      );
      const asked = await Promise.allSettled(others.map((endpoint) => work(endpoint, task)));
      asked.forEach((answer, index) => {
        const endpoint = others[index];
        if (answer.status === 'rejected' && endpoint !== undefined)
          rest(endpoint, messageOf(answer.reason));
      });
      return asked.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    },
    distrust(client, reason) {
      const endpoint = all.find((one) => one.client === client);
      if (endpoint !== undefined) rest(endpoint, reason);
    },
  };
}

/**
 * Refuses to start with an endpoint that answers for another chain or another registry. One that does
 * not answer is no reason: windows are accepted without a chain.
 *
 * @throws TonneError CONFIGURATION_INVALID
 */
export async function assertEndpoints(
  deployment: Deployment,
  rpcUrls: readonly string[],
): Promise<void> {
  for (const url of rpcUrls) {
    try {
      await identify(createChainClient(deployment, url), deployment);
    } catch (error) {
      if (error instanceof TonneError && error.code === 'CHAIN_MISMATCH') {
        const { value = '', expected = '' } = error.details;
        throw new TonneError('CONFIGURATION_INVALID', {
          field: `ORACLE_RPC_URL ${hostOfUrl(url)}: ${error.details.field ?? ''}`,
          value,
          expected,
        });
      }
    }
  }
}

/** Hash of the registry's code, after chain and registry have said that they are the ones we mean. */
async function identify(client: PublicClient, deployment: Deployment): Promise<Hex> {
  const { registry: address, chainId } = deployment;
  const told = await client.getChainId();
  if (told !== chainId) throw liar(deployment, 'chain id', String(told));
  const code = await client.getCode({ address });
  if (code === undefined) throw liar(deployment, 'code of the registry', 'none');
  const contract = { address, abi: registryAbi, functionName: 'domain' } as const;
  const domain = await client.readContract(contract).catch((error: unknown) => {
    // Something else is at the address: it answers otherwise, or not at all.
    if (error instanceof BaseError && error.walk(isContractError) !== null) return 'none';
    throw error;
  });
  if (domain !== domainOf(chainId, address)) throw liar(deployment, 'domain', domain);
  return keccak256(code);
}

function isContractError(error: unknown): boolean {
  const names = [
    'ContractFunctionRevertedError',
    'ContractFunctionZeroDataError',
    'AbiDecodingDataSizeTooSmallError',
    'AbiDecodingZeroDataError',
  ];
  return error instanceof Error && names.includes(error.name);
}

function liar({ chainId, registry }: Deployment, field: string, value: string): TonneError {
  const expected = `chain ${chainId} with the registry ${registry}`;
  return new TonneError('CHAIN_MISMATCH', { field, value, expected });
}

/** Trouble with an endpoint or its answers, unlike a mistake of ours or trouble with the store. */
function isChainTrouble(error: unknown): boolean {
  if (error instanceof TonneError)
    return error.code === 'CHAIN_MISMATCH' || error.code === 'CHAIN_INCONSISTENT';
  return error instanceof BaseError;
}

function hostOf(client: PublicClient): string {
  return hostOfUrl(String(client.transport['url'] ?? ''));
}

function hostOfUrl(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** First line only: the lines after it repeat address and parameters. */
function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
