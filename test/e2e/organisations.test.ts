import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { subscribe } from '../../oracle/test/support/shop.ts';
import { DEVELOPMENT_ACCOUNTS } from '../../scripts/lib/accounts.ts';
import { findSeriousFaults } from './support/accessibility.ts';
import { addPasskey, chooseFactor, openBooks } from './support/books.ts';
import { DESKTOP, launchBrowser, PHONE } from './support/browser.ts';
import { namedApp, openSignedIn } from './support/connected.ts';
import { startLightSystem, type LightSystem } from './support/light.ts';
import { eventuallyHas } from './support/sold.ts';

describe("an organisation's inventory on the page", () => {
  let system: LightSystem;
  let browser: Browser;
  let page: Page;
  let outside: readonly string[] = [];

  before(async () => {
    browser = await launchBrowser();
    system = await startLightSystem();
    const account = DEVELOPMENT_ACCOUNTS.buyer;
    ({ page, outside } = await openSignedIn(browser, system, account, '/organisations/new'));
  });

  const app = (): string => namedApp(system);

  after(async () => {
    await browser?.close();
    await system?.stop();
  });

  test('is opened by a wallet that signs in', async () => {
    await openBooks(page, 'Mill & Sons');
  });

  test('refuses to compute what it can not, and says why', async () => {
    await enterGas('1250.5', 'lightyears');
    await page.getByLabel('Search', { exact: true }).fill('fuel');
    await page.getByText('ones are listed: add a word').waitFor();
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
    const { buyer } = DEVELOPMENT_ACCOUNTS;
    await page.getByRole('navigation').getByRole('link', { name: 'Members and keys' }).click();
    await page.getByText('Not in the plan: API keys for programs').waitFor();
    await subscribe(system.book, buyer, 1);
    await eventuallyHas(system.urls.oracle, buyer.address, 'starter');
    await page.reload();
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

  test('corrects an activity, and keeps what stood before', async () => {
    await page.goto(`${app()}/activities`);
    await page.getByRole('link', { name: 'stationary combustion' }).click();
    await page.getByRole('link', { name: 'Correct it' }).click();
    const figure = page.getByLabel('fuel burnt, by energy, volume or mass');
    assert.equal(await figure.inputValue(), '1000');
    await figure.fill('2000');
    await page.getByRole('button', { name: 'Show the result' }).click();
    await page.getByRole('button', { name: 'Keep it as a new version' }).click();
    const history = page.getByRole('table', { name: 'Versions of this activity' });
    await history.getByText('fuel 2000 kWh_gross').waitFor();
    await history.getByText('fuel 1000 kWh_gross').waitFor();
  });

  test('uploads a factor of its own, and computes with it down to its source', async () => {
    await page.goto(`${app()}/factors/private`);
    for (const [label, value] of [
      ['Name', 'Biogas of the mill'],
      ['Source', 'Analysis of 3 March'],
      ['What is done', 'stationary/biogas of the mill'],
      ['Region', 'GBR'],
      ['Value', '0.05'],
      ['Per unit', 'kWh_gross'],
      ['First year', '2024'],
      ['Last year', '2024'],
    ] as const) {
      await page.getByLabel(label, { exact: true }).fill(value);
    }
    await page.getByLabel('CO₂e under').selectOption('AR5');
    await page.getByRole('button', { name: 'Add a gas' }).click();
    await page.getByLabel('Value, gas 2').fill('0.001');
    await page.getByLabel('Mass, gas 2').selectOption('g');
    await page.getByLabel('Of, gas 2').selectOption('HFC134a');
    await page.getByRole('button', { name: 'Upload it' }).click();
    const table = page.getByRole('table', { name: 'Factors of the organisation' });
    await table.getByText('0.05 kg CO2e per kWh_gross; 0.001 g HFC134a per kWh_gross').waitFor();
    await enterGas('1000', undefined, 'biogas of the mill');
    await page.getByRole('button', { name: 'Show the result' }).click();
    await page.getByText(/Analysis of 3 March/).waitFor();
  });

  test('gives its factor a new version, which computes anew, and withdraws it', async () => {
    await page.getByRole('button', { name: 'Log it' }).click();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await page.goto(`${app()}/factors/private`);
    await page.getByRole('button', { name: 'New version' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Source', { exact: true }).fill('Analysis of 9 May');
    await dialog.getByLabel('Value', { exact: true }).fill('0.06');
    await dialog.getByRole('button', { name: 'Remove gas 2' }).click();
    await dialog.getByRole('button', { name: 'Keep the new version' }).click();
    await dialog.getByText('1 activity was computed anew with it').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).first().click();
    const table = page.getByRole('table', { name: 'Factors of the organisation' });
    await table.getByText('0.06 kg CO2e per kWh_gross').waitFor();
    await table.getByRole('button', { name: 'Withdraw' }).click();
    await table.getByText('what was computed with it stands').waitFor();
    await table.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('The organisation has uploaded none').waitFor();
  });

  test('sets a goal, and drops it again', async () => {
    await page.goto(`${app()}/goals`);
    await page.getByLabel('Name', { exact: true }).fill('Half by 2030');
    await page.getByRole('textbox', { name: 'Base year' }).fill('2024');
    await page.getByRole('textbox', { name: 'Target year' }).fill('2030');
    await page.getByLabel('Reduction, %').fill('50');
    await page.getByLabel('Recalculate the base from, %').fill('5');
    await page.getByRole('button', { name: 'Set the goal' }).click();
    await page.getByRole('heading', { name: 'Half by 2030' }).waitFor();
    await page.getByRole('button', { name: 'Drop the goal' }).click();
    await page.getByText('the inventory stays as it is').waitFor();
    await page.getByRole('button', { name: 'Drop the goal' }).click();
    await page.getByRole('heading', { name: 'Half by 2030' }).waitFor({ state: 'detached' });
  });

  test('takes a passkey as second factor', async () => {
    await page.goto(`${app()}/organisation`);
    await addPasskey(page, 'laptop');
  });

  test('stays with the books of its tab while another tab shows other ones, and names them in its address', async () => {
    await page.goto(`${app()}/inventory?year=2024`);
    await page.waitForURL(/organisation=/);
    assert.equal(new URL(page.url()).searchParams.get('year'), '2024');
    const other = await page.context().newPage();
    await other.goto(`${app()}/organisations/new`);
    await openBooks(other, 'Other Mill');
    await page.getByRole('navigation').getByRole('link', { name: 'Activities' }).click();
    await page.getByRole('link', { name: 'Log an activity' }).click();
    const shown = page.getByLabel('Organisation').locator('option:checked');
    await shown.waitFor({ state: 'attached' });
    assert.equal(await shown.innerText(), 'Mill & Sons');
    await other.close();
    // Of what one organisation has, the other has none: its list is shown.
    await page.getByRole('navigation').getByRole('link', { name: 'Activities' }).click();
    await page.locator('main').getByRole('link', { name: 'stationary combustion' }).first().click();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await page.getByRole('combobox', { name: 'Organisation' }).selectOption('Other Mill');
    await page.getByText('No activity here').waitFor();
    assert.equal(new URL(page.url()).pathname, '/activities');
  });

  test('has no serious fault for axe and no page too wide for a phone', async () => {
    const paths = ['/inventory?year=2024', '/activities', '/activities/new', '/organisation'];
    paths.push('/factors/private');
    for (const size of [DESKTOP, PHONE]) {
      await page.setViewportSize(size);
      for (const path of [...paths, '/organisations/new']) {
        await page.goto(`${app()}${path}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        assert.deepEqual(await findSeriousFaults(page), [], path);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.equal(overflow, 0, `${path} is ${overflow} px too wide`);
      }
    }
    assert.deepEqual(outside, []);
  });

  async function enterGas(
    value: string,
    unit: string | undefined,
    words = 'natural gas',
  ): Promise<void> {
    await page.goto(`${app()}/activities/new`);
    await page.getByLabel('What', { exact: true }).selectOption('stationary-combustion');
    await page.getByLabel('Day on which it ended').fill('2024-06-30');
    await page.getByLabel('fuel burnt, by energy, volume or mass').fill(value);
    if (unit !== undefined) await page.getByLabel('Unit', { exact: true }).fill(unit);
    await chooseFactor(page, words, /per kWh_gross/);
  }
});
