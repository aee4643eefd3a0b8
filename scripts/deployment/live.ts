import { parseAbiItem, type Address, type PublicClient } from 'viem';

import TrueTonne from '../../ignition/modules/TrueTonne.ts';
import type { AddressBook } from '../lib/addressBook.ts';
import type { Roles } from './artifact.ts';
import { inspectDeployment, inspectSubscriptions } from './inspect.ts';
import type { LiveNetwork } from './networks.ts';

const OWNERSHIP_TRANSFERRED = parseAbiItem(
  'event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)',
);
/** How far back an interrupted deployment may lie when it is taken up again: about 3 hours. */
const RESUMABLE_BLOCKS = 5_000n;

export interface LiveDeployment {
  readonly network: LiveNetwork;
  readonly roles: Roles;
  /** Name of Ignition's journal under ignition/deployments/. */
  readonly deploymentId: string;
  readonly showProgress: boolean;
}

/** What is used of Ignition's answer, whose own type depends on compiled files. */
interface Deployed {
  readonly registry: { readonly address: Address };
  readonly subscriptions: { readonly address: Address };
}

/**
 * Deploys by Ignition, whose journal lets an interrupted deployment be taken up again. RPC address and
 * key come from the environment variables of the network.
 */
export async function deployLive(
  client: PublicClient,
  deployment: LiveDeployment,
): Promise<AddressBook> {
  const { network, roles, deploymentId, showProgress } = deployment;
  const { admin, ...offices } = roles;
  const before = await client.getBlockNumber();
  // Loaded here: Hardhat takes a second to load and only this way of deploying needs it.
  const hardhat = await import('hardhat');
  const connection = await hardhat.network.create(network.name);
  try {
    const deployed: Deployed = await connection.ignition.deploy(TrueTonne, {
      parameters: { TonneRegistry: { admin }, TonneSubscriptions: { ...offices } },
      deploymentId,
      displayUi: showProgress,
    });
    const { address } = deployed.registry;
    const { chainId, registry, credit } = await inspectDeployment(client, address, admin);
    const sold = deployed.subscriptions.address;
    const subscriptions = await inspectSubscriptions(client, sold, offices);
    const deployedAtBlock = await getCreationBlock(client, registry, before);
    return {
      network: network.name,
      chainId,
      rpcUrl: network.publicRpcUrl,
      registry,
      credit,
      deployedAtBlock,
      subscriptions,
    };
  } finally {
    await connection.close();
  }
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
