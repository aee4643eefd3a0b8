import { createPublicClient, createWalletClient, http } from 'viem';
import { foundry } from 'viem/chains';

import { DEVELOPMENT_ACCOUNTS } from '../lib/accounts.ts';
import type { AddressBook } from '../lib/addressBook.ts';
import { readCreationCode } from './artifact.ts';
import { assertVerifiesP256, inspectDeployment } from './inspect.ts';

const POLLING_MS = 20;

/**
 * Deploys to a development chain with anvil's public key, which anyone knows, as deployer and admin.
 * Sends the transaction itself: Ignition keeps a journal per chain id, and every local chain has the
 * same id. The contracts have to be compiled.
 */
export async function deployLocal(rpcUrl: string): Promise<AddressBook> {
  const { admin } = DEVELOPMENT_ACCOUNTS;
  const transport = http(rpcUrl);
  const client = createPublicClient({ transport, pollingInterval: POLLING_MS });
  await assertVerifiesP256(client);
  const wallet = createWalletClient({ account: admin, chain: foundry, transport });
  const data = await readCreationCode(admin.address);
  // The chain of the wallet may have another id in a rehearsal.
  const hash = await wallet.sendTransaction({ data, chain: null });
  const receipt = await client.waitForTransactionReceipt({ hash });
  if (receipt.contractAddress === null || receipt.contractAddress === undefined) {
    throw new Error(`deployment ${hash} failed`);
  }
  const { chainId, registry, credit } = await inspectDeployment(
    client,
    receipt.contractAddress,
    admin.address,
  );
  const deployedAtBlock = Number(receipt.blockNumber);
  return { network: 'local', chainId, rpcUrl, registry, credit, deployedAtBlock };
}
