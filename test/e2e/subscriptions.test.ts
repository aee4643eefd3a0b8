import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { plansAbi, type SubscriptionContracts } from '@truetonne/protocol';
import type { Browser, Locator, Page } from 'playwright-core';
import {
  createTestClient,
  encodeDeployData,
  erc20Abi,
  http,
  parseAbi,
  publicActions,
  walletActions,
  zeroAddress,
  type Address,
  type HDAccount,
} from 'viem';
import { foundry } from 'viem/chains';
import { readPdf } from '../../app/src/features/invoices/readPdf.ts';
import { DEVELOPMENT_ACCOUNTS } from '../../scripts/lib/accounts.ts';
import { readCompiled } from '../../scripts/deployment/artifact.ts';
import { findSeriousFaults } from './support/accessibility.ts';
import { DESKTOP, launchBrowser, openContext, PHONE } from './support/browser.ts';
import { announceWallet } from './support/injectedWallet.ts';
import { startLightSystem, type LightSystem } from './support/light.ts';
import { eventuallyHas, nextSecondOfApril } from './support/sold.ts';

const { admin, arbiter, buyer, projectOwner, promoSigner, submitter, validator } =
  DEVELOPMENT_ACCOUNTS;
const DAY = 86_400;
const PAGES = ['/plans', '/plans/2', '/subscription', '/referrals', '/renewals', '/office'];
const FEED_ABI = parseAbi(['constructor(uint8 decimals, int256 answer)']);

describe('subscriptions, from the page alone', () => {
  let system: LightSystem;
  let browser: Browser;
  let sold: SubscriptionContracts;
  let usdc: Address;
  let promoCode = '';

  before(async () => {
    browser = await launchBrowser();
    system = await startLightSystem();
    const { subscriptions } = system.book;
    assert.ok(subscriptions !== undefined);
    sold = subscriptions;
    // Out of season whenever this runs: no discount but those that the tests are about.
    await chain().setNextBlockTimestamp({ timestamp: nextSecondOfApril() });
    await chain().mine({ blocks: 1 });
    usdc = (await chain().readContract({ ...plans(), functionName: 'token', args: [0] })).draft
      .token;
  });

  after(async () => {
    await browser?.close();
    await system?.stop();
  });

  const chain = () =>
    createTestClient({ chain: foundry, mode: 'anvil', transport: http(system.book.rpcUrl) })
      .extend(publicActions)
      .extend(walletActions);
  const plans = () => ({ address: sold.plans, abi: plansAbi }) as const;

  function balanceOf(account: HDAccount): Promise<bigint> {
    const args = [account.address] as const;
    const contract = { address: usdc, abi: erc20Abi, functionName: 'balanceOf' } as const;
    return chain().readContract({ ...contract, args });
  }

  /** Transactions that a wallet has sent. */
  const sentBy = ({ address }: HDAccount): Promise<number> =>
    chain().getTransactionCount({ address });

  async function openAs(account: HDAccount, path: string): Promise<Page> {
    const { context } = await openContext(browser, DESKTOP);
    const { chainId, rpcUrl } = system.book;
    const wallet = await announceWallet(context, rpcUrl, { chainId, account });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(`${system.urls.app}${path}`);
    await page.getByRole('button', { name: 'Connect' }).first().click();
    await page.getByRole('button', { name: wallet.name }).click();
    await page.getByRole('button', { name: /^Wallet/ }).waitFor();
    return page;
  }

  const dialogOf = (page: Page): Locator => page.getByRole('dialog');

  /** Sends what a dialog shows, and waits for what it says in the end. */
  async function sendAndClose(page: Page, action: string | RegExp, done: RegExp): Promise<void> {
    const dialog = dialogOf(page);
    await dialog.getByRole('button', { name: action }).click();
    await dialog.getByText(done).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
  }

  async function moveClock(seconds: number): Promise<void> {
    await chain().increaseTime({ seconds });
    await chain().mine({ blocks: 1 });
  }

  test('the promo signer signs a code that anyone can use once', async () => {
    const page = await openAs(promoSigner, '/office');
    await page.getByLabel('Code', { exact: true }).fill('HARVEST');
    await page.getByLabel('Percent off').fill('40');
    await page.getByLabel('Valid until, UTC').fill('2099-12-31T00:00');
    await page.getByRole('button', { name: 'Sign the code' }).click();
    promoCode = await page.getByText(/^TTP1-/).innerText();
    assert.equal(await page.getByRole('button', { name: 'Accept a token' }).count(), 0);
    await page.context().close();
  });

  test('a stranger pays with promo and permit in one transaction, and has the rights', async () => {
    const [before, sent] = [await balanceOf(buyer), await sentBy(buyer)];
    const page = await openAs(buyer, '/plans');
    await page.getByRole('link', { name: 'Choose Professional' }).click();
    await page.getByText('199.00\u00a0USDC').first().waitFor();
    await page.getByLabel('Promo code').fill(promoCode);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Discount: promo code, 40 %').waitFor();
    await page.getByRole('button', { name: 'Review and pay 119.40\u00a0USDC' }).click();
    await dialogOf(page).getByRole('button', { name: 'Sign the permission' }).click();
    await sendAndClose(page, /^Pay 119.40/, /^You have Professional until/);

    assert.equal(await sentBy(buyer), sent + 1);
    assert.equal(before - (await balanceOf(buyer)), 119_400_000n);
    // The page says that it is paid once the receipt is there: from then on the oracle has five seconds.
    await eventuallyHas(system.urls.oracle, buyer.address, 'professional');
    await page.getByRole('link', { name: 'My subscription', exact: true }).click();
    await page.getByRole('heading', { name: 'Professional', exact: true }).waitFor();
    await page.getByText('Active', { exact: true }).waitFor();
    await page.getByRole('cell', { name: '40 % promo code' }).waitFor();

    await page.getByText('Name and address on invoices').click();
    await page.getByLabel('Billed to').fill('Mill & Sons\n1 Weir Lane');
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Invoice 1 as PDF' }).click();
    const invoice = await readPdf(await readFile(await (await downloading).path()));
    for (const part of ['Mill & Sons', 'Professional, 30 days', '$199.00', '$119.40'])
      assert.ok(invoice.includes(part), invoice);
    assert.ok(invoice.includes(`${buyer.address.toLowerCase()}-1`), invoice);
    await page.context().close();
  });

  test('it is canceled, comes back in its grace, and is canceled at once for the unused money', async () => {
    const before = await balanceOf(buyer);
    const page = await openAs(buyer, '/subscription');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await sendAndClose(page, 'Cancel in five days', /^Canceled: rights end/);
    await page.getByText('Canceled', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Come back' }).click();
    await sendAndClose(page, 'Come back', /^Welcome back/);
    await page.getByText('Active', { exact: true }).waitFor();

    await moveClock(15 * DAY);
    await page.getByText(/^Rights end now, and 59\./).waitFor();
    await page.getByRole('button', { name: 'Cancel at once' }).click();
    await sendAndClose(page, 'Cancel at once', /^Paid back: about 59\./);
    await page.getByText('This wallet has no subscription').waitFor();
    await eventuallyHas(system.urls.oracle, buyer.address, 'free');
    // Half of 119.40 less what the seconds of this test took.
    const back = (await balanceOf(buyer)) - before;
    assert.ok(back <= 59_700_000n && back > 59_600_000n, `${back} came back`);
    await page.context().close();
  });

  test('a plan is upgraded, with what is unused carried over and shown before', async () => {
    const page = await openAs(projectOwner, '/plans/1?period=monthly');
    await page.getByRole('button', { name: /^Review and pay 49.00/ }).click();
    await dialogOf(page).getByRole('button', { name: 'Sign the permission' }).click();
    await sendAndClose(page, /^Pay 49.00/, /^You have Starter until/);
    await page.goto(`${system.urls.app}/plans/2?period=monthly`);
    await page.getByText('Unused value carried over').waitFor();
    await page.getByRole('button', { name: /^Review and pay 150\./ }).click();
    await dialogOf(page).getByRole('button', { name: 'Sign the permission' }).click();
    await sendAndClose(page, /^Pay 150\./, /^You have Professional until/);
    await page.context().close();
  });

  test('a token without permits is allowed first; one that is not allowed enough is refused', async () => {
    const page = await openAs(submitter, '/plans/1?period=monthly');
    await page.getByText('USDT', { exact: true }).click();
    await page.getByRole('button', { name: 'Review and pay 49.00\u00a0USDT' }).click();
    const dialog = dialogOf(page);
    await dialog.getByRole('button', { name: /^Allow 49.00/ }).click();
    await dialog.getByText(/^Allowed 49.00/).waitFor();
    const token = await chain().readContract({ ...plans(), functionName: 'token', args: [1] });
    const hash = await chain().writeContract({
      account: submitter,
      address: token.draft.token,
      abi: erc20Abi,
      functionName: 'approve',
      args: [sold.contract, 1n],
    });
    await chain().waitForTransactionReceipt({ hash });
    await dialog.getByRole('button', { name: 'Go on to the payment' }).click();
    await dialog.getByText('ALLOWANCE_SHORT').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();

    // A code of which a letter was changed is foreign, and can be left out.
    await page.getByLabel('Promo code').fill(promoCode);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Discount: promo code, 40 %').waitFor();
    await page.getByRole('button', { name: 'Remove the code' }).click();
    await page.getByLabel('Promo code').fill(`${promoCode.slice(0, -8)}AAAAAAAA`);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('PROMO_FOREIGN').waitFor();
    await page.getByRole('button', { name: 'Go on without the code' }).click();
    await page.getByRole('button', { name: /^Review and pay 49.00/ }).waitFor();
    await page.context().close();
  });

  test('a price that moved after the review is refused, and the new one is shown', async () => {
    const page = await openAs(validator, '/plans/3?period=monthly');
    await page.getByRole('button', { name: /^Review and pay 999.00/ }).click();
    await dialogOf(page).getByRole('button', { name: 'Sign the permission' }).waitFor();

    const office = await openAs(admin, '/office');
    await office.getByRole('button', { name: 'Reprice Enterprise' }).click();
    await dialogOf(office).getByLabel('30 days, USD').fill('1,099');
    await dialogOf(office).getByRole('button', { name: 'Review' }).click();
    await sendAndClose(office, 'Reprice', /has new prices/);
    await office.context().close();

    const dialog = dialogOf(page);
    await dialog.getByRole('button', { name: 'Sign the permission' }).click();
    await dialog.getByText('PRICE_ABOVE_MAXIMUM').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('button', { name: /^Review and pay 1,099.00/ }).waitFor();
    await page.context().close();
  });

  test('a token whose price is stale can not be paid in, and the page says what to do', async () => {
    const feed = await readCompiled('mocks/subscriptions/PriceFeed');
    const hash = await chain().sendTransaction({
      account: admin,
      data: encodeDeployData({ abi: FEED_ABI, bytecode: feed.bytecode, args: [8, 25_000_000n] }),
    });
    const { contractAddress } = await chain().waitForTransactionReceipt({ hash });
    const office = await openAs(admin, '/office');
    await office.getByRole('button', { name: 'Accept a token' }).click();
    const dialog = dialogOf(office);
    await dialog.getByLabel('Price feed').fill(contractAddress ?? zeroAddress);
    await dialog.getByLabel('Oldest price, seconds').fill('60');
    await dialog.getByRole('button', { name: 'Review' }).click();
    await sendAndClose(office, 'Accept it', /is taken from now on/);
    await office.context().close();

    await moveClock(120);
    const page = await openAs(validator, '/plans/1?period=monthly');
    await page.getByText('TEST', { exact: true }).last().click();
    await page.getByText('FEED_STALE').waitFor();
    await page.getByText('pay in another token').waitFor();
    // The first of the two is fed by another feed.
    await page.getByText('TEST', { exact: true }).first().click();
    await page.getByRole('button', { name: 'Review and pay 196.00 TEST' }).waitFor();
    await page.context().close();
  });

  test('a dispute is opened, split by the arbiter, and its money claimed', async () => {
    const page = await openAs(validator, '/plans/1?period=monthly');
    await page.getByRole('button', { name: /^Review and pay 49.00/ }).click();
    await dialogOf(page).getByRole('button', { name: 'Sign the permission' }).click();
    await sendAndClose(page, /^Pay 49.00/, /^You have Starter until/);
    await page.getByRole('link', { name: 'My subscription', exact: true }).click();
    await page.getByRole('button', { name: 'Dispute the term' }).click();
    await dialogOf(page).getByLabel('What went wrong').fill('Nothing could be reported for a week');
    await dialogOf(page).getByRole('button', { name: 'Review dispute' }).click();
    await sendAndClose(page, 'Dispute the term', /^Disputed/);

    const office = await openAs(arbiter, '/office');
    await office.getByRole('button', { name: /^Resolve the dispute/ }).click();
    await dialogOf(office).getByLabel('For the subscriber').fill('40');
    await dialogOf(office).getByRole('button', { name: 'Review' }).click();
    await sendAndClose(office, /^Give 40.00/, /^Resolved/);
    await office.context().close();

    await page.getByRole('button', { name: 'Claim 40.00\u00a0USDC' }).click();
    await sendAndClose(page, /^Claim 40.00/, /^Claimed 40.00/);
    await page.getByText('40.00\u00a0USDC for you').waitFor();
    await page.context().close();
  });

  test('a wallet that came by a link pays its referrer at once', async () => {
    const page = await openAs(arbiter, `/plans?ref=${buyer.address}`);
    await page.getByRole('link', { name: 'Choose Starter' }).click();
    await page.getByText('You came by a referral link').waitFor();
    const before = await balanceOf(buyer);
    await page.getByRole('button', { name: /^Review and pay 44.10/ }).click();
    await dialogOf(page).getByRole('button', { name: 'Sign the permission' }).click();
    await sendAndClose(page, /^Pay 44.10/, /^You have Starter until/);
    assert.equal((await balanceOf(buyer)) - before, 4_410_000n);
    await page.context().close();

    const referrer = await openAs(buyer, '/referrals');
    await referrer.getByRole('cell', { name: '4.41 USDC' }).waitFor();
    await referrer.getByText(`/plans?ref=${buyer.address}`).waitFor();
    await referrer.context().close();
  });

  test('a keeper renews what is due and sees why the rest can not be', async () => {
    const owner = await openAs(projectOwner, '/subscription');
    await owner.getByRole('button', { name: 'Turn it on' }).click();
    await dialogOf(owner).getByLabel('Cap in US dollars').fill('199');
    await dialogOf(owner).getByRole('button', { name: 'Review' }).click();
    await sendAndClose(owner, /^Allow up to/, /^Renewed automatically/);
    await owner.getByRole('button', { name: 'Set the allowance' }).click();
    await dialogOf(owner).getByLabel('Amount in USDC').fill('500');
    await dialogOf(owner).getByRole('button', { name: 'Review' }).click();
    await sendAndClose(owner, /^Allow 500/, /^Allowed 500/);
    await owner.context().close();

    await moveClock(29 * DAY + 3_600);
    const keeper = await openAs(buyer, '/renewals');
    await keeper.getByText('The subscriber has not agreed').first().waitFor();
    await keeper.getByRole('button', { name: 'Renew all that can be: 1' }).click();
    await sendAndClose(keeper, 'Renew 1 subscription', /^Renewed 1 subscription/);
    await keeper.getByText('Renew all that can be: 0').waitFor();
    await keeper.context().close();
  });

  for (const size of [DESKTOP, PHONE]) {
    test(`no page has a serious fault for axe, scrolls sideways or calls outside at ${size.width} px`, async () => {
      const { context, outside, errors } = await openContext(browser, size);
      const { chainId, rpcUrl } = system.book;
      const wallet = await announceWallet(context, rpcUrl, { chainId, account: projectOwner });
      const page = await context.newPage();
      await page.goto(`${system.urls.app}/plans`);
      await page.getByRole('button', { name: 'Connect' }).first().click();
      await page.getByRole('button', { name: wallet.name }).click();
      await page.getByRole('button', { name: /^Wallet/ }).waitFor();
      for (const path of PAGES) {
        await page.goto(`${system.urls.app}${path}`);
        await page.getByRole('heading', { level: 2 }).first().waitFor();
        await page.waitForLoadState('load');
        assert.deepEqual(await findSeriousFaults(page), [], path);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.equal(overflow, 0, `${path} is ${overflow} px too wide`);
      }
      assert.deepEqual(outside, []);
      assert.deepEqual(errors, []);
      await context.close();
    });
  }
});
