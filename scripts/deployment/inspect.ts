import {
  getAddress,
  isAddressEqual,
  parseAbi,
  zeroAddress,
  type Address,
  type Hex,
  type PublicClient,
} from 'viem';

import {
  certificatesAbi,
  CURRENCIES,
  domainOf,
  marketAbi,
  plansAbi,
  registryAbi,
  subscriptionsAbi,
  type CreditContracts,
  type Currency,
  type MarketContracts,
  type SubscriptionContracts,
} from '../../protocol/src/index.ts';
import type { MarketTerms, Roles } from './artifact.ts';

/** P256VERIFY (EIP-7951, RIP-7212). */
const P256_PRECOMPILE: Address = '0x0000000000000000000000000000000000000100';

/**
 * A valid signature: digest, r, s, x, y. Project Wycheproof, `ecdsa_secp256r1_sha256_p1363_test.json`,
 * the case with r = 5 and s = 1.
 */
const VALID_SIGNATURE: Hex = `0x${[
  'bb5a52f42f9c9261ed4361f59422a1e30036e7c32b270c8807a419feca605023',
  '0000000000000000000000000000000000000000000000000000000000000005',
  '0000000000000000000000000000000000000000000000000000000000000001',
  'a71af64de5126a4a4e02b7922d66ce9415ce88a4c9d25514d91082c8725ac957',
  '5d47723c8fbe580bb369fec9c2665d8e30a435b9932645482e7c9f11e872296b',
].join('')}`;

/** Throws unless the chain verifies P-256 signatures: without it no device could ever be credited. */
export async function assertVerifiesP256(client: PublicClient): Promise<void> {
  const { data } = await client.call({ to: P256_PRECOMPILE, data: VALID_SIGNATURE });
  if (data === undefined || BigInt(data) !== 1n) {
    throw new Error(`this chain has no P256VERIFY at ${P256_PRECOMPILE}: nothing was sent`);
  }
}

/** Contracts that know one registry. */
const FOLLOWERS = ['credit', 'energyCertificate', 'verification', 'recourse', 'readings'] as const;
/** Contracts that the registry knows. */
const COUNTERPARTS = ['credit', 'energyCertificate', 'verification', 'recourse'] as const;
const REGISTRY_OF = parseAbi(['function registry() view returns (address)']);

/** What was deployed, read back from the chain. Throws when it is not what was meant. */
export async function inspectDeployment(
  client: PublicClient,
  contracts: CreditContracts,
  admin: Address,
): Promise<CreditContracts & { readonly chainId: number }> {
  const contract = { address: contracts.registry, abi: registryAbi } as const;
  const domain = await client.readContract({ ...contract, functionName: 'domain' });
  const owner = await client.readContract({ ...contract, functionName: 'owner' });
  const chainId = await client.getChainId();
  if (!isAddressEqual(owner, admin)) throw new Error(`the admin is ${owner}, not ${admin}`);
  if (domain !== domainOf(chainId, contracts.registry)) {
    throw new Error(`unexpected domain ${domain}`);
  }
  for (const name of COUNTERPARTS) {
    const known = await client.readContract({ ...contract, functionName: name });
    if (isAddressEqual(known, contracts[name])) continue;
    throw new Error(`the registry takes ${known} for its ${name}, not ${contracts[name]}`);
  }
  for (const name of FOLLOWERS) {
    const follower = { address: contracts[name], abi: REGISTRY_OF } as const;
    const obeyed = await client.readContract({ ...follower, functionName: 'registry' });
    if (isAddressEqual(obeyed, contracts.registry)) continue;
    throw new Error(`${name} ${contracts[name]} obeys ${obeyed}`);
  }
  return { chainId, ...contracts };
}

/** What sells subscriptions, read back from the chain. Throws when it is not what was meant. */
export async function inspectSubscriptions(
  client: PublicClient,
  contract: Address,
  { operator, treasury, arbiter }: Omit<Roles, 'admin'>,
): Promise<SubscriptionContracts> {
  const sold = { address: contract, abi: subscriptionsAbi } as const;
  const plans = await client.readContract({ ...sold, functionName: 'plans' });
  const offices = { address: plans, abi: plansAbi } as const;
  const found = {
    subscriptions: await client.readContract({ ...offices, functionName: 'subscriptions' }),
    operator: await client.readContract({ ...offices, functionName: 'owner' }),
    treasury: await client.readContract({ ...offices, functionName: 'treasury' }),
    arbiter: await client.readContract({ ...offices, functionName: 'arbiter' }),
  };
  const meant = { subscriptions: contract, operator, treasury, arbiter };
  for (const name of ['subscriptions', 'operator', 'treasury', 'arbiter'] as const) {
    if (isAddressEqual(found[name], meant[name])) continue;
    throw new Error(`${name} of ${plans} is ${found[name]}, not ${meant[name]}`);
  }
  return { contract: getAddress(contract), plans };
}

/** Where credits are traded, read back from the chain. Throws when it is not what was meant. */
export async function inspectMarket(
  client: PublicClient,
  contract: Address,
  credit: Address,
  { usdc, usdt }: MarketTerms,
): Promise<MarketContracts> {
  const market = { address: contract, abi: marketAbi } as const;
  const certificates = await client.readContract({ ...market, functionName: 'certificates' });
  const certified = { address: certificates, abi: certificatesAbi } as const;
  const tokenOf = async (currency: Currency, meant: Address) => {
    if (meant === zeroAddress) return zeroAddress;
    const args = [CURRENCIES.indexOf(currency)] as const;
    return client.readContract({ ...market, functionName: 'tokenOf', args });
  };
  const found = {
    credit: await client.readContract({ ...market, functionName: 'credit' }),
    certified: await client.readContract({ ...certified, functionName: 'credit' }),
    usdc: await tokenOf('usdc', usdc),
    usdt: await tokenOf('usdt', usdt),
  };
  const meant = { credit, certified: credit, usdc, usdt };
  for (const name of ['credit', 'certified', 'usdc', 'usdt'] as const) {
    if (isAddressEqual(found[name], meant[name])) continue;
    throw new Error(`${name} of market ${contract} is ${found[name]}, not ${meant[name]}`);
  }
  return { contract: getAddress(contract), certificates };
}
