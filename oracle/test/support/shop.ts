import { plansAbi, subscriptionsAbi, type AddressBook } from '@truetonne/protocol';
import {
  createTestClient,
  createWalletClient,
  erc20Abi,
  http,
  maxUint256,
  publicActions,
  zeroAddress,
  type HDAccount,
  type Hex,
  type LocalAccount,
} from 'viem';
import { foundry } from 'viem/chains';
import { deployLocal } from '../../../scripts/deployment/local.ts';
import { DEVELOPMENT_ACCOUNTS } from '../../../scripts/lib/accounts.ts';
import { startChain } from '../../../scripts/lib/chain.ts';
import { findFreePort } from '../../../scripts/lib/ports.ts';
import { createWallet } from '../../../scripts/lib/wallet.ts';

/** `PlanTerms` of a Free plan with few of everything. */
export const SCANTY = {
  ...{ tier: 0, seats: 2, devices: 1, apiCallsPerDay: 12, features: 0n, trialDays: 0 },
  ...{ maxInstalments: 1, monthlyUsd: 0, yearlyUsd: 0 },
};
const NO_OFFERS = {
  promoSigner: zeroAddress,
  seasonMonths: 0,
  seasonPercent: 0,
  welcomePercent: 0,
};

/** The wallets that `npm start` funds. */
export const { admin: operator, buyer, projectOwner, submitter } = DEVELOPMENT_ACCOUNTS;

export type Shop = Awaited<ReturnType<typeof openShop>>;

/** Buys a month of a plan with USDC, all that is needed for it included. */
export async function subscribe(
  { subscriptions, rpcUrl, chainId }: AddressBook,
  account: HDAccount,
  planId: number,
  capCents = 0,
): Promise<void> {
  if (subscriptions === undefined) throw new Error('nothing is sold');
  const { contract, plans } = subscriptions;
  const wallet = createWallet(rpcUrl, chainId, account);
  const read = { address: plans, abi: plansAbi, functionName: 'token', args: [0] } as const;
  const { draft } = await wallet.reader.readContract(read);
  const allow = { address: draft.token, abi: erc20Abi, functionName: 'approve' } as const;
  await wallet.confirm(
    await wallet.writer.writeContract({ ...allow, args: [contract, maxUint256] }),
  );
  const order = {
    ...{ planId, yearly: false, tokenId: 0, instalments: 0, capCents, referred: false },
    ...{ referrer: zeroAddress, maxAmount: maxUint256, promos: [], permits: [] },
  };
  const call = { address: contract, abi: subscriptionsAbi, functionName: 'subscribe' } as const;
  await wallet.confirm(await wallet.writer.writeContract({ ...call, args: [order] }));
}

/** A chain on which subscriptions are sold as `npm start` sells them. */
export async function openShop(folder: string) {
  const chain = await startChain({ port: await findFreePort(), logFile: `${folder}/chain.log` });
  const deployment: AddressBook = await deployLocal(chain.rpcUrl);
  const { subscriptions } = deployment;
  if (subscriptions === undefined) throw new Error('nothing is sold');
  const { contract, plans } = subscriptions;
  const transport = http(chain.rpcUrl);
  const client = createTestClient({
    chain: foundry,
    mode: 'anvil',
    transport,
    pollingInterval: 20,
  });
  const reader = client.extend(publicActions);
  const walletOf = (account: LocalAccount) =>
    createWalletClient({ account, chain: foundry, transport });
  const mined = async (hash: Hex): Promise<void> => {
    const { status } = await reader.waitForTransactionReceipt({ hash });
    if (status !== 'success') throw new Error(`${hash} was reverted`);
  };
  return {
    deployment,
    reader,
    stop: chain.stop,
    /** Makes Free scanty. */
    async starve(): Promise<void> {
      const call = { address: plans, abi: plansAbi, functionName: 'createPlan' } as const;
      const args = ['Free', SCANTY, NO_OFFERS] as const;
      await mined(await walletOf(operator).writeContract({ ...call, args }));
    },
    subscribe: (account: HDAccount, planId: number, capCents = 0) =>
      subscribe(deployment, account, planId, capCents),
    async cancelAndRefund(account: LocalAccount): Promise<void> {
      const call = { address: contract, abi: subscriptionsAbi } as const;
      const functionName = 'cancelAndRefund' as const;
      // An estimate may be of a second in which less is to be written.
      await mined(
        await walletOf(account).writeContract({ ...call, functionName, gas: 1_000_000n }),
      );
    },
    async wait(seconds: number): Promise<void> {
      await client.increaseTime({ seconds });
      await client.mine({ blocks: 1 });
    },
  };
}
