import {
  certificatesAbi,
  creditAbi,
  energyCertificateAbi,
  marketAbi,
  plansAbi,
  recomputationAbi,
  recourseAbi,
  registryAbi,
  subscriptionsAbi,
  verificationAbi,
} from '@truetonne/protocol';
import { createConfig } from 'ponder';
import { zeroAddress } from 'viem';
import { isLoopback } from './lib/deployment.ts';
import { pgliteDirectoryOf, settingsOf } from './lib/settings.ts';

const settings = settingsOf(process.env, import.meta.dirname);
const { deployment, databaseUrl } = settings;
const isLocal = isLoopback(deployment.rpcUrl);
/** Where there is no market nothing is at these addresses, and nothing comes from them. */
const { contract: market, certificates } = deployment.market ?? {
  contract: zeroAddress,
  certificates: zeroAddress,
};
const startBlock = deployment.deployedAtBlock;
// Handlers need their contract: where nothing is sold, one that never emits anything.
const { contract, plans } = deployment.subscriptions ?? {
  contract: zeroAddress,
  plans: zeroAddress,
};

/** Ponder begins with 20 requests per second and URL, whatever the chain at the other end can do. */
const LOCAL_REQUESTS_PER_SECOND = 500;
const localUrls = Array.from({ length: LOCAL_REQUESTS_PER_SECOND / 20 }, () => deployment.rpcUrl);

export default createConfig({
  database:
    databaseUrl === undefined
      ? { kind: 'pglite', directory: pgliteDirectoryOf(settings) }
      : { kind: 'postgres', connectionString: databaseUrl },
  chains: {
    tonne: {
      id: deployment.chainId,
      rpc: isLocal ? localUrls : deployment.rpcUrl,
      // A chain on this machine costs nothing to ask, and may be another one tomorrow.
      pollingInterval: isLocal ? 100 : 1_000,
      disableCache: isLocal,
    },
  },
  contracts: {
    TonneRegistry: {
      chain: 'tonne',
      abi: registryAbi,
      address: deployment.registry,
      startBlock,
    },
    TonneCertificates: {
      chain: 'tonne',
      abi: certificatesAbi,
      address: certificates,
      startBlock,
    },
    TonneMarket: { chain: 'tonne', abi: marketAbi, address: market, startBlock },
    CarbonCredit: { chain: 'tonne', abi: creditAbi, address: deployment.credit, startBlock },
    EnergyCertificate: {
      chain: 'tonne',
      abi: energyCertificateAbi,
      address: deployment.energyCertificate,
      startBlock,
    },
    TonneVerification: {
      chain: 'tonne',
      abi: verificationAbi,
      address: deployment.verification,
      startBlock,
    },
    TonneRecourse: {
      chain: 'tonne',
      abi: recourseAbi,
      address: deployment.recourse,
      startBlock,
    },
    // At no address where nobody asks Chainlink Functions: then it never emits anything.
    BatchRecomputation: {
      chain: 'tonne',
      abi: recomputationAbi,
      address: deployment.recomputation ?? zeroAddress,
      startBlock,
    },
    TonneSubscriptions: { chain: 'tonne', abi: subscriptionsAbi, address: contract, startBlock },
    TonnePlans: { chain: 'tonne', abi: plansAbi, address: plans, startBlock },
  },
  // Each new block, but none of the past: see src/head.ts.
  blocks: { Head: { chain: 'tonne', startBlock: 'latest', interval: 1 } },
});
