import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { domainOf, registryAbi, toHex, type Hex } from '@truetonne/protocol';
import type { Browser, Page } from 'playwright-core';
import { workbookOf } from '../../oracle/test/support/xlsx.ts';
import { DEVELOPMENT_ACCOUNTS } from '../../scripts/lib/accounts.ts';
import { createWallet } from '../../scripts/lib/wallet.ts';
import { testSingleActivities } from './parts/singleActivities.ts';
import { testSuppliers } from './parts/suppliers.ts';
import { addPasskey, chooseFactor, openBooks } from './support/books.ts';
import { launchBrowser } from './support/browser.ts';
import { namedApp, openSignedIn } from './support/connected.ts';
import { FieldDevice } from './support/fieldDevice.ts';
import { startLightSystem, type LightSystem } from './support/light.ts';

const { buyer } = DEVELOPMENT_ACCOUNTS;
const HEAD = ['Month', 'Building', 'Gas MMBtu'];
/** Enough that its progress is seen. */
const ROWS = 6_000;
const METERED_FROM = Date.UTC(2024, 4, 1, 10) / 1000;

describe('a year of an inventory on the page', () => {
  let system: LightSystem;
  let browser: Browser;
  let page: Page;

  before(async () => {
    browser = await launchBrowser();
    system = await startLightSystem();
    ({ page } = await openSignedIn(browser, system, buyer, '/organisations/new'));
    await openBooks(page, 'Harbour Foods');
  });

  after(async () => {
    await browser?.close();
    await system?.stop();
  });

  const go = (path: string): Promise<unknown> => page.goto(`${namedApp(system)}${path}`);

  /** Picks a file and what its columns are, as far as that is not remembered. */
  async function pick(name: string, content: string | Buffer): Promise<void> {
    await go('/imports');
    const buffer = Buffer.from(content);
    await page
      .getByLabel('CSV or XLSX file from this computer')
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
    await page.getByText('What each column is').waitFor();
  }

  async function download(act: () => Promise<void>): Promise<string> {
    const downloading = page.waitForEvent('download');
    await act();
    return (await downloading).path();
  }

  /** On the import's own page: the list before it shows earlier ones that are done. */
  async function finished(): Promise<void> {
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
    await page.getByText('Done', { exact: true }).first().waitFor();
  }

  test('a dry run of a CSV says of each row what would become of it, and stores nothing', async () => {
    const rows = ['2024-01-31,Depot,1200', '2024-02-29,Depot,none', '2024-03-31,Depot,900'];
    // The head is found below a title; another line is read when it is said.
    await pick('gas.csv', ['Gas of our depots', '', HEAD.join(','), ...rows].join('\n'));
    const headLine = page.getByLabel('Line with the names of the columns');
    assert.equal(await headLine.inputValue(), '3');
    await headLine.fill('4');
    await headLine.press('Enter');
    // Not the first values in brackets after a name.
    await page.getByLabel(/^2024-01-31/).waitFor();
    await headLine.fill('3');
    await headLine.press('Enter');
    await page.getByLabel(/^Month/).selectOption({ label: 'day on which it ended' });
    await page.getByLabel(/^Building/).selectOption({ label: 'site' });
    await page.getByLabel(/^Gas MMBtu/).selectOption({ label: 'quantity' });
    await page.getByLabel('Method').selectOption('stationary-combustion');
    await page.getByLabel('Unit', { exact: true }).fill('MMBtu_gross');
    await chooseFactor(
      page,
      'natural gas',
      /^Natural Gas \(Natural Gas\): USA, 2024, per MMBtu_gross/,
    );
    await page.getByRole('button', { name: 'Dry run' }).click();
    await page.getByText('dry run: nothing was stored').first().waitFor();
    await page.getByText('2 taken · 0 known · 1 refused').first().waitFor();
    const refused = page.getByRole('table', { name: 'The first rows that were refused' });
    await refused.getByText('none', { exact: true }).waitFor();
    const report = await download(() =>
      page.getByRole('link', { name: 'Report of every row (CSV)' }).click(),
    );
    const lines = (await readFile(report, 'utf8')).trim().split(/\r?\n/);
    assert.equal(lines.length, 4);
    assert.match(lines[2] ?? '', /none/);
    await go('/activities');
    await page.getByText('No activity here').waitFor();
  });

  test('a workbook with the same columns is read in the same way, with progress', async () => {
    const rows = Array.from({ length: ROWS }, (_, row) => {
      const month = String((row % 12) + 1).padStart(2, '0');
      return [`2024-${month}-15`, `Depot ${row % 40}`, 100 + row];
    });
    await pick('gas.xlsx', workbookOf([HEAD, ...rows]));
    await page.getByText('Read as the last file with these columns').waitFor();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText(/rows read so far/).waitFor();
    await finished();
    await page.getByText('6,000 taken · 0 known · 0 refused').waitFor();
    await go('/inventory?year=2024');
    await page.getByRole('table', { name: 'Emissions by category' }).waitFor();
  });

  test('an import is undone as a whole', async () => {
    await go('/imports');
    await page.getByRole('link', { name: 'gas.xlsx' }).click();
    const undo = page.getByRole('button', { name: 'Undo this import' });
    await undo.click();
    await page.getByText('All its activities go out of the inventory').waitFor();
    await undo.click();
    await page.getByText('Undone', { exact: true }).first().waitFor();
    await go('/activities');
    await page.getByText('No activity here').waitFor();
  });

  test('what an import leaves in the inventory stands in a goal with its progress', async () => {
    const rows = ['2023-12-31,Depot,2000', '2024-12-31,Depot,1500'];
    await pick('years.csv', [HEAD.join(','), ...rows].join('\n'));
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await finished();
    await go('/goals');
    await page.getByLabel('Name', { exact: true }).fill('Half by 2027');
    await page.getByLabel('Base year', { exact: true }).fill('2023');
    await page.getByLabel('Target year').fill('2027');
    await page.getByLabel('Reduction, %').fill('50');
    await page.getByText('Enter from what movement').waitFor();
    await page.getByLabel('Recalculate the base from, %').fill('5');
    await page.getByRole('button', { name: 'Set the goal' }).click();
    await page.getByRole('heading', { name: 'Half by 2027' }).waitFor();
    await page.getByText('50.0 %, by 2024').waitFor();
    await page.getByText('On track').waitFor();
  });

  test('a base year that moves by the threshold or more is taken anew by one act, and less is told', async () => {
    const add = async (name: string, row: string): Promise<void> => {
      await pick(name, [HEAD.join(','), row].join('\n'));
      await page.getByRole('button', { name: 'Import', exact: true }).click();
      await finished();
      await go('/goals');
    };
    await add('small.csv', '2023-11-30,Depot,90');
    await page
      .getByText('2023 has moved by +4.5 % since the base was taken, below your 5 %')
      .waitFor();
    await page.getByText('50.0 %, by 2024').waitFor();
    assert.equal(await page.getByRole('button', { name: /as the base$/ }).count(), 0);

    await add('bought.csv', '2023-12-31,Leeds,310');
    await page.getByText('2023 has moved by +20 % since the base was taken').waitFor();
    await page.getByText('2 activities were added').waitFor();
    const difference = page.getByRole('table', { name: /base and inventory of its year/ });
    const [base = '', now = '', moved = ''] = await difference
      .getByRole('cell')
      .filter({ hasText: 't CO₂e' })
      .allInnerTexts();
    const tonnes = (text: string): number => Number(text.replace(/[^\d.]/g, ''));
    assert.ok(Math.abs(tonnes(now) - 1.2 * tonnes(base)) < 1e-4, `${base}, ${now}`);
    assert.ok(Math.abs(tonnes(moved) - 0.2 * tonnes(base)) < 1e-4, moved);

    await page.getByLabel('Structure').check();
    await page.getByLabel('What happened').fill('The Leeds works were bought');
    await page.getByRole('button', { name: /as the base$/ }).click();
    await page.getByText('75.0 %, by 2024').waitFor();
    assert.equal(await page.getByText('has moved by').count(), 0);
    await page.getByText('Bases that were taken').click();
    const bases = page.getByRole('table', { name: /bases that were taken/ });
    await bases.getByText('First base: with the goal').waitFor();
    await bases.getByText('Structure: The Leeds works were bought').waitFor();
    await bases.getByText(`wallet:${buyer.address.toLowerCase()}`).first().waitFor();
  });

  testSuppliers({ page: () => page, browser: () => browser, system: () => system });

  test('electricity is taken from own signed readings, down to each register', async () => {
    const { chainId, registry, rpcUrl } = system.book;
    const owner: Hex = `0x${buyer.address.slice(2).toLowerCase()}`;
    const meter = new FieldDevice(domainOf(chainId, registry), owner, METERED_FROM);
    const { claimBytes, publicKey, signature } = meter.claim;
    const wallet = createWallet(rpcUrl, chainId, buyer);
    await wallet.confirm(
      await wallet.writer.writeContract({
        ...{ address: registry, abi: registryAbi, functionName: 'claimDevice' },
        args: [toHex(claimBytes), toHex(publicKey), toHex(signature)],
      }),
    );
    for (const body of meter.hoursOf([0n, 1_250n, 750n])) await post(body);
    await go('/activities/new');
    await page.getByLabel('What', { exact: true }).selectOption('purchased-energy');
    await page.getByLabel('Day on which it ended').fill('2024-05-01');
    await page.getByLabel('Region', { exact: true }).fill('GBR');
    await chooseFactor(page, 'electricity', /GBR, 2024, per kWh/);
    await page.getByLabel('Take the energy from our own signed meters').check();
    await page.getByLabel(/^Device /).check();
    await page.getByLabel('From (UTC)').fill('2024-05-01T11:00');
    await page.getByLabel('Until (UTC)').fill('2024-05-01T13:00');
    await page.getByRole('button', { name: 'Show the result' }).click();
    await page.getByRole('button', { name: 'Log it' }).click();
    await page.getByText('Checked again now: every window is there and none is void').waitFor();
    const registers = page.getByRole('table', { name: 'Registers at both ends, by device' });
    await registers.waitFor();
    assert.match(await registers.innerText(), /\b2(\.0+)?\s*kWh/);
    await registers
      .getByRole('link', { name: /kWh|Wh/ })
      .last()
      .click();
    await page.waitForURL(/\/windows\//);
  });

  testSingleActivities(() => page, go);

  test('closing a period asks for the passkey in its place, and goes on when it is shown', async () => {
    await go('/organisation');
    await addPasskey(page, 'laptop');
    // Another session, in which it was not shown yet.
    await page.context().clearCookies();
    await go('/periods');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('First day').fill('2024-01-01');
    await page.getByLabel('Last day').fill('2024-12-31');
    await page.getByRole('button', { name: 'Close the period' }).click();
    await page.getByText('This asks for your second factor').waitFor();
    await page.getByRole('button', { name: 'Show the passkey' }).click();
    await page.getByRole('heading', { name: '2024-01-01 to 2024-12-31' }).waitFor();
  });

  test('its root is anchored by the wallet, and one line is proven against the chain', async () => {
    const period = new URL(page.url()).pathname;
    await page.getByRole('button', { name: 'Anchor on the chain' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Review' }).click();
    await dialog.getByRole('button', { name: 'Anchor the inventory' }).click();
    await dialog.getByText('The inventory is anchored').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Anchored by your wallet').waitFor();

    await go('/activities?year=2024');
    await page.getByRole('link', { name: 'stationary combustion' }).first().click();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    const number = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await go(period);
    await page.getByLabel('Number of the activity').fill(number);
    const proof = await download(() =>
      page.getByRole('button', { name: 'Download the proof' }).click(),
    );
    await go('/verify/line');
    const picker = page.getByLabel('Proof file from this computer');
    await picker.setInputFiles(proof);
    await page.getByText('Every line of the file is in that inventory').waitFor();
    const altered = (await readFile(proof, 'utf8')).replace('Depot', 'Dépôt');
    const buffer = Buffer.from(altered);
    await picker.setInputFiles({ name: 'altered.json', mimeType: 'application/json', buffer });
    await page.getByText(/These lines are not in the anchored inventory/).waitFor();
    await go(period);
  });

  test('a correction afterwards is a restatement that says what changed', async () => {
    const period = new URL(page.url()).pathname;
    await page.getByLabel('What was wrong').fill('The depot was counted twice');
    await page.getByRole('button', { name: 'Open it for a restatement' }).click();
    await page.getByText('Open for a restatement').waitFor();
    await go('/activities?year=2024');
    await page.getByRole('link', { name: 'stationary combustion' }).first().click();
    await page.getByRole('button', { name: 'Take it out of the inventory' }).click();
    await page.getByText('It counts no more; its history stays.').waitFor();
    await page.getByRole('button', { name: 'Take it out of the inventory' }).click();
    await page.getByRole('heading', { name: 'Activities', level: 1 }).waitFor();
    await go(period);
    await page.getByRole('button', { name: 'Close it as a restatement' }).click();
    await page.getByRole('heading', { name: /restatement 1$/ }).waitFor();
    await page.getByText('The depot was counted twice').waitFor();
    const lines = page.getByRole('table', { name: 'Lines that differ' });
    await lines.getByText('not there').waitFor();
    await page.getByText('Anchored by your wallet').waitFor();
    await page.getByText('Replaced').waitFor();
  });

  /** Until the oracle has seen the device's claim on the chain. */
  async function post(body: Uint8Array): Promise<void> {
    const headers = { 'content-type': 'application/octet-stream' };
    for (let tries = 0; tries < 60; tries += 1) {
      const url = `${system.urls.oracle}/v1/windows`;
      const sent = { method: 'POST', headers, body: Uint8Array.from(body) };
      const answer = await fetch(url, sent);
      if (answer.ok && !(await answer.text()).includes('DEVICE_UNKNOWN')) return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    assert.fail('the window was not taken');
  }
});
