import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

// Says that connections of Hardhat have `ignition`, also where its configuration is not compiled.
import type {} from '@nomicfoundation/hardhat-ignition-viem';
import { getContractAddress, parseAbiItem, type Address, type PublicClient } from 'viem';

import InventoryAnchor from '../../ignition/modules/InventoryAnchor.ts';
import TonneCredits from '../../ignition/modules/TonneCredits.ts';
import TonneMarket from '../../ignition/modules/TonneMarket.ts';
import TonneSubscriptions from '../../ignition/modules/TonneSubscriptions.ts';
import { planContracts } from '../../protocol/src/index.ts';
import type { AddressBook } from '../lib/addressBook.ts';
import { ROOT } from '../lib/paths.ts';
import type { MarketTerms, Roles } from './artifact.ts';
import { inspectDeployment, inspectMarket, inspectSubscriptions } from './inspect.ts';
import { LIVE_NOTICE_S, type LiveNetwork } from './networks.ts';

const OWNERSHIP_TRANSFERRED = parseAbiItem(
  'event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)',
);
/** How far back an interrupted deployment may lie when it is taken up again: about 3 hours. */
const RESUMABLE_BLOCKS = 5_000n;

export interface LiveDeployment {
  readonly network: LiveNetwork;
  /** Whose key the network's settings hold. */
  readonly deployer: Address;
  readonly roles: Roles;
  readonly tokens: MarketTerms;
  /** Name of Ignition's journal under ignition/deployments/. */
  readonly deploymentId: string;
  readonly showProgress: boolean;
}

/** What is used of Ignition's answer, whose own type depends on compiled files. */
interface Deployed {
  readonly subscriptions: { readonly address: Address };
}

interface DeployedAnchor {
  readonly inventoryAnchor: { readonly address: Address };
}

interface Traded {
  readonly market: { readonly address: Address };
}

/**
 * Deploys by Ignition, whose journal lets an interrupted deployment be taken up again. RPC address and
 * key come from the environment variables of the network.
 */
export async function deployLive(
  client: PublicClient,
  deployment: LiveDeployment,
): Promise<AddressBook> {
  const { network, deployer, roles, tokens, deploymentId, showProgress } = deployment;
  const { admin, ...offices } = roles;
  const before = await client.getBlockNumber();
  // Loaded here: Hardhat takes a second to load and only this way of deploying needs it.
  const hardhat = await import('hardhat');
  const connection = await hardhat.network.create(network.name);
  try {
    const firstNonce = await findFirstNonce(client, deployment);
    const terms = { deployer, firstNonce, admin, noticeS: LIVE_NOTICE_S };
    const { at } = planContracts(terms);
    const journal = { deploymentId, displayUi: showProgress };
    // First and alone: where these contracts are follows from the nonces.
    await connection.ignition.deploy(TonneCredits, {
      parameters: { TonneCredits: { admin, noticeS: LIVE_NOTICE_S, ...at } },
      ...journal,
    });
    const deployed: Deployed = await connection.ignition.deploy(TonneSubscriptions, {
      parameters: { TonneSubscriptions: { ...offices } },
      ...journal,
    });
    const anchored: DeployedAnchor = await connection.ignition.deploy(InventoryAnchor, journal);
    const found = await inspectDeployment(client, at, admin);
    const sold = deployed.subscriptions.address;
    const subscriptions = await inspectSubscriptions(client, sold, offices);
    const traded: Traded = await connection.ignition.deploy(TonneMarket, {
      parameters: { TonneMarket: { credit: at.credit, ...tokens } },
      ...journal,
    });
    const market = await inspectMarket(client, traded.market.address, at.credit, tokens);
    const deployedAtBlock = await getCreationBlock(client, at.registry, before);
    const rpcUrl = network.publicRpcUrl;
    const inventoryAnchor = anchored.inventoryAnchor.address;
    return {
      network: network.name,
      rpcUrl,
      ...found,
      deployedAtBlock,
      subscriptions,
      market,
      inventoryAnchor,
    };
  } finally {
    await connection.close();
  }
}

/**
 * The nonce that the deployment began with: of an interrupted one, whose registry is in the journal, the
 * one that put it there; otherwise the next.
 */
async function findFirstNonce(
  client: PublicClient,
  { deployer, deploymentId }: LiveDeployment,
): Promise<number> {
  const next = await client.getTransactionCount({ address: deployer });
  const journal = join(ROOT, 'ignition/deployments', deploymentId, 'deployed_addresses.json');
  if (!existsSync(journal)) return next;
  const known: unknown = JSON.parse(await readFile(journal, 'utf8'));
  const registry = new Map<string, unknown>(Object.entries(known ?? {})).get(
    'TonneCredits#TonneRegistry',
  );
  for (let nonce = next - 1; nonce >= 0 && registry !== undefined; nonce--) {
    if (getContractAddress({ from: deployer, nonce: BigInt(nonce) }) === registry) return nonce;
  }
  return next;
}

/** The block of the registry's first event, which its constructor emits. */
async function getCreationBlock(
  client: PublicClient,
  registry: Address,
  before: bigint,
): Promise<number> {
  const fromBlock = before > RESUMABLE_BLOCKS ? before - RESUMABLE_BLOCKS : 0n;
  const [first] = await client.getLogs({
    address: registry,
    event: OWNERSHIP_TRANSFERRED,
    fromBlock,
  });
  if (first === undefined) {
    throw new Error(`${registry} was not deployed since block ${String(fromBlock)}`);
  }
  return Number(first.blockNumber);
}
