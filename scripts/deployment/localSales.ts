import type { SubscriptionContracts } from '@truetonne/protocol';
import { encodeDeployData, encodeFunctionData, parseAbi, type Address, type Hex } from 'viem';

import { DEVELOPMENT_ACCOUNTS } from '../lib/accounts.ts';
import { PLANS } from '../sales/plans.ts';
import { planSteps } from '../sales/sales.ts';
import { coin, pegged } from '../sales/tokens.ts';
import { readCompiled } from './artifact.ts';
import type { Sender } from './sender.ts';

/** USD x 10^8 for one POL on the local chain. */
const LOCAL_POL_PRICE = 25_000_000n;
/** What each development account gets of each token, 100,000.000000. */
const FUNDS = 100_000n * 10n ** 6n;
const MINT_ABI = parseAbi(['function mint(address to, uint256 amount)']);

/** The dollar tokens of a local chain. */
export interface LocalTokens {
  readonly usdc: Address;
  readonly usdt: Address;
}

/**
 * Puts what a local chain lacks for subscriptions onto it: two dollar tokens, of which one has permits,
 * a price feed, the plans; and funds every development account.
 */
export async function sellLocally(
  sender: Sender,
  { plans }: SubscriptionContracts,
): Promise<LocalTokens> {
  const usdc = await create(sender, 'DevelopmentPermitToken', ['USD Coin (development)', 'USDC']);
  const usdt = await create(sender, 'DevelopmentToken', ['Tether USD (development)', 'USDT']);
  const feed = await create(sender, 'DevelopmentFeed', [LOCAL_POL_PRICE]);
  const tokens = [pegged('USDC', usdc), pegged('USDT', usdt), coin(feed)];
  const promoSigner = DEVELOPMENT_ACCOUNTS.promoSigner.address;
  const steps = await planSteps(sender.reader, plans, { plans: PLANS, tokens, promoSigner });
  for (const { data } of steps) await sender.send(plans, data);
  for (const { address } of Object.values(DEVELOPMENT_ACCOUNTS)) {
    for (const token of [usdc, usdt]) await sender.send(token, mint(address));
  }
  return { usdc, usdt };
}

async function create(sender: Sender, name: string, args: readonly unknown[]): Promise<Address> {
  const { abi, bytecode } = await readCompiled(`development/${name}`);
  return (await sender.create(encodeDeployData({ abi, bytecode, args }))).address;
}

const mint = (to: Address): Hex =>
  encodeFunctionData({ abi: MINT_ABI, functionName: 'mint', args: [to, FUNDS] });
