import {
  plansAbi,
  toFeatures,
  toSubscriptionState,
  toTier,
  type Feature,
  type Hex,
  type SubscriptionState,
  type Tier,
} from '@truetonne/protocol';
import { zeroAddress, type PublicClient } from 'viem';
import type { Endpoints } from '../../rpc/endpoints.ts';

/** What a wallet may use. */
export interface Rights {
  readonly state: SubscriptionState;
  /** The plan whose rights hold; 0 is Free. */
  readonly planId: number;
  readonly tier: Tier;
  readonly seats: number;
  readonly devices: number;
  readonly apiCallsPerDay: number;
  readonly features: readonly Feature[];
  /** Paid until then, Unix seconds; 0 without subscription. */
  readonly until: number;
  /** The rights end then if nothing happens. */
  readonly endsAt: number;
}

/** A plan that is sold. */
export interface SoldPlan {
  readonly planId: number;
  readonly tier: Tier;
  readonly seats: number;
  readonly devices: number;
  readonly apiCallsPerDay: number;
  readonly features: readonly Feature[];
  /** USD x 10^6; 0 is not sold for a month. */
  readonly monthlyUsd: bigint;
}

/** Reads rights from the chain. */
export interface RightsReader {
  /**
   * The rights of a wallet as the newest block has them, not older than a second. While the chain does
   * not answer, what was read last, as long as it was paid for.
   *
   * @throws what the last endpoint threw, when nothing is known of the wallet
   */
  readonly get: (wallet: Hex) => Promise<Rights>;
  /** Plans that are sold, the least first. */
  readonly plans: () => Promise<readonly SoldPlan[]>;
}

/** Rights are asked for again after so long; plans hardly ever change. Milliseconds. */
const RIGHTS_MS = 500;
const PLANS_MS = 60_000;
/** Wallets whose rights are remembered. */
const MAX_WALLETS = 20_000;

interface Known {
  readonly at: number;
  readonly rights: Promise<Rights>;
  /** The last answer. */
  readonly last: Rights | undefined;
}

export function createRightsReader(
  endpoints: Endpoints,
  plans: Hex,
  now: () => number,
): RightsReader {
  const known = new Map<string, Known>();
  let sold: { readonly at: number; readonly plans: Promise<readonly SoldPlan[]> } | undefined;

  const read = (wallet: Hex): Promise<Rights> =>
    endpoints.use((client) => readRights(client, plans, wallet));

  async function readOrKeep(wallet: Hex, last: Rights | undefined): Promise<Rights> {
    try {
      return await read(wallet);
    } catch (error) {
      if (last !== undefined && (last.endsAt === 0 || now() < last.endsAt)) return last;
      throw error;
    }
  }
  function refresh(key: string, wallet: Hex, last: Rights | undefined): Promise<Rights> {
    const rights = readOrKeep(wallet, last);
    const at = performance.now();
    known.delete(key);
    known.set(key, { at, rights, last });
    if (known.size > MAX_WALLETS) known.delete(known.keys().next().value ?? key);
    rights.then(
      (answer) => known.get(key)?.rights === rights && known.set(key, { at, rights, last: answer }),
      () => known.get(key)?.rights === rights && known.delete(key),
    );
    return rights;
  }
  return {
    async get(wallet) {
      const key = wallet.toLowerCase();
      const found = known.get(key);
      const fresh = found !== undefined && performance.now() - found.at < RIGHTS_MS;
      const rights = await (fresh ? found.rights : refresh(key, wallet, found?.last));
      // A chain without new blocks does not notice that time ran out.
      if (rights.planId === 0 || now() < rights.endsAt) return rights;
      const { until, endsAt } = rights;
      return { ...(await read(zeroAddress)), state: 'ended', until, endsAt };
    },
    plans() {
      if (sold !== undefined && performance.now() - sold.at < PLANS_MS) return sold.plans;
      const reading = endpoints.use((client) => readPlans(client, plans));
      sold = { at: performance.now(), plans: reading };
      reading.catch(() => (sold = undefined));
      return reading;
    },
  };
}

async function readRights(client: PublicClient, address: Hex, wallet: Hex): Promise<Rights> {
  const call = { address, abi: plansAbi, functionName: 'entitlement', args: [wallet] } as const;
  const { state, tier, features, ...rest } = await client.readContract(call);
  return {
    ...{ ...rest, state: toSubscriptionState(state) },
    ...{ tier: toTier(tier), features: toFeatures(features) },
  };
}

async function readPlans(client: PublicClient, address: Hex): Promise<readonly SoldPlan[]> {
  const contract = { address, abi: plansAbi } as const;
  const count = await client.readContract({ ...contract, functionName: 'planCount' });
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const read = async (planId: number) => {
    const call = { ...contract, functionName: 'plan', args: [planId] } as const;
    const { terms, retired } = await client.readContract(call);
    const { seats, devices, apiCallsPerDay } = terms;
    const named = { planId, tier: toTier(terms.tier), features: toFeatures(terms.features) };
    const limits = { seats, devices, apiCallsPerDay };
    return { plan: { ...named, ...limits, monthlyUsd: BigInt(terms.monthlyUsd) }, retired };
  };
  const all = await Promise.all(ids.map(read));
  return all
    .flatMap(({ plan, retired }) => (retired ? [] : [plan]))
    .sort((a, b) => Number(a.monthlyUsd - b.monthlyUsd));
}
