import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { codeOf } from '../../oracle/test/support/codeApp.ts';
import { subscribe } from '../../oracle/test/support/shop.ts';
import { DEVELOPMENT_ACCOUNTS } from '../../scripts/lib/accounts.ts';
import { chooseFactor, openBooks } from './support/books.ts';
import { launchBrowser } from './support/browser.ts';
import { openSignedIn } from './support/connected.ts';
import { startLightSystem, type LightSystem } from './support/light.ts';
import { assertSound } from './support/opening.ts';

const { buyer, validator } = DEVELOPMENT_ACCOUNTS;

describe('the people of an organisation, and the parts of its books', () => {
  let system: LightSystem;
  let browser: Browser;
  let owner: Page;
  let member: Page;

  before(async () => {
    browser = await launchBrowser();
    system = await startLightSystem();
    // Seats and keys are a plan's.
    await subscribe(system.book, buyer, 2);
    ({ page: owner } = await openSignedIn(browser, system, buyer, '/organisations/new'));
    await openBooks(owner, 'Stoke-on-Trent Mills');
  });

  after(async () => {
    await browser?.close();
    await system?.stop();
  });

  const roleOf = (page: Page) => page.getByLabel(`Role of ${validator.address.toLowerCase()}`);
  const giveButton = (page: Page) => page.getByRole('button', { name: 'Give this role' });
  const link = (page: Page, name: string) =>
    page.getByRole('navigation').getByRole('link', { name, exact: true }).click();

  test('a wallet is invited, signs in and accepts, and may read alone', async () => {
    await owner.getByLabel('Invite a wallet').fill('0x12');
    await owner.getByText(/^Enter an address|not an address|0x and 40/).waitFor();
    await owner.getByLabel('Invite a wallet').fill(validator.address);
    await owner.getByLabel('As', { exact: true }).selectOption('viewer');
    await owner.getByRole('button', { name: 'Invite', exact: true }).click();
    const invited = owner.getByRole('table', { name: 'Invited wallets' });
    await invited.getByRole('button', { name: 'Take back' }).click();
    await invited.waitFor({ state: 'detached' });
    await owner.getByLabel('Invite a wallet').fill(validator.address);
    await owner.getByRole('button', { name: 'Invite', exact: true }).click();
    await invited.waitFor();

    ({ page: member } = await openSignedIn(browser, system, validator, '/organisations/new'));
    await member.getByRole('row', { name: /Stoke-on-Trent Mills.*Viewer/ }).waitFor();
    await member.getByRole('button', { name: 'Accept' }).click();
    await member.getByRole('heading', { name: 'Stoke-on-Trent Mills' }).waitFor();
    assert.equal(await member.getByLabel('Invite a wallet').count(), 0);
    await link(member, 'Activities');
    await member.getByText('No activity here').waitFor();
    assert.equal(await member.getByRole('link', { name: 'Log an activity' }).count(), 0);
    const list = member.url();
    await member.goto(`${new URL(list).origin}/activities/new`);
    await member.getByText('make you an editor').waitFor();
    await member.goto(list);
  });

  test('a role is given in place, and counts from the next request on', async () => {
    await owner.reload();
    // By keyboard one passes through other roles, which gives none of them.
    await roleOf(owner).selectOption('admin');
    await member.reload();
    await member.getByText('No activity here').waitFor();
    assert.equal(await member.getByRole('link', { name: 'Log an activity' }).count(), 0);
    await roleOf(owner).selectOption('editor');
    await giveButton(owner).click();
    await giveButton(owner).waitFor({ state: 'detached' });
    await owner.getByText('The role was not changed').waitFor({ state: 'hidden' });
    await member.reload();
    await member.getByRole('link', { name: 'Log an activity' }).waitFor();
  });

  test('a second workspace is opened, and each activity says which one it is for', async () => {
    await owner.getByLabel('Open a workspace').fill('Mill in Spain');
    await owner.getByRole('button', { name: 'Open it' }).click();
    const table = owner.getByRole('table', { name: 'Workspaces' });
    await table.getByRole('row', { name: /Mill in Spain.*Open/ }).waitFor();

    await logGas(member, '1000', 'Mill in Spain');
    await member.getByText('Mill in Spain').first().waitFor();
    await logGas(member, '3000', undefined);
  });

  test('the inventory adds workspaces up or shows one, and months and sites lead to activities', async () => {
    await owner.goto(`${new URL(owner.url()).origin}/inventory?year=2024&by=site`);
    const sites = owner.getByRole('table', { name: 'Emissions by site' });
    await sites.getByRole('cell', { name: '2', exact: true }).waitFor();
    await owner.getByLabel('Workspace').selectOption({ label: 'Mill in Spain' });
    await sites.getByRole('cell', { name: '1', exact: true }).waitFor();
    const months = owner.getByRole('table', { name: 'Emissions by month' });
    await months
      .getByRole('row', { name: /^2024-06/ })
      .getByRole('link')
      .click();
    await owner.getByText('Only 2024-06-01 to 2024-06-30, Mill in Spain.').waitFor();
    const rows = owner.getByRole('table', { name: 'Activities' }).getByRole('row');
    await rows.nth(1).waitFor();
    assert.equal(await rows.count(), 2, 'a head and one activity');
    await assertSound(owner);
  });

  test('a total that another member changes is seen to change by whoever looks at it', async () => {
    await owner.goto(`${new URL(owner.url()).origin}/inventory?year=2024&by=site`);
    const sites = owner.getByRole('table', { name: 'Emissions by site' });
    await sites.getByRole('cell', { name: '2', exact: true }).waitFor();
    await owner.locator('.badge', { hasText: /^Live$/ }).waitFor();
    await logGas(member, '500', undefined);
    await sites.getByRole('cell', { name: '3', exact: true }).waitFor();
  });

  test('a workspace that is closed takes no more, and keeps what it has', async () => {
    await link(owner, 'Members and keys');
    const row = owner.getByRole('row', { name: /Mill in Spain/ });
    await row.getByRole('button', { name: 'Close' }).click();
    await row.getByText('what is in it stays in the inventory').waitFor();
    await row.getByRole('button', { name: 'Leave it' }).click();
    await row.getByRole('button', { name: 'Close' }).click();
    await row.getByRole('button', { name: 'Close' }).click();
    await row.getByText('Closed', { exact: true }).waitFor();
    await member.goto(`${new URL(member.url()).origin}/activities/new`);
    await member.getByLabel('What', { exact: true }).waitFor();
    assert.equal(await member.getByLabel('Workspace').count(), 0, 'one is left: nothing to choose');
  });

  test('a code app is turned on by its first code, and asked for before roles are changed', async () => {
    await owner.getByLabel('Name of a new one').fill('phone');
    await owner.getByRole('button', { name: 'Add a code app' }).click();
    const secret = await owner
      .locator('code')
      .filter({ hasText: /^[A-Z2-7]{16,}$/ })
      .innerText();
    const code = (steps: number): string => codeOf(secret, Date.now() + steps * 30_000);
    await owner.getByLabel('Code', { exact: true }).fill(code(0));
    await owner.getByRole('button', { name: 'Turn it on' }).click();
    await owner.getByRole('row', { name: /phone.*Code app/ }).waitFor();

    // It was shown just now; another session has shown nothing yet.
    const { page } = await openSignedIn(browser, system, buyer, '/organisation');
    await roleOf(page).selectOption('viewer');
    await giveButton(page).click();
    const asked = page.getByRole('alert').filter({ hasText: 'second factor' });
    await asked.getByLabel('Code of the app').fill('000000');
    await asked.getByRole('button', { name: 'Show the code' }).click();
    await asked.getByText('It was not taken').waitFor();
    // Each code is good once, and the first one is used.
    await asked.getByLabel('Code of the app').fill(code(1));
    await asked.getByRole('button', { name: 'Show the code' }).click();
    await asked.waitFor({ state: 'detached' });
    await giveButton(page).waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('a key that is revoked is refused from that moment on', async () => {
    await owner.getByLabel('A new key for').fill('reports');
    await owner.getByRole('button', { name: 'Make the key' }).click();
    const key = await owner.getByRole('status').getByText(/^tt_/).textContent();
    const ask = () =>
      fetch(`${system.urls.oracle}/v1/inventory?from=2024-01&until=2024-12`, {
        headers: { authorization: `Bearer ${key ?? ''}` },
      });
    assert.equal((await ask()).status, 200);
    const row = owner
      .getByRole('table', { name: 'API keys' })
      .getByRole('row', { name: /reports/ });
    await row.getByRole('button', { name: 'Revoke' }).click();
    await row.getByRole('button', { name: 'Revoke' }).click();
    await row.getByText('Revoked', { exact: true }).waitFor();
    assert.equal((await ask()).status, 401);
  });

  test('a second factor is turned off, and nothing asks for it then', async () => {
    const row = owner.getByRole('row', { name: /phone.*Code app/ });
    await row.getByRole('button', { name: 'Turn off' }).click();
    await row.getByRole('button', { name: 'Turn off' }).click();
    await owner.getByText('None is on').waitFor();
  });

  test('who is taken out while writing is told so, and nothing is kept', async () => {
    await owner.reload();
    await roleOf(owner).selectOption('editor');
    await giveButton(owner).click();
    await giveButton(owner).waitFor({ state: 'detached' });
    await member.reload();
    await enterGas(member, '5000');
    await member.getByRole('button', { name: 'Show the result' }).click();
    await member.getByRole('button', { name: 'Log it' }).waitFor();

    const row = owner.getByRole('table', { name: 'Members' }).getByRole('row', { name: /Editor/ });
    await row.getByRole('button', { name: 'Take out' }).click();
    await row.getByText('It loses all access at once').waitFor();
    await row.getByRole('button', { name: 'Take out' }).click();
    await row.waitFor({ state: 'detached' });

    await member.getByRole('button', { name: 'Log it' }).click();
    await member.getByText('It was not logged').waitFor();
    await member.reload();
    await member.getByText('This wallet belongs to no organisation yet').waitFor();
    await owner.goto(`${new URL(owner.url()).origin}/activities`);
    const rows = owner.getByRole('table', { name: 'Activities' }).getByRole('row');
    await rows.nth(3).waitFor();
    assert.equal(await rows.count(), 4, 'a head and the three from before');
  });

  test('a session that ends while writing is opened again in its place, and nothing typed is lost', async () => {
    await enterGas(owner, '7000');
    const { page } = await openSignedIn(browser, system, buyer, '/organisation');
    const others = page.getByRole('table', { name: 'Sessions' }).getByRole('button');
    await others.first().waitFor();
    for (let left = await others.count(); left > 0; left--) {
      await others.first().click();
      await others.nth(left - 1).waitFor({ state: 'detached' });
    }
    await page.context().close();

    await owner.getByRole('button', { name: 'Show the result' }).click();
    await owner.getByText('Your session has ended').waitFor();
    await owner.getByRole('button', { name: 'Sign in again' }).click();
    await owner.getByText('Your session has ended').waitFor({ state: 'detached' });
    await owner.getByRole('button', { name: 'Show the result' }).click();
    await owner.getByRole('heading', { name: 'Scope 1, stationary' }).waitFor();
    const figure = owner.getByLabel('fuel burnt, by energy, volume or mass');
    assert.equal(await figure.inputValue(), '7000');
  });

  test('the audit log is narrowed to an act, a wallet and days', async () => {
    await link(owner, 'Members and keys');
    const log = owner.getByRole('table', { name: 'Audit log' });
    await log.getByText('member.removed').waitFor();
    await owner.getByLabel('Only by').fill(validator.address);
    await log.getByText('member.removed').waitFor({ state: 'detached' });
    await log.getByText('member.joined').waitFor();
    await owner.getByLabel('Only this action').fill('activity.created');
    await log.getByText('member.joined').waitFor({ state: 'detached' });
    await log.getByText('activity.created').nth(2).waitFor();
    assert.equal(await log.getByRole('row').count(), 4, 'a head and three activities');
    await owner.getByLabel('Until').fill('2020-01-01');
    await owner.getByText('No entry is like that').waitFor();
    await assertSound(owner);
  });

  test('a supplier is estimated by what was paid, and stands in the inventory by its name', async () => {
    const origin = new URL(owner.url()).origin;
    await owner.goto(`${origin}/suppliers`);
    await owner.getByLabel('Name', { exact: true }).fill('Paper of the North');
    await owner.getByLabel('Country').fill('GB');
    await owner.getByLabel('Industry (NAICS)').fill('322121');
    await owner.getByRole('button', { name: 'Add', exact: true }).click();
    await owner.getByRole('link', { name: 'Paper of the North' }).click();
    await owner.getByLabel(/^Paid/).fill('12500');
    await owner.getByLabel('Day', { exact: true }).fill('2022-11-30');
    await owner.getByRole('button', { name: 'Show the estimate' }).click();
    await owner.getByRole('button', { name: 'Log it' }).click();
    await owner.getByText('It is in the inventory').waitFor();
    await owner.goto(`${origin}/inventory?year=2022&by=supplier`);
    const row = owner
      .getByRole('table', { name: 'Emissions by supplier' })
      .getByRole('row', { name: /Paper of the North/ });
    await row.getByRole('link', { name: 'Activities' }).click();
    await owner.getByText(/^Only 2022-01-01 to 2022-12-31, Scope 3, Paper of the North/).waitFor();
    await owner.getByRole('table', { name: 'Activities' }).getByText('spend').first().waitFor();
    await link(owner, 'Members and keys');
  });

  test('another wallet in use is named, and signs in instead; who signs out sees nothing more', async () => {
    await owner.getByRole('button', { name: /^Wallet/ }).click();
    await owner.getByRole('button', { name: 'Development wallet: verifier', exact: true }).click();
    await owner.getByText('Another wallet is signed in').waitFor();
    await owner.getByRole('heading', { name: 'Stoke-on-Trent Mills' }).waitFor();
    await owner.getByRole('button', { name: 'Sign in with the wallet in use' }).click();
    await owner.getByText('This wallet belongs to no organisation yet').waitFor();
    assert.equal(await owner.getByText('Stoke-on-Trent Mills').count(), 0);

    await owner.getByRole('link', { name: 'Open one, or accept an invitation' }).click();
    await owner.getByRole('button', { name: 'Sign out here' }).click();
    await owner.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  });

  async function enterGas(page: Page, kWh: string, workspace?: string): Promise<void> {
    await page.goto(`${new URL(page.url()).origin}/activities/new`);
    await page.getByLabel('What', { exact: true }).selectOption('stationary-combustion');
    if (workspace !== undefined) {
      await page.getByLabel('Workspace').selectOption({ label: workspace });
    }
    await page.getByLabel('Day on which it ended').fill('2024-06-30');
    await page.getByLabel('Site').fill('Hall 2-North');
    await page.getByLabel('fuel burnt, by energy, volume or mass').fill(kWh);
    await chooseFactor(page, 'natural gas', /per kWh_gross/);
  }

  async function logGas(page: Page, kWh: string, workspace: string | undefined): Promise<void> {
    await enterGas(page, kWh, workspace);
    await page.getByRole('button', { name: 'Show the result' }).click();
    await page.getByRole('button', { name: 'Log it' }).click();
    await page.getByRole('heading', { name: 'History' }).waitFor();
  }
});
