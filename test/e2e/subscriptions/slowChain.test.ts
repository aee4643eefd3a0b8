import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { DEVELOPMENT_ACCOUNTS } from '../../../scripts/lib/accounts.ts';
import { holdAnswers } from '../support/browser.ts';
import { openShop, payWithPermit, type Shop } from '../support/shop.ts';

const { buyer, arbiter } = DEVELOPMENT_ACCOUNTS;

describe('a price that the chain has not said yet', () => {
  let shop: Shop;

  before(async () => {
    shop = await openShop();
    await shop.moveToApril();
  });

  after(() => shop?.close());

  const loading = (page: Page) => page.getByText('Loading price').waitFor();

  test('is not that of what was chosen before', async () => {
    const page = await shop.open(buyer, '/plans/1?period=monthly');
    await page.getByRole('button', { name: /^Review and pay .*USDC$/ }).waitFor();
    const letGo = await holdAnswers(page, shop.system.book.rpcUrl);
    await page.getByText('TEST', { exact: true }).first().click();
    await loading(page);
    letGo();
    await page.getByRole('button', { name: /^Review and pay .*TEST$/ }).waitFor();
    await page.context().close();
  });

  test('is not that of the instalment before', async () => {
    const page = await shop.open(arbiter, '/plans/2?period=monthly');
    await page.getByLabel('How to pay').selectOption({ label: 'In 3 instalments' });
    await page.getByRole('button', { name: /^Review and pay 66\.33/ }).click();
    await payWithPermit(page, /^Pay 66\.333333/, /^You have Professional until/);
    await page.getByRole('link', { name: 'My subscription', exact: true }).click();
    await page.getByRole('button', { name: 'Renew', exact: true }).click();
    await page.getByRole('button', { name: /^Review and pay 66\.333333/ }).click();
    await payWithPermit(page, /^Pay 66\.333333/, /^Paid until/);
    await page.getByText('2 of 3 paid').waitFor();

    const letGo = await holdAnswers(page, shop.system.book.rpcUrl);
    await page.getByRole('button', { name: 'Renew', exact: true }).click();
    await loading(page);
    letGo();
    await page.getByRole('button', { name: /^Review and pay 66\.333334/ }).click();
    await payWithPermit(page, /^Pay 66\.333334/, /^Paid until/);
    await page.context().close();
  });
});
