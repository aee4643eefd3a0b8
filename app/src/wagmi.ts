import { defineChain, type Chain } from 'viem';
import { polygon, polygonAmoy } from 'viem/chains';
import { createConfig, http, injected, type Config } from 'wagmi';
import { LOCAL_CHAIN_ID, type Deployment } from './config/index.ts';
import { developmentWallets } from './features/wallet/index.ts';

const localChain = defineChain({
  id: LOCAL_CHAIN_ID,
  name: 'TrueTonne local',
  nativeCurrency: { name: 'Test coin', symbol: 'TEST', decimals: 18 },
  rpcUrls: { default: { http: [] } },
});

const knownChains: readonly Chain[] = [localChain, polygon, polygonAmoy];

/** The deployment's chain, reached through the deployment's own node. */
export function chainOf({ chainId, network, rpcUrl }: Deployment): Chain {
  const known = knownChains.find((chain) => chain.id === chainId);
  const base = known ?? { ...localChain, id: chainId, name: network };
  return { ...base, rpcUrls: { default: { http: [rpcUrl] } } };
}

/** Some calls verify hundreds of signatures, and a node may be busy. */
const TIMEOUT_MS = 30_000;

/**
 * One chain, any wallet that the browser announces (EIP-6963) or injects (EIP-1193), and the
 * built-in development wallets on the local chain only.
 */
export function createWagmiConfig(deployment: Deployment): Config {
  const chain = chainOf(deployment);
  const local = deployment.chainId === LOCAL_CHAIN_ID;
  return createConfig({
    chains: [chain],
    transports: { [chain.id]: http(deployment.rpcUrl, { batch: true, timeout: TIMEOUT_MS }) },
    connectors: local ? [...developmentWallets, injected()] : [injected()],
    pollingInterval: local ? 500 : 4_000,
  });
}
