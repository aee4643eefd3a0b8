import { formatEther, formatGwei, type Address, type PublicClient } from 'viem';

import { readCreationCode, readSubscriptionsCode, type Roles } from './artifact.ts';

/** What a deployment would cost at most, in wei of the chain's own currency. */
export interface Quote {
  readonly deployer: Address;
  readonly roles: Roles;
  readonly gas: bigint;
  readonly maxFeePerGas: bigint;
  readonly costWei: bigint;
  readonly balanceWei: bigint;
}

/** Asks the chain for gas, price and balance. Sends nothing. */
export async function quoteDeployment(
  client: PublicClient,
  deployer: Address,
  roles: Roles,
): Promise<Quote> {
  const registryCode = await readCreationCode(roles.admin);
  const subscriptionsCode = await readSubscriptionsCode(roles);
  const [registry, subscriptions, { maxFeePerGas }, balanceWei] = await Promise.all([
    client.estimateGas({ account: deployer, data: registryCode }),
    client.estimateGas({ account: deployer, data: subscriptionsCode }),
    client.estimateFeesPerGas(),
    client.getBalance({ address: deployer }),
  ]);
  const gas = registry + subscriptions;
  return { deployer, roles, gas, maxFeePerGas, costWei: gas * maxFeePerGas, balanceWei };
}

/** The lines to show before anything is sent. */
export function describeQuote(quote: Quote, currency: string): string[] {
  return [
    `deployer  ${quote.deployer}`,
    `admin     ${quote.roles.admin}`,
    `operator  ${quote.roles.operator}`,
    `treasury  ${quote.roles.treasury}`,
    `arbiter   ${quote.roles.arbiter}`,
    `gas       ${String(quote.gas)} at no more than ${formatGwei(quote.maxFeePerGas)} gwei`,
    `cost      ${formatEther(quote.costWei)} ${currency} at most`,
    `balance   ${formatEther(quote.balanceWei)} ${currency}`,
  ];
}

/** Throws when the deployer can't pay. */
export function assertAffordable({ costWei, balanceWei, deployer }: Quote, currency: string): void {
  if (balanceWei >= costWei) return;
  const missing = formatEther(costWei - balanceWei);
  throw new Error(`${deployer} lacks ${missing} ${currency}: nothing was sent`);
}
