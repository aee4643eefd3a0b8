import { DEVELOPMENT_ACCOUNTS } from '../lib/accounts.ts';
import type { AddressBook } from '../lib/addressBook.ts';
import { readAnchorCode, readSubscriptionsCode } from './artifact.ts';
import { deployCredits } from './credits.ts';
import { assertVerifiesP256, inspectDeployment, inspectSubscriptions } from './inspect.ts';
import { sellLocally } from './localSales.ts';
import { createSender } from './sender.ts';

/** What is announced holds at once: nobody has to be warned here. */
const LOCAL_NOTICE_S = 0;

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
  const deployedAtBlock = Number(await sender.reader.getBlockNumber()) + 1;
  const contracts = await deployCredits(sender, admin.address, LOCAL_NOTICE_S);
  const found = await inspectDeployment(sender.reader, contracts, admin.address);
  const sold = await sender.create(await readSubscriptionsCode(roles));
  const subscriptions = await inspectSubscriptions(sender.reader, sold.address, roles);
  await sellLocally(sender, subscriptions);
  const { address: inventoryAnchor } = await sender.create(await readAnchorCode());
  const more = { subscriptions, inventoryAnchor };
  return { network: 'local', ...found, ...more, rpcUrl, deployedAtBlock };
}
