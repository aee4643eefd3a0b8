import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEVELOPMENT_ACCOUNTS } from '../../../scripts/lib/accounts.ts';
import { openBooks } from '../support/books.ts';
import { holdAnswers, PHONE } from '../support/browser.ts';
import { assertSound, confirm, type Opening } from '../support/opening.ts';

const SCHOOL = 'A school in Tirana';

/** The life of a listing, on a system whose project owner holds credits of a minted batch. */
export function testMarket({ open, connect }: Opening, rpcUrl: () => string): void {
  let listingPath = '';
  let certificateUrl = '';
  let secretLink = '';

  test('an owner transfers credits to another wallet, and no more than it has', async () => {
    const page = await open('/credits');
    await connect(page, 'project owner');
    await page.getByRole('button', { name: /^Transfer / }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Amount').fill('1,000,000');
    await dialog.getByLabel('Receiver').fill(DEVELOPMENT_ACCOUNTS.projectOwner.address);
    await dialog.getByRole('button', { name: 'Review transfer' }).click();
    assert.equal(await dialog.locator('.field-error').count(), 2);
    await dialog.getByLabel('Amount').fill('0.001');
    await dialog.getByLabel('Receiver').fill(DEVELOPMENT_ACCOUNTS.buyer.address);
    await dialog.getByRole('button', { name: 'Review transfer' }).click();
    await confirm(page, /^Transfer 0\.001/, /^Transferred 0\.001/);
    await page.context().close();
    const receiver = await open('/credits');
    await connect(receiver, 'buyer');
    await receiver.getByRole('cell', { name: /^0\.001000/ }).waitFor();
    await receiver.context().close();
  });

  test('an owner lists credits in one transaction', async () => {
    const page = await open('/credits');
    await connect(page, 'project owner');
    const letGo = await holdAnswers(page, rpcUrl());
    await page.getByRole('button', { name: /^Sell / }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Loading currencies').waitFor();
    letGo();
    await dialog.getByLabel('Amount').fill('0.2');
    await dialog.getByLabel('Price of a tonne').fill('20');
    await dialog.getByRole('button', { name: 'Review listing' }).click();
    await dialog.getByRole('button', { name: /^List 0\.2/ }).click();
    await dialog.getByText(/^Listed 0\.2/).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.goto(new URL('/market?currency=usdc&maxPrice=20', page.url()).href);
    await page.getByRole('link', { name: /vintage/ }).click();
    await page.getByRole('heading', { name: 'Where it came from' }).waitFor();
    listingPath = new URL(page.url()).pathname;
    await assertSound(page);
    await page.context().close();
  });

  test('a buyer narrows the market down by each thing, and is told of a price that is none', async () => {
    const page = await open('/market');
    const found = page.getByRole('table', { name: 'Credits for sale' }).getByRole('row');
    const nothing = page.getByText('Nothing like that is for sale');
    await found.nth(1).waitFor();
    await page.getByLabel('Vintage').fill('2015');
    await nothing.waitFor();
    await page.getByLabel('Vintage').fill('2016');
    await found.nth(1).waitFor();
    await page.getByLabel('Project').selectOption('1');
    await page.getByLabel('Country').selectOption('US');
    await page.getByLabel('Methodology').selectOption({ index: 1 });
    await found.nth(1).waitFor();
    await page.getByLabel('Paid in').selectOption('coin');
    await nothing.waitFor();
    await page.getByLabel('Paid in').selectOption('usdc');
    const most = page.getByLabel('At most, USDC a tonne');
    await most.fill('19.99');
    await nothing.waitFor();
    await most.fill('cheap');
    await page.getByText('Enter an amount, such as 49.90.').waitFor();
    await most.fill('20');
    await found.nth(1).waitFor();
    // Whoever is sent the address finds the same.
    assert.match(
      page.url(),
      /project=\d+&vintage=2016&country=US&methodology=\d+&currency=usdc&maxPrice=20$/,
    );
    await page.context().close();
  });

  test('another wallet buys a part of it with a permit', async () => {
    const page = await open(listingPath);
    await connect(page, 'buyer');
    await page.getByLabel('Amount').fill('0.05');
    await page.getByRole('button', { name: 'Review purchase' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Sign the permission' }).click();
    await dialog.getByRole('button', { name: /^Pay 1\.00/ }).click();
    await dialog.getByText(/^Bought 0\.05/).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('cell', { name: 'credits of the buyer' }).waitFor();
    await page.context().close();
  });

  test('it buys and retires the rest for someone who is kept private, and opens the certificate', async () => {
    const page = await open(listingPath);
    await connect(page, 'buyer');
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await page.getByLabel('Buy and retire').check();
    await page.getByLabel('Beneficiary is').selectOption('private');
    await page.getByLabel('Beneficiary', { exact: true }).fill(SCHOOL);
    await page.getByLabel('Purpose').fill('Class trip <b>2026</b>');
    await page.getByRole('button', { name: 'Review purchase and retirement' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Sign the permission' }).click();
    await dialog.getByRole('button', { name: /^Pay 3\.00.* and retire/ }).click();
    await dialog.getByText(/^Bought and retired 0\.15/).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('link', { name: 'a retirement' }).click();
    await page.getByRole('heading', { name: 'Retirement certificate' }).waitFor();
    const picture = page.locator('img.certificate-picture');
    await picture.waitFor();
    assert.ok(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth > 0));
    await page.getByText(`It was for ${SCHOOL}`).waitFor();
    certificateUrl = page.url();
    secretLink = await page.locator('code', { hasText: '#for=' }).innerText();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download as PDF' }).click();
    assert.match((await download).suggestedFilename(), /^certificate-\d+\.pdf$/);
    await page.context().close();
  });

  test('a stranger verifies the certificate, is told nothing, and follows it to a reading', async () => {
    const page = await open(new URL(certificateUrl).pathname, PHONE);
    await page.getByText('The name is kept private.').waitFor();
    assert.ok(!(await page.locator('main').innerText()).includes(SCHOOL));
    await page.getByRole('button', { name: 'Verify this certificate' }).click();
    await page.getByText('All of it is what the chain says').waitFor();
    await assertSound(page);
    await page
      .getByRole('link', { name: /^Verify batch/ })
      .first()
      .click();
    await page.getByRole('button', { name: 'Verify this batch' }).click();
    await page.getByText(/^Verified: /).waitFor();
    const windows = page.getByRole('navigation', { name: 'Pages of windows' });
    await windows.getByRole('button', { name: 'Next windows' }).click();
    await windows.getByText('Page 2 of').waitFor();
    await windows.getByRole('button', { name: 'Previous windows' }).click();
    await page.locator('a[href^="/windows/"]').first().click();
    await page.getByRole('heading', { level: 1, name: /Window/ }).waitFor();
    await page.getByText(/Wh/).first().waitFor();
    await page.getByRole('button', { name: 'Ask the contract' }).click();
    await page.getByText('The contract confirms this reading').waitFor();
    await page.context().close();
  });

  test('name and salt from a link prove whom it was for; the buyer writes it on the certificate', async () => {
    const path = new URL(certificateUrl).pathname;
    const page = await open(path);
    await page.getByLabel('Beneficiary', { exact: true }).fill('Somebody else');
    await page.getByLabel('Salt').fill(`0x${'00'.repeat(32)}`);
    await page.getByRole('button', { name: 'Check whom it was for' }).click();
    await page.getByText('Name and salt are not those that were committed to').waitFor();
    await page.context().close();

    const told = await open(`${path}${new URL(secretLink).hash}`);
    await told.getByText(`It was for ${SCHOOL}`).waitFor();
    await connect(told, 'buyer');
    await told.getByRole('button', { name: 'Write it on the certificate' }).click();
    const dialog = told.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Reveal the beneficiary' }).click();
    await dialog.getByText('The certificate names the beneficiary now').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await told.getByText(`Revealed on the chain: ${SCHOOL}`).waitFor();
    await told.context().close();
  });

  test('what the buyer retired stands beside its gross emissions, and is never taken off them', async () => {
    const year = new Date().getUTCFullYear();
    const page = await open('/organisations/new');
    await connect(page, 'buyer');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await openBooks(page, 'Tirana Lifts');
    const inventory = new URL(`/inventory?year=${year}`, page.url()).href;
    await page.goto(inventory);
    await page.getByText(`No activity of ${year} was logged`).waitFor();
    const retired = page.locator('section', { hasText: `Retired by your wallet in ${year}` });
    await retired.getByText('0.150000').waitFor();

    await page.goto(new URL('/activities/new', page.url()).href);
    await page.getByLabel('What', { exact: true }).selectOption('fugitive-release');
    await page.getByLabel('Day on which it ended').fill(`${year}-01-01`);
    await page.getByLabel('Gas or refrigerant').selectOption('SF6');
    await page.getByLabel('mass let out').fill('0.01');
    await page.getByLabel('Unit', { exact: true }).fill('kg');
    await page.getByRole('button', { name: 'Show the result' }).click();
    await page.getByRole('button', { name: 'Log it' }).click();
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await page.goto(inventory);
    const gross = page.locator('section', { hasText: `Emissions of ${year}` });
    // SF6 has a potential of 23,500 under AR5.
    await gross.getByText('0.235000').waitFor();
    await retired.getByText('0.150000').waitFor();
    await retired.getByText('never taken off them').waitFor();
    assert.equal(await page.getByText('0.085000').count(), 0);
    await assertSound(page);
    await page.context().close();
  });
}
