import assert from 'node:assert/strict';
import { plansAbi, type SubscriptionContracts } from '@truetonne/protocol';
import type { Browser, Page } from 'playwright-core';
import {
  createTestClient,
  erc20Abi,
  http,
  publicActions,
  walletActions,
  type Address,
  type HDAccount,
} from 'viem';
import { foundry } from 'viem/chains';
import { launchBrowser } from './browser.ts';
import { openConnected } from './connected.ts';
import { startLightSystem, type LightOptions, type LightSystem } from './light.ts';
import { confirm } from './opening.ts';
import { nextSecondOfApril } from './sold.ts';

export const HOUR = 3_600;
export const DAY = 24 * HOUR;

function clientOf(rpcUrl: string) {
  return createTestClient({ chain: foundry, mode: 'anvil', transport: http(rpcUrl) })
    .extend(publicActions)
    .extend(walletActions);
}

/** A system that sells subscriptions, a browser, and what is asked of the chain beside the pages. */
export interface Shop {
  readonly browser: Browser;
  readonly system: LightSystem;
  readonly chain: ReturnType<typeof clientOf>;
  readonly sold: SubscriptionContracts;
  /** A page on which the wallet is connected. */
  readonly open: (account: HDAccount, path: string) => Promise<Page>;
  /** The ERC-20 contract of an accepted token: 0 is USDC, 1 is USDT. */
  readonly tokenAt: (id: number) => Promise<Address>;
  /** In units of USDC x 10^6. */
  readonly usdcOf: (owner: Address) => Promise<bigint>;
  /** When what a wallet paid for ends, Unix seconds. */
  readonly untilOf: (wallet: Address) => Promise<number>;
  /** Moves the chain's clock, and no other. */
  readonly moveClock: (seconds: number) => Promise<void>;
  /** Out of season whenever this runs: no discount but those that the tests are about. */
  readonly moveToApril: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A shop on a system of its own. */
export async function openShop(options: LightOptions = {}): Promise<Shop> {
  const browser = await launchBrowser();
  const system = await startLightSystem(options);
  const { rpcUrl, subscriptions: sold } = system.book;
  assert.ok(sold !== undefined);
  const chain = clientOf(rpcUrl);
  const tokenAt = async (id: number): Promise<Address> => {
    const plans = { address: sold.plans, abi: plansAbi } as const;
    return (await chain.readContract({ ...plans, functionName: 'token', args: [id] })).draft.token;
  };
  const usdc = await tokenAt(0);
  return {
    browser,
    system,
    chain,
    sold,
    tokenAt,
    open: (account, path) => openConnected(browser, system, account, path),
    usdcOf: (owner) =>
      chain.readContract({
        address: usdc,
        abi: erc20Abi,
        functionName: 'balanceOf',
        args: [owner],
      }),
    async untilOf(wallet) {
      const contract = { address: sold.plans, abi: plansAbi } as const;
      const args = [wallet] as const;
      return (await chain.readContract({ ...contract, functionName: 'subscription', args })).until;
    },
    async moveClock(seconds) {
      await chain.increaseTime({ seconds });
      await chain.mine({ blocks: 1 });
    },
    async moveToApril() {
      await chain.setNextBlockTimestamp({ timestamp: nextSecondOfApril() });
      await chain.mine({ blocks: 1 });
    },
    async close() {
      await browser.close();
      await system.stop();
    },
  };
}

/** Signs the permission that a dialog of a payment asks for, pays, and closes it. */
export async function payWithPermit(page: Page, action: RegExp, done: RegExp): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Sign the permission' }).click();
  await confirm(page, action, done);
}

/** Buys 30 days of a plan for its list price in USDC, from its page. */
export async function buyMonth(page: Page, price: string, plan: string): Promise<void> {
  const amount = price.replaceAll('.', String.raw`\.`);
  await page.getByRole('button', { name: new RegExp(`^Review and pay ${amount}`) }).click();
  await payWithPermit(page, new RegExp(`^Pay ${amount}`), new RegExp(`^You have ${plan} until`));
}
