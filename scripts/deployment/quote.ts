import { formatEther, formatGwei, type Address, type PublicClient } from 'viem';

import { planContracts } from '../../protocol/src/index.ts';
import { readAnchorCode, readCreationCode, readSubscriptionsCode, type Roles } from './artifact.ts';
import { LIVE_NOTICE_S } from './networks.ts';

/** What a deployment would cost at most, in wei of the chain's own currency. */
export interface Quote {
  readonly deployer: Address;
  readonly roles: Roles;
  readonly gas: bigint;
  readonly maxFeePerGas: bigint;
  readonly costWei: bigint;
  readonly balanceWei: bigint;
}

/**
 * The certificates need the credit contract and the market the certificates, so neither can be
 * estimated before the registry is there: what they took on a local chain, rounded up.
 */
const MARKET_GAS = 8_000_000n;

/** Asks the chain for gas, price and balance. Sends nothing. */
export async function quoteDeployment(
  client: PublicClient,
  deployer: Address,
  roles: Roles,
): Promise<Quote> {
  const { admin, ...offices } = roles;
  // Where the contracts will be changes nothing of what they cost.
  const { contracts } = planContracts({ deployer, firstNonce: 0, admin, noticeS: LIVE_NOTICE_S });
  const codes = await Promise.all(contracts.map(readCreationCode));
  codes.push(await readSubscriptionsCode(offices), await readAnchorCode());
  const parts = await Promise.all(
    codes.map((data) => client.estimateGas({ account: deployer, data })),
  );
  const [{ maxFeePerGas }, balanceWei] = await Promise.all([
    client.estimateFeesPerGas(),
    client.getBalance({ address: deployer }),
  ]);
  const gas = parts.reduce((sum, part) => sum + part, MARKET_GAS);
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
