import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DEVELOPMENT_ACCOUNTS } from '../../scripts/lib/accounts.ts';
import { testMarket } from './parts/market.ts';
import { testPages } from './parts/pages.ts';
import { DESKTOP, openContext } from './support/browser.ts';
import { announceWallet } from './support/injectedWallet.ts';
import { confirm } from './support/opening.ts';
import { openingOn, startWhole, type Whole } from './support/whole.ts';

/** The August batch of the SERF plant: a month of 2,976 windows. */
const MONTH = '1000002';
const PAGES = [
  '/',
  '/projects',
  '/projects/new',
  '/projects/1',
  '/projects/1/register',
  `/projects/1/versions?batch=${MONTH}`,
  '/batches',
  `/batches/${MONTH}`,
  '/credits',
  '/reviews',
  `/reviews/${MONTH}`,
  '/market',
  '/market/mine',
  '/certificates',
  '/serials?credit=12016&serial=0',
  '/verify',
  '/verify/line',
  '/energy',
  '/voids',
  '/roles',
  '/fleet',
  '/fleet/uploads',
  '/fleet/exports',
  '/fleet/unsigned',
  '/fleet/meters',
  '/devices/new',
  '/live',
  '/factors',
  '/plans',
];

describe('the page, in real Chromium, against the whole system', () => {
  let whole: Whole;
  before(async () => {
    whole = await startWhole(600);
  });
  after(() => whole.stop());

  const opening = openingOn(() => whole);

  test('every other device sends over MQTT, and nothing of it is refused', async () => {
    const lineOf = async (name: string): Promise<string | undefined> => {
      const metrics = await (await fetch(`${whole.system.urls.oracle}/metrics`)).text();
      return metrics.split('\n').find((line) => line.startsWith(`${name}{transport="mqtt"`));
    };
    for (let tries = 0; tries < 100; tries++) {
      if (/[1-9]/.test((await lineOf('truetonne_windows_accepted_total'))?.split(' ')[1] ?? ''))
        break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    assert.match((await lineOf('truetonne_windows_accepted_total')) ?? '', / [1-9]/);
    assert.equal(await lineOf('truetonne_windows_refused_total'), undefined);
  });

  test('the dashboard shows what the devices post, as they post it', async () => {
    const page = await opening.open('/');
    await page.getByText('Sandia baseline system').first().waitFor();
    const before = await page.locator('main').innerText();
    await page.waitForFunction(
      (text) => document.querySelector('main')?.innerText !== text,
      before,
    );
    await page.context().close();
  });

  test('a batch is verified in the browser, and one altered byte is answered with its reading', async () => {
    const page = await opening.open(`/batches/${MONTH}`);
    await page.getByRole('button', { name: 'Verify this batch' }).click();
    await page.getByText(/^Verified: /).waitFor();
    await page.getByText('2,976').first().waitFor();
    await page.getByRole('button', { name: 'Alter one byte and verify' }).click();
    const alarm = page.getByRole('alert');
    await alarm.getByText('Not verified: do not trust this file').waitFor();
    assert.match(await alarm.innerText(), /READINGS_HASH_MISMATCH|READING_|SIGNATURE_INVALID/);
    assert.match(await alarm.innerText(), /window \d/);
    await page.getByRole('button', { name: 'Verify the original again' }).click();
    await page.getByText(/^Verified: /).waitFor();
    await page.context().close();
  });

  test('the owner of a batch is told why it may not judge it, and what minting waits for', async () => {
    const page = await opening.open(`/reviews/${MONTH}`);
    await opening.connect(page, 'project owner');
    await page.getByText('This wallet owns the project and its devices').waitFor();
    await page.goto(`${whole.system.urls.app}/batches/${MONTH}`);
    await page.getByText('One more verifier has to approve it.').waitFor();
    await page.context().close();
  });

  test('a verifier signs an approval, and everyone sees it and its reason', async () => {
    const page = await opening.open('/reviews');
    await opening.connect(page, 'verifier');
    await page.getByText('Accredited', { exact: true }).waitFor();
    await page.getByRole('link', { name: MONTH, exact: true }).click();
    await page.getByRole('button', { name: 'Verify this batch' }).click();
    await page.getByText(/^Verified: /).waitFor();
    await page.getByLabel('Reason').fill('All signatures and the root recomputed');
    await page.getByLabel('I looked at the readings').check();
    await page.getByRole('button', { name: 'Sign the opinion' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Submit the approval' }).click();
    await dialog.getByText('The approval counts').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.goto(`${whole.system.urls.app}/batches/${MONTH}`);
    await page.getByText('Verified: its credits can be minted').waitFor();
    await page.getByText('All signatures and the root recomputed').waitFor();
    await page.context().close();
  });

  test('the owner mints a batch with the development wallet, and retires part of it', async () => {
    const page = await opening.open('/credits');
    await opening.connect(page, 'project owner');
    await page.getByRole('button', { name: `Mint batch ${MONTH}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Mint / }).click();
    await dialog.getByText(/^Minted /).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: /^Retire / }).click();
    await dialog.getByLabel('Amount').fill('0.1');
    await dialog.getByLabel('Beneficiary', { exact: true }).fill('Example Ltd');
    await dialog.getByLabel('Purpose').fill('Travel in 2026');
    await dialog.getByRole('button', { name: 'Review retirement' }).click();
    await dialog.getByRole('button', { name: /^Retire 0\.1/ }).click();
    await dialog.getByText(/^Retired 0\.1/).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Travel in 2026').waitFor();
    await page.context().close();
  });

  testMarket(opening, () => whole.system.urls.chain);

  test('a wallet on another network is offered to switch, and then can act', async () => {
    const { context } = await openContext(whole.browser, DESKTOP);
    const wallet = await announceWallet(context, whole.system.urls.chain, { chainId: 1 });
    const page = await context.newPage();
    await page.goto(`${whole.system.urls.app}/credits`);
    await page.getByRole('button', { name: 'Connect' }).first().click();
    await page.getByRole('button', { name: wallet.name }).click();
    await page.getByText('The wallet is on another network').waitFor();
    await page.getByRole('button', { name: /^Switch to / }).click();
    await page.getByText('The wallet is on another network').waitFor({ state: 'hidden' });
    await context.close();
  });

  test('what is declined in the wallet is not sent; it can be changed, and sent then', async () => {
    const { context } = await openContext(whole.browser, DESKTOP);
    let declining = true;
    const wallet = await announceWallet(context, whole.system.urls.chain, {
      chainId: whole.system.book.chainId,
      declines: (method) => declining && method === 'eth_sendTransaction',
    });
    const page = await context.newPage();
    await page.goto(`${whole.system.urls.app}/credits`);
    await page.getByRole('button', { name: 'Connect' }).first().click();
    await page.getByRole('button', { name: wallet.name }).click();
    await page.getByRole('button', { name: /^Transfer / }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Amount').fill('0.002');
    await dialog.getByLabel('Receiver').fill(DEVELOPMENT_ACCOUNTS.buyer.address);
    await dialog.getByRole('button', { name: 'Review transfer' }).click();
    await dialog.getByRole('button', { name: /^Transfer 0\.002/ }).click();
    await dialog.getByText('Not sent: Rejected in the wallet').waitFor();
    await dialog.getByRole('button', { name: 'Change', exact: true }).click();
    assert.equal(await dialog.getByLabel('Amount').inputValue(), '0.002');
    await dialog.getByLabel('Amount').fill('0.001');
    await dialog.getByRole('button', { name: 'Review transfer' }).click();
    declining = false;
    await confirm(page, /^Transfer 0\.001/, /^Transferred 0\.001/);
    await context.close();
  });

  testPages(
    'of the whole system',
    () => ({ browser: whole.browser, app: whole.system.urls.app }),
    PAGES,
  );
});
