import type { Browser, Page } from 'playwright-core';
import type { HDAccount } from 'viem';
import { DESKTOP, openContext } from './browser.ts';
import { announceWallet } from './injectedWallet.ts';
import type { LightSystem } from './light.ts';

export interface ConnectedPage {
  readonly page: Page;
  /** Requests that left this machine. */
  readonly outside: readonly string[];
}

/** A page on which the wallet of `account` is connected. */
export async function openConnected(
  browser: Browser,
  { book, urls }: LightSystem,
  account: HDAccount,
  path: string,
): Promise<Page> {
  const { page } = await openWallet(browser, book, account, `${urls.app}${path}`);
  return page;
}

/** Passkeys need a name; a bare address has none. */
export function namedApp({ urls }: LightSystem): string {
  return urls.app.replace('127.0.0.1', 'localhost');
}

/** As `openConnected`, and signed in, where passkeys can be made. */
export async function openSignedIn(
  browser: Browser,
  system: LightSystem,
  account: HDAccount,
  path: string,
): Promise<ConnectedPage> {
  const url = `${namedApp(system)}${path}`;
  const opened = await openWallet(browser, system.book, account, url);
  await opened.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  return opened;
}

async function openWallet(
  browser: Browser,
  { chainId, rpcUrl }: LightSystem['book'],
  account: HDAccount,
  url: string,
): Promise<ConnectedPage> {
  const { context, outside } = await openContext(browser, DESKTOP);
  const wallet = await announceWallet(context, rpcUrl, { chainId, account });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Connect' }).first().click();
  await page.getByRole('button', { name: wallet.name }).click();
  await page.getByRole('button', { name: /^Wallet/ }).waitFor();
  return { page, outside };
}
