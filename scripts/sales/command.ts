import { createPublicClient, formatEther, getAddress, http, isHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

import { getSetting, LIVE_NETWORKS, type Environment } from '../deployment/networks.ts';
import { addressBookPath, readAddressBook } from '../lib/addressBook.ts';
import { createWallet } from '../lib/wallet.ts';
import { PLANS } from './plans.ts';
import { planSteps } from './sales.ts';
import { LIVE_TOKENS } from './tokens.ts';

export interface SalesOptions {
  readonly network: string;
  /** Signs promo codes of every plan. */
  readonly promoSigner: string | undefined;
  /** By default where the deployment wrote it. */
  readonly book: string | undefined;
  /** Sends; without it only the cost is shown. */
  readonly yes: boolean;
}

/** Begins to sell on a public network: plans and tokens that are missing there, from the operator. */
export async function runSales(
  options: SalesOptions,
  environment: Environment,
  say: (line: string) => void,
): Promise<void> {
  const network = LIVE_NETWORKS.find(({ name }) => name === options.network);
  if (network === undefined) throw new Error(`unknown network "${options.network}"`);
  const { subscriptions } = readAddressBook(options.book ?? addressBookPath(network.name));
  if (subscriptions === undefined) throw new Error(`nothing is sold on ${network.name}`);
  if (options.promoSigner === undefined)
    throw new Error('name who signs promo codes: --promo-signer');
  const key = getSetting(environment, network.privateKeyVariable);
  if (!isHex(key)) throw new Error(`${network.privateKeyVariable} is not 0x and 64 hex digits`);
  const rpcUrl = getSetting(environment, network.rpcUrlVariable);
  const reader = createPublicClient({ transport: http(rpcUrl) });
  const wallet = createWallet(rpcUrl, network.chainId, privateKeyToAccount(key));
  const steps = await planSteps(reader, subscriptions.plans, {
    plans: PLANS,
    tokens: LIVE_TOKENS[network.name],
    promoSigner: getAddress(options.promoSigner),
  });
  for (const { what, data } of steps) {
    const call = { account: wallet.address, to: subscriptions.plans, data } as const;
    const gas = await reader.estimateGas(call);
    const { maxFeePerGas } = await reader.estimateFeesPerGas();
    say(`${what}: ${formatEther(gas * maxFeePerGas)} POL at most`);
    if (!options.yes) continue;
    await wallet.confirm(await wallet.writer.sendTransaction({ to: subscriptions.plans, data }));
  }
  if (steps.length === 0) say('everything is sold already');
  else if (!options.yes) say('nothing was sent; add --yes to send');
}
