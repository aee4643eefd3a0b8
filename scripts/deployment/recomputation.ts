import { verificationAbi, type Hex } from '@truetonne/protocol';
import {
  encodeDeployData,
  isAddressEqual,
  parseAbi,
  type Account,
  type Chain,
  type PublicClient,
  type Transport,
  type WalletClient,
} from 'viem';

import { readCompiled } from './artifact.ts';

/** What an answer of the nodes may use: the most that a subscription without a tier of its own allows. */
const CALLBACK_GAS = 300_000;
/** `Role.Recomputer`. */
const RECOMPUTER = 4;
const FOREVER = 2 ** 40 - 1;
const OWNED = parseAbi(['function owner() view returns (address)']);

/** Who is asked to recompute batches, and what. */
export interface RecomputationTerms {
  readonly verification: Hex;
  /** Who may ask, and so spend the subscription. */
  readonly operator: Hex;
  readonly router: Hex;
  readonly subscriptionId: bigint;
  readonly donId: Hex;
  /** SHA-256 of the source (functions/build.ts). */
  readonly sourceHash: Hex;
  /** Where the nodes read the chain; public, so it may hold no key. */
  readonly rpcUrl: string;
}

/** A wallet and what it reads the chain with. */
export interface Deployer {
  readonly reader: PublicClient;
  readonly wallet: WalletClient<Transport, Chain, Account>;
}

/** Deploys the contract that has batches recomputed, and answers where it is. */
export async function deployRecomputation(
  { reader, wallet }: Deployer,
  terms: RecomputationTerms,
): Promise<Hex> {
  const { abi, bytecode } = await readCompiled('BatchRecomputation');
  const { verification, operator, ...asked } = terms;
  const config = { ...asked, callbackGasLimit: CALLBACK_GAS };
  const data = encodeDeployData({ abi, bytecode, args: [verification, operator, config] });
  const hash = await wallet.sendTransaction({ data });
  const { status, contractAddress } = await reader.waitForTransactionReceipt({ hash });
  if (status === 'success' && contractAddress !== null && contractAddress !== undefined)
    return contractAddress;
  throw new Error(`transaction ${hash} created no contract`);
}

/** Accredits it as a recomputer, when the wallet is the admin's. Answers whether it was. */
export async function accreditRecomputation(
  { reader, wallet }: Deployer,
  verification: Hex,
  recomputation: Hex,
): Promise<boolean> {
  const call = { address: verification, abi: verificationAbi } as const;
  const registry = await reader.readContract({ ...call, functionName: 'registry' });
  const admin = await reader.readContract({ address: registry, abi: OWNED, functionName: 'owner' });
  if (!isAddressEqual(admin, wallet.account.address)) return false;
  const args = [recomputation, RECOMPUTER, FOREVER] as const;
  const hash = await wallet.writeContract({ ...call, functionName: 'accredit', args });
  const { status } = await reader.waitForTransactionReceipt({ hash });
  if (status !== 'success') throw new Error(`transaction ${hash} was reverted`);
  return true;
}
