import type { Browser, Page } from 'playwright-core';
import type { HDAccount } from 'viem';
import { DESKTOP, openContext } from './browser.ts';
import { announceWallet } from './injectedWallet.ts';
import type { LightSystem } from './light.ts';

/** A page on which the wallet of `account` is connected. */
export async function openConnected(
  browser: Browser,
  { book, urls }: LightSystem,
  account: HDAccount,
  path: string,
): Promise<Page> {
  const { context } = await openContext(browser, DESKTOP);
  const { chainId, rpcUrl } = book;
  const wallet = await announceWallet(context, rpcUrl, { chainId, account });
  const page = await context.newPage();
  await page.goto(`${urls.app}${path}`);
  await page.getByRole('button', { name: 'Connect' }).first().click();
  await page.getByRole('button', { name: wallet.name }).click();
  await page.getByRole('button', { name: /^Wallet/ }).waitFor();
  return page;
}
