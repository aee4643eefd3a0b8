import type { Browser, Page } from 'playwright-core';
import type { Address, HDAccount } from 'viem';
import { DESKTOP, openContext } from './browser.ts';
import { announceWallet } from './injectedWallet.ts';
import type { LightSystem } from './light.ts';

export interface ConnectedPage {
  readonly page: Page;
  /** Requests that left this machine. */
  readonly outside: readonly string[];
  /** Errors that no code of the page caught. */
  readonly errors: readonly string[];
}

interface Opened {
  readonly browser: Browser;
  readonly system: LightSystem;
}

interface Opening {
  readonly account: HDAccount;
  /** The wallet is this contract, for which `account` acts. */
  readonly contract?: Address;
  readonly size?: { readonly width: number; readonly height: number };
}

/** A page on which the wallet of `account` is connected. */
export async function openConnected(
  browser: Browser,
  system: LightSystem,
  account: HDAccount,
  path: string,
): Promise<Page> {
  const { page } = await openWallet({ browser, system }, { account }, `${system.urls.app}${path}`);
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
  const opened = await openWallet({ browser, system }, { account }, url);
  await opened.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  return opened;
}

/** A page at `url` with a wallet that is connected, and what went wrong there. */
export async function openWallet(
  { browser, system: { book } }: Opened,
  { size = DESKTOP, ...wallet }: Opening,
  url: string,
): Promise<ConnectedPage> {
  const { context, outside, errors } = await openContext(browser, size);
  const { name } = await announceWallet(context, book.rpcUrl, { chainId: book.chainId, ...wallet });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Connect' }).first().click();
  await page.getByRole('button', { name }).click();
  await page.getByRole('button', { name: /^Wallet/ }).waitFor();
  return { page, outside, errors };
}
