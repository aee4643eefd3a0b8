import { formatEther, formatGwei, type Address, type PublicClient } from 'viem';

import { readCreationCode } from './artifact.ts';

/** What a deployment would cost at most, in wei of the chain's own currency. */
export interface Quote {
  readonly deployer: Address;
  readonly admin: Address;
  readonly gas: bigint;
  readonly maxFeePerGas: bigint;
  readonly costWei: bigint;
  readonly balanceWei: bigint;
}

/** Asks the chain for gas, price and balance. Sends nothing. */
export async function quoteDeployment(
  client: PublicClient,
  deployer: Address,
  admin: Address,
): Promise<Quote> {
  const data = await readCreationCode(admin);
  const [gas, { maxFeePerGas }, balanceWei] = await Promise.all([
    client.estimateGas({ account: deployer, data }),
    client.estimateFeesPerGas(),
    client.getBalance({ address: deployer }),
  ]);
  return { deployer, admin, gas, maxFeePerGas, costWei: gas * maxFeePerGas, balanceWei };
}

/** The lines to show before anything is sent. */
export function describeQuote(quote: Quote, currency: string): string[] {
  return [
    `deployer  ${quote.deployer}`,
    `admin     ${quote.admin}`,
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
