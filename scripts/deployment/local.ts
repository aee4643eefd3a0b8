import type { MarketContracts } from '@truetonne/protocol';
import type { Address } from 'viem';

import { DEVELOPMENT_ACCOUNTS } from '../lib/accounts.ts';
import type { AddressBook } from '../lib/addressBook.ts';
import {
  readAnchorCode,
  readCertificatesCode,
  readMarketCode,
  readSubscriptionsCode,
  type MarketTerms,
} from './artifact.ts';
import { deployCredits } from './credits.ts';
import {
  assertVerifiesP256,
  inspectDeployment,
  inspectMarket,
  inspectSubscriptions,
} from './inspect.ts';
import { sellLocally } from './localSales.ts';
import { createSender, type Sender } from './sender.ts';

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
  const tokens = await sellLocally(sender, subscriptions);
  const market = await openMarket(sender, found.credit, tokens);
  const { address: inventoryAnchor } = await sender.create(await readAnchorCode());
  const more = { subscriptions, market, inventoryAnchor };
  return { network: 'local', ...found, ...more, rpcUrl, deployedAtBlock };
}

/** Certificates for a credit contract, and the market of its credits. */
async function openMarket(
  sender: Sender,
  credit: Address,
  terms: MarketTerms,
): Promise<MarketContracts> {
  const certificates = await sender.create(await readCertificatesCode(credit));
  const market = await sender.create(await readMarketCode(certificates.address, terms));
  return inspectMarket(sender.reader, market.address, credit, terms);
}
