import { test } from 'node:test';
import { createTestClient, http, type Hex } from 'viem';
import type { Page } from 'playwright-core';
import type { AddressBook } from '../../../scripts/lib/addressBook.ts';
import { DEVELOPMENT_ACCOUNTS } from '../../../scripts/lib/accounts.ts';
import { assertSound, confirm, type Opening } from '../support/opening.ts';

const DAY_S = 86_400;
/** Code that refuses whatever comes: PUSH0 PUSH0 REVERT. */
const REFUSES: Hex = '0x5f5ffd';

interface Offer {
  readonly currency: string;
  readonly amount: string;
  readonly price: string;
  readonly minimum?: string;
  readonly lastDay?: string;
}

const dayFromNow = (days: number): string =>
  new Date(Date.now() + days * DAY_S * 1000).toISOString().slice(0, 10);

async function sell(page: Page, offer: Offer): Promise<void> {
  await page.getByRole('button', { name: /^Sell / }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Amount').fill(offer.amount);
  await dialog.getByLabel('Paid in').selectOption(offer.currency);
  await dialog.getByLabel('Price of a tonne').fill(offer.price);
  if (offer.minimum !== undefined) await dialog.getByLabel('Smallest sale').fill(offer.minimum);
  if (offer.lastDay !== undefined) await dialog.getByLabel('Last day').fill(offer.lastDay);
  await dialog.getByRole('button', { name: 'Review listing' }).click();
  await confirm(page, /^List /, /^Listed /);
}

/** Selling and buying in every currency, and what can go wrong with it. */
export function testSales({ open, connect }: Opening, bookOf: () => AddressBook): void {
  const chain = () => createTestClient({ mode: 'anvil', transport: http(bookOf().rpcUrl) });

  async function openListing(search: string): Promise<Page> {
    const page = await open(`/market?${search}`);
    await page
      .getByRole('link', { name: /vintage/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'What is for sale' }).waitFor();
    return page;
  }

  test('coin pays at once, in parts that are no smaller than the seller wants', async () => {
    const selling = await open('/credits');
    await connect(selling, 'project owner');
    await sell(selling, { currency: 'coin', amount: '0.1', price: '10', minimum: '0.02' });
    await selling.context().close();
    const page = await openListing('currency=coin');
    await connect(page, 'buyer');
    await page.getByLabel('Amount').fill('0.01');
    await page.getByRole('button', { name: 'Review purchase' }).click();
    await page.getByText(/^At least 0\.02/).waitFor();
    await page.getByLabel('Amount').fill('0.03');
    await page.getByRole('button', { name: 'Review purchase' }).click();
    await confirm(page, /^Pay 0\.3/, /^Bought 0\.03/);
    await page.getByRole('cell', { name: 'credits of the buyer' }).waitFor();
    await page.context().close();
  });

  test('coin that the seller does not take waits in the market until the seller takes it', async () => {
    const { address } = DEVELOPMENT_ACCOUNTS.projectOwner;
    await chain().setCode({ address, bytecode: REFUSES });
    const page = await openListing('currency=coin');
    await connect(page, 'buyer');
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await page.getByRole('button', { name: 'Review purchase' }).click();
    await confirm(page, /^Pay 0\.7/, /^Bought 0\.07/);
    await page.getByText('Everything was sold or taken out.').waitFor();
    await page.context().close();
    await chain().setCode({ address, bytecode: '0x' });
    const mine = await open('/market/mine');
    await connect(mine, 'project owner');
    await mine.getByText('wait for you in the market').waitFor();
    await assertSound(mine);
    await mine.getByRole('button', { name: 'Take them' }).click();
    await confirm(mine, /^Take /, /^Took /);
    await mine.getByText('wait for you in the market').waitFor({ state: 'detached' });
    await mine.context().close();
  });

  test('USDT, which has no permits, is allowed first and paid then', async () => {
    const selling = await open('/credits');
    await connect(selling, 'project owner');
    const offer = { currency: 'usdt', amount: '0.05', price: '20', lastDay: dayFromNow(1) };
    await sell(selling, offer);
    await selling.context().close();
    const page = await openListing('currency=usdt');
    await connect(page, 'buyer');
    await page.getByLabel('Amount').fill('0.01');
    await page.getByRole('button', { name: 'Review purchase' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Allow / }).click();
    await dialog.getByRole('button', { name: 'Go on to the payment' }).click();
    await confirm(page, /^Pay 0\.20/, /^Bought 0\.01/);
    await page.context().close();
  });

  test('the admin pauses sales: nobody buys, and whoever holds credits retires them', async () => {
    const admin = await open('/roles');
    await connect(admin, 'admin');
    await admin.getByRole('button', { name: 'Pause submissions and sales' }).click();
    await confirm(admin, 'Pause', 'Submissions and sales are paused');
    await admin.getByText('Submissions and sales are paused').waitFor();
    await assertSound(admin);
    const page = await openListing('currency=usdt');
    await page.getByText('Sales are paused').waitFor();
    await page.context().close();
    const retiring = await open('/credits');
    await connect(retiring, 'project owner');
    await retiring.getByRole('button', { name: /^Retire / }).click();
    const dialog = retiring.getByRole('dialog');
    await dialog.getByLabel('Amount').fill('0.02');
    await dialog.getByLabel('Beneficiary', { exact: true }).fill('Example Ltd');
    await dialog.getByLabel('Purpose').fill('While sales are paused');
    await dialog.getByRole('button', { name: 'Review retirement' }).click();
    await confirm(retiring, /^Retire 0\.02/, /^Retired 0\.02/);
    await retiring.context().close();
    await admin.getByRole('button', { name: 'Let submissions and sales go on' }).click();
    await confirm(admin, 'Go on', 'Submissions and sales go on');
    await admin.context().close();
  });

  test('a listing whose time is over sells nothing; its seller asks another price, or takes it out', async () => {
    await chain().increaseTime({ seconds: 3 * DAY_S });
    await chain().mine({ blocks: 1 });
    const mine = await open('/market/mine');
    await connect(mine, 'project owner');
    await mine.getByText('Over', { exact: true }).waitFor();
    await mine
      .getByRole('link', { name: /vintage/ })
      .first()
      .click();
    await mine.getByText('Its time is over.').waitFor();
    await mine.goBack();
    await mine.getByRole('button', { name: 'Change terms' }).click();
    const dialog = mine.getByRole('dialog');
    await dialog.getByLabel('Price of a tonne').fill('0');
    await dialog.getByRole('button', { name: 'Review the terms' }).click();
    await dialog.getByText('Nothing is sold for nothing.').waitFor();
    await dialog.getByLabel('Price of a tonne').fill('25');
    await dialog.getByRole('button', { name: 'Review the terms' }).click();
    await confirm(mine, /^Ask 25/, /^The price is 25/);
    await mine.getByText('For sale', { exact: true }).waitFor();
    await mine.getByRole('button', { name: 'Take out' }).first().click();
    await dialog.getByLabel('Amount').fill('0.01');
    await dialog.getByRole('button', { name: 'Review' }).click();
    await confirm(mine, /^Take out 0\.01/, /^Took out 0\.01/);
    await mine.context().close();
  });
}
