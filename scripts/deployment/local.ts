import { DEVELOPMENT_ACCOUNTS } from '../lib/accounts.ts';
import type { AddressBook } from '../lib/addressBook.ts';
import { readCreationCode, readSubscriptionsCode } from './artifact.ts';
import { assertVerifiesP256, inspectDeployment, inspectSubscriptions } from './inspect.ts';
import { sellLocally } from './localSales.ts';
import { createSender } from './sender.ts';

/**
 * Deploys to a development chain with anvil's public key, which anyone knows, as deployer and admin, and
 * begins to sell subscriptions there. Sends the transactions itself: Ignition keeps a journal per chain
 * id, and every local chain has the same id. The contracts have to be compiled.
 */
export async function deployLocal(rpcUrl: string): Promise<AddressBook> {
  const { admin, treasury, arbiter } = DEVELOPMENT_ACCOUNTS;
  const roles = {
    operator: admin.address,
    treasury: treasury.address,
    arbiter: arbiter.address,
  };
  const sender = createSender(rpcUrl, admin);
  await assertVerifiesP256(sender.reader);
  const { address, block } = await sender.create(await readCreationCode(admin.address));
  const found = await inspectDeployment(sender.reader, address, admin.address);
  const sold = await sender.create(await readSubscriptionsCode(roles));
  const subscriptions = await inspectSubscriptions(sender.reader, sold.address, roles);
  await sellLocally(sender, subscriptions);
  return { network: 'local', ...found, rpcUrl, deployedAtBlock: block, subscriptions };
}
