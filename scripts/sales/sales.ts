import { plansAbi } from '@truetonne/protocol';
import {
  encodeFunctionData,
  isAddressEqual,
  parseAbi,
  zeroAddress,
  type Address,
  type Hex,
  type PublicClient,
} from 'viem';

import { OFFERS, toTerms, type PlanEntry } from './plans.ts';
import type { TokenEntry } from './tokens.ts';

const NAMES_ABI = parseAbi([
  'function symbol() view returns (string)',
  'function description() view returns (string)',
]);

/** What is sold: plans in the order of their ids, tokens, and who signs promo codes. */
export interface Sales {
  readonly plans: readonly PlanEntry[];
  readonly tokens: readonly TokenEntry[];
  readonly promoSigner: Address;
}

/** A call of the plans contract that is missing. */
export interface Step {
  readonly what: string;
  readonly data: Hex;
}

/** The calls that bring a plans contract to what is to be sold; none when it is all there. */
export async function planSteps(
  reader: PublicClient,
  plans: Address,
  sales: Sales,
): Promise<readonly Step[]> {
  for (const entry of sales.tokens) await assertNamed(reader, entry);
  return [
    ...(await missingPlans(reader, plans, sales)),
    ...(await missingTokens(reader, plans, sales.tokens)),
  ];
}

async function missingPlans(
  reader: PublicClient,
  address: Address,
  { plans, promoSigner }: Sales,
): Promise<readonly Step[]> {
  const contract = { address, abi: plansAbi } as const;
  const count = await reader.readContract({ ...contract, functionName: 'planCount' });
  const free = await reader.readContract({ ...contract, functionName: 'plan', args: [0] });
  // Plan 0 exists from the beginning, without any rights.
  const hasFree = free.terms.maxInstalments !== 0;
  return plans.flatMap((entry, planId) => {
    if (planId === 0 ? hasFree : planId <= count) return [];
    const offers =
      planId === 0 ? { ...OFFERS, welcomePercent: 0, seasonMonths: 0, seasonPercent: 0 } : OFFERS;
    const signer = planId === 0 ? zeroAddress : promoSigner;
    const args = [entry.name, toTerms(entry), { ...offers, promoSigner: signer }] as const;
    const data = encodeFunctionData({ abi: plansAbi, functionName: 'createPlan', args });
    return [{ what: `plan ${planId} ${entry.name}`, data }];
  });
}

async function missingTokens(
  reader: PublicClient,
  address: Address,
  tokens: readonly TokenEntry[],
): Promise<readonly Step[]> {
  const contract = { address, abi: plansAbi } as const;
  const count = await reader.readContract({ ...contract, functionName: 'tokenCount' });
  const ids = Array.from({ length: count }, (_, tokenId) => tokenId);
  const accepted = await Promise.all(
    ids.map((tokenId) =>
      reader.readContract({ ...contract, functionName: 'token', args: [tokenId] }),
    ),
  );
  return tokens
    .filter(({ token }) => !accepted.some(({ draft }) => isAddressEqual(draft.token, token)))
    .map((entry) => ({
      what: `token ${entry.symbol}`,
      data: encodeFunctionData({
        abi: plansAbi,
        functionName: 'acceptToken',
        args: [entry],
      }),
    }));
}

/** Throws when a token or feed is not what it is taken for: an address is easily mistyped. */
async function assertNamed(reader: PublicClient, entry: TokenEntry): Promise<void> {
  if (entry.token !== zeroAddress) {
    const call = { address: entry.token, abi: NAMES_ABI, functionName: 'symbol' } as const;
    const symbol = await reader.readContract(call);
    // Tether renamed its token on Polygon in 2025.
    if (symbol !== entry.symbol && symbol !== `${entry.symbol}0`) {
      throw new Error(`${entry.token} is ${symbol}, not ${entry.symbol}`);
    }
  }
  if (entry.feed === zeroAddress) return;
  const call = { address: entry.feed, abi: NAMES_ABI, functionName: 'description' } as const;
  const description = await reader.readContract(call);
  if (!entry.feedDescriptions.includes(description)) {
    throw new Error(`feed ${entry.feed} is of ${description}, not ${entry.symbol}`);
  }
}
