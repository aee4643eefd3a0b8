import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { subscribe } from '../../oracle/test/shop.ts';
import { DEVELOPMENT_ACCOUNTS } from '../../scripts/lib/accounts.ts';
import { findSeriousFaults } from './accessibility.ts';
import { DESKTOP, launchBrowser, openContext, PHONE } from './browser.ts';
import { announceWallet } from './injectedWallet.ts';
import { startLightSystem, type LightSystem } from './light.ts';

describe("an organisation's inventory on the page", () => {
  let system: LightSystem;
  let browser: Browser;
  let page: Page;
  const seen: { readonly errors: readonly string[]; readonly outside: readonly string[] }[] = [];

  before(async () => {
    browser = await launchBrowser();
    system = await startLightSystem();
    const { context, errors, outside } = await openContext(browser, DESKTOP);
    seen.push({ errors, outside });
    const { chainId, rpcUrl } = system.book;
    const account = DEVELOPMENT_ACCOUNTS.buyer;
    const wallet = await announceWallet(context, rpcUrl, { chainId, account });
    page = await context.newPage();
    await page.goto(`${system.urls.app}/organisations/new`);
    await page.getByRole('button', { name: 'Connect' }).first().click();
    await page.getByRole('button', { name: wallet.name }).click();
    await page.getByRole('button', { name: /^Wallet/ }).waitFor();
  });

  after(async () => {
    await browser?.close();
    await system?.stop();
  });

  test('is opened by a wallet that signs in', async () => {
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('Name').fill('Mill & Sons');
    await page.getByLabel('Country').fill('gb');
    await page.getByRole('button', { name: 'Open the books' }).click();
    await page.getByRole('heading', { name: 'Mill & Sons' }).waitFor();
  });

  test('refuses to compute what it can not, and says why', async () => {
    await enterGas('1250.5', 'lightyears');
    await page.getByRole('button', { name: 'Show the result' }).click();
    await page.getByText(/It can't be computed/).waitFor();
  });

  test('shows factor and result of an activity before it is kept, and after it', async () => {
    await enterGas('1000', undefined);
    await page.getByRole('button', { name: 'Show the result' }).click();
    await page.getByRole('heading', { name: 'Scope 1, stationary' }).waitFor();
    await page.getByRole('button', { name: 'Log it' }).click();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await page.getByText('Why this factor').waitFor();
  });

  test('adds it up, and leads from the sum back to the activity', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Inventory' }).click();
    await page.getByLabel('Year').selectOption('2024');
    const table = page.getByRole('table', { name: 'Emissions by category' });
    await table.getByText('stationary').waitFor();
    await table.getByRole('link', { name: 'Activities' }).click();
    await page.getByRole('link', { name: 'stationary combustion' }).click();
    await page.getByText('Looked for and not found').waitFor();
  });

  test('gives a program a key that is shown once, and tells its audit log', async () => {
    await subscribe(system.book, DEVELOPMENT_ACCOUNTS.buyer, 1);
    await page.getByRole('navigation').getByRole('link', { name: 'Members and keys' }).click();
    await page.getByLabel('A new key for').fill('reporting');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const key = await page.getByRole('status').getByText(/^tt_/).textContent();
    const answer = await fetch(`${system.urls.oracle}/v1/inventory?from=2024-01&until=2024-12`, {
      headers: { authorization: `Bearer ${key ?? ''}` },
    });
    assert.equal(answer.status, 200);
    await page.getByRole('button', { name: 'Recompute every hash here' }).click();
    await page.getByText(/^All \d+ entries fit$/).waitFor();
  });

  test('has no serious fault for axe and no page too wide for a phone', async () => {
    const paths = ['/inventory?year=2024', '/activities', '/activities/new', '/organisation'];
    for (const size of [DESKTOP, PHONE]) {
      await page.setViewportSize(size);
      for (const path of [...paths, '/organisations/new']) {
        await page.goto(`${system.urls.app}${path}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        assert.deepEqual(await findSeriousFaults(page), [], path);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.equal(overflow, 0, `${path} is ${overflow} px too wide`);
      }
    }
    assert.deepEqual(
      seen.flatMap(({ outside }) => outside),
      [],
    );
  });

  async function enterGas(value: string, unit: string | undefined): Promise<void> {
    await page.goto(`${system.urls.app}/activities/new`);
    await page.getByLabel('What', { exact: true }).selectOption('stationary-combustion');
    await page.getByLabel('Day on which it ended').fill('2024-06-30');
    await page.getByLabel('fuel burnt, by energy, volume or mass').fill(value);
    if (unit !== undefined) await page.getByLabel('Unit', { exact: true }).fill(unit);
    await page.getByLabel('Search', { exact: true }).fill('natural gas');
    const found = page.getByLabel(/^\d+ found$/);
    await found.waitFor();
    const option = found.locator('option', { hasText: /per kWh_gross/ }).first();
    await found.selectOption((await option.getAttribute('value')) ?? '');
  }
});
