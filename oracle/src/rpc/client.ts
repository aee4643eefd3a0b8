import { createPublicClient, http, type PublicClient } from 'viem';
import type { Deployment } from './deployment.ts';

const TIMEOUT_MS = 5_000;

/** A client for the network of the address book. It doesn't retry: the loops that use it do. */
export function createChainClient({ chainId, network }: Deployment, rpcUrl: string): PublicClient {
  return createPublicClient({
    cacheTime: 0,
    chain: {
      id: chainId,
      name: network,
      nativeCurrency: { name: 'native', symbol: 'NATIVE', decimals: 18 },
      rpcUrls: { default: { http: [rpcUrl] } },
    },
    transport: http(rpcUrl, { timeout: TIMEOUT_MS, retryCount: 0 }),
  });
}
