import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { plansAbi } from '@truetonne/protocol';
import { parseUnits } from 'viem';
import { startMailServer, type MailServer } from '../../../oracle/test/support/mailServer.ts';
import { DEVELOPMENT_ACCOUNTS } from '../../../scripts/lib/accounts.ts';
import { DESKTOP, PHONE } from '../support/browser.ts';
import { openSignedIn, openWallet } from '../support/connected.ts';
import { assertSound, confirm } from '../support/opening.ts';
import { buyMonth, DAY, HOUR, openShop, payWithPermit, type Shop } from '../support/shop.ts';
import { eventuallyHas } from '../support/sold.ts';

const { admin, arbiter, buyer, projectOwner, promoSigner, submitter, treasury, validator } =
  DEVELOPMENT_ACCOUNTS;
const PAGES = ['/plans', '/plans/2', '/subscription', '/referrals', '/renewals', '/office'];

describe('holding and selling subscriptions, from the page alone', () => {
  let mail: MailServer;
  let shop: Shop;

  before(async () => {
    mail = await startMailServer();
    shop = await openShop({
      settings: { ORACLE_SMTP_URL: mail.url, ORACLE_MAIL_FROM: 'TrueTonne <plans@tonne.example>' },
      // Behind the oracle's, so that 14 days before the end of a trial of 14 days have come for it.
      chainStartsAt: Math.floor(Date.now() / 1000) - HOUR,
    });
  });

  after(async () => {
    await shop.close();
    await mail.stop();
  });

  test('a trial costs nothing, is reminded of on the page, and says where else reminders go', async () => {
    const trying = await shop.open(submitter, '/plans/1?period=monthly');
    await trying.getByRole('button', { name: 'Try 14 days for free' }).click();
    await confirm(trying, 'Start the trial', /^You have Starter for 14 days/);
    await eventuallyHas(shop.system.urls.oracle, submitter.address, 'starter');
    await trying.context().close();

    // It ends in 14 days, which is the first stage: the oracle looks once the wallet has signed in.
    const { page } = await openSignedIn(shop.browser, shop.system, submitter, '/subscription');
    await page.getByText('Trial', { exact: true }).waitFor();
    await page.getByText('Nothing comes back, as no paid time is unused').waitFor();
    const row = page.getByRole('row', { name: /Information/ });
    await row.waitFor();
    await row.getByRole('button', { name: 'Mark as seen' }).click();
    await row.getByRole('button').waitFor({ state: 'detached' });

    await page.getByLabel('E-mail').fill('not an address');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByText('It was not saved').waitFor();
    await page.getByLabel('E-mail').fill('energy@alder.example');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByText('A code was sent to energy@alder.example').waitFor();
    const [sent] = mail.mails;
    const code = /\b\d{6}\b/.exec(sent?.source.split('\r\n\r\n')[1] ?? '')?.[0] ?? '';
    assert.equal(sent?.to, 'energy@alder.example');
    await page.getByLabel('Code', { exact: true }).fill(code === '000000' ? '000001' : '000000');
    await page.getByRole('button', { name: 'Confirm the address' }).click();
    await page.getByText('It is not confirmed').waitFor();
    await page.getByLabel('Code', { exact: true }).fill(code);
    await page.getByRole('button', { name: 'Confirm the address' }).click();
    await page.getByText('A code was sent').waitFor({ state: 'detached' });

    await page.getByLabel('Webhook').fill('http://127.0.0.1:9/hook');
    await page.getByRole('button', { name: 'Save' }).last().click();
    await page.getByText('Keep the webhook').waitFor();
    await page.getByLabel('Webhook').fill('');
    await page.getByRole('button', { name: 'Turn it off' }).last().click();
    await page.getByText('Keep the webhook').waitFor({ state: 'detached' });
    await page.context().close();
    await shop.moveToApril();
  });

  test('a dispute is opened, split by the arbiter, and its money claimed', async () => {
    const page = await shop.open(validator, '/plans/1?period=monthly');
    await buyMonth(page, '49.00', 'Starter');
    await page.getByRole('link', { name: 'My subscription', exact: true }).click();
    await page.getByRole('button', { name: 'Dispute the term' }).click();
    await page
      .getByRole('dialog')
      .getByLabel('What went wrong')
      .fill('Nothing could be reported for a week');
    await page.getByRole('dialog').getByRole('button', { name: 'Review dispute' }).click();
    await confirm(page, 'Dispute the term', /^Disputed/);

    const office = await shop.open(arbiter, '/office');
    await office.getByRole('button', { name: /^Resolve the dispute/ }).click();
    const ruling = office.getByRole('dialog');
    await ruling.getByLabel('For the subscriber').fill('49.01');
    await ruling.getByRole('button', { name: 'Review' }).click();
    await ruling.getByText('all that is at stake').waitFor();
    await ruling.getByLabel('For the subscriber').fill('40');
    await ruling.getByLabel('Reason').fill('Nothing could be reported for a day');
    await ruling.getByRole('button', { name: 'Review' }).click();
    await ruling.getByText('The hash on the chain is of another text').waitFor();
    await ruling.getByLabel('Reason').fill('Nothing could be reported for a week');
    await ruling.getByRole('button', { name: 'Review' }).click();
    await ruling.getByText('the text whose hash is on the chain', { exact: true }).waitFor();
    await confirm(office, /^Give 40.00/, /^Resolved/);
    await office.context().close();

    await page.getByRole('button', { name: 'Claim 40.00\u00a0USDC' }).click();
    await confirm(page, /^Claim 40.00/, /^Claimed 40.00/);
    await page.getByText('40.00\u00a0USDC for you').waitFor();
    await page.context().close();
  });

  test('a wallet that came by a link pays its referrer at once', async () => {
    const registering = await shop.open(buyer, '/referrals');
    await registering.getByRole('button', { name: 'Register as a referrer' }).click();
    await confirm(registering, 'Register', 'Registered: share your link');
    await registering.context().close();
    const page = await shop.open(arbiter, `/plans?ref=${buyer.address}`);
    await page.getByRole('link', { name: 'Choose Starter' }).click();
    await page.getByText('You came by a referral link').waitFor();
    const before = await shop.usdcOf(buyer.address);
    await page.getByRole('button', { name: /^Review and pay 44.10/ }).click();
    await payWithPermit(page, /^Pay 44.10/, /^You have Starter until/);
    assert.equal((await shop.usdcOf(buyer.address)) - before, 4_410_000n);
    await page.context().close();

    const referrer = await shop.open(buyer, '/referrals');
    await referrer.getByRole('cell', { name: '4.41 USDC' }).waitFor();
    await referrer.getByText(`/plans?ref=${buyer.address}`).waitFor();
    await referrer.context().close();
  });

  test('a keeper renews what is due and sees why the rest can not be', async () => {
    const owner = await shop.open(projectOwner, '/plans/2?period=monthly');
    await buyMonth(owner, '199.00', 'Professional');
    await owner.getByRole('link', { name: 'My subscription', exact: true }).click();
    await owner.getByRole('button', { name: 'Turn it on' }).click();
    await owner.getByRole('dialog').getByLabel('Cap in US dollars').fill('199');
    await owner.getByRole('dialog').getByRole('button', { name: 'Review' }).click();
    await confirm(owner, /^Allow up to/, /^Renewed automatically/);
    await owner.getByRole('button', { name: 'Set the allowance' }).click();
    await owner.getByRole('dialog').getByLabel('Amount in USDC').fill('500');
    await owner.getByRole('dialog').getByRole('button', { name: 'Review' }).click();
    await confirm(owner, /^Allow 500/, /^Allowed 500/);
    await owner.context().close();

    await shop.moveClock(29 * DAY + HOUR);
    const keeper = await shop.open(buyer, '/renewals');
    await keeper.getByText('The subscriber has not agreed').first().waitFor();
    await keeper.getByRole('button', { name: 'Renew all that can be: 1' }).click();
    await confirm(keeper, 'Renew 1 subscription', /^Renewed 1 subscription/);
    await keeper.getByText('Renew all that can be: 0').waitFor();
    await keeper.context().close();
  });

  test('a subscription is handed over, and the new wallet has its rights', async () => {
    const page = await shop.open(projectOwner, '/subscription');
    await page.getByRole('button', { name: 'Hand it over' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('New wallet').fill(projectOwner.address);
    await dialog.getByRole('button', { name: 'Review offer' }).click();
    await dialog.getByText('That is your own wallet.').waitFor();
    await dialog.getByLabel('New wallet').fill(submitter.address);
    await dialog.getByRole('button', { name: 'Review offer' }).click();
    await confirm(page, 'Offer the subscription', /^Offered/);
    await page.getByText('who takes it over here with that wallet').waitFor();
    await page.getByRole('button', { name: 'Take the offer back' }).click();
    await confirm(page, 'Take the offer back', 'The offer is taken back');
    await page.getByRole('button', { name: 'Hand it over' }).click();
    await dialog.getByLabel('New wallet').fill(promoSigner.address);
    await dialog.getByRole('button', { name: 'Review offer' }).click();
    await confirm(page, 'Offer the subscription', /^Offered/);

    const taking = await shop.open(promoSigner, '/subscription');
    await taking.getByText('A subscription is offered to this wallet').waitFor();
    await taking.getByRole('button', { name: 'Take it over' }).click();
    await confirm(taking, 'Take it over', 'The subscription is yours');
    await taking.getByRole('heading', { name: 'Professional', exact: true }).waitFor();
    await eventuallyHas(shop.system.urls.oracle, promoSigner.address, 'professional');
    await eventuallyHas(shop.system.urls.oracle, projectOwner.address, 'free');
    await page.getByText('This wallet has no subscription').waitFor();
    await taking.context().close();
    await page.context().close();
  });

  test('the operator withdraws what is earned to the treasury, and no more', async () => {
    const office = await shop.open(admin, '/office');
    await office.getByRole('button', { name: 'Collect what is earned' }).click();
    await confirm(office, 'Collect', /^Collected/);
    const before = await shop.usdcOf(treasury.address);
    await office.getByRole('button', { name: 'Withdraw USDC' }).click();
    const dialog = office.getByRole('dialog');
    const amount = dialog.getByLabel('Amount in USDC');
    const earned = await amount.inputValue();
    await amount.fill('100,000');
    await dialog.getByRole('button', { name: 'Review' }).click();
    await dialog.getByText('EARNED_SHORT').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();

    await office.getByRole('button', { name: 'Withdraw USDC' }).click();
    await dialog.getByRole('button', { name: 'Review' }).click();
    await confirm(office, `Withdraw ${earned}\u00a0USDC`, /^Withdrawn/);
    const got = (await shop.usdcOf(treasury.address)) - before;
    assert.equal(got, parseUnits(earned.replaceAll(',', ''), 6));
    await office.context().close();
  });

  test('the operator sells a plan and retires it, and pauses a token', async () => {
    const office = await shop.open(admin, '/office');
    await office.getByRole('button', { name: 'Create a plan' }).click();
    const dialog = office.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Solar');
    await dialog.getByLabel('Seats').fill('3');
    await dialog.getByLabel('Devices').fill('12');
    await dialog.getByLabel('API calls per day').fill('5000');
    await dialog.getByLabel('Features').fill('apiKeys');
    await dialog.getByLabel('Price of 30 days, USD').fill('19.50');
    await dialog.getByRole('button', { name: 'Review' }).click();
    await confirm(office, 'Create Solar', 'Solar is sold');
    await office.getByRole('button', { name: 'Status of USDT' }).click();
    await dialog.getByRole('button', { name: 'Review' }).click();
    await confirm(office, 'Set the status', 'USDT is paused');

    const page = await shop.open(treasury, '/plans');
    await page.getByRole('link', { name: 'Choose Solar' }).click();
    await page.getByRole('button', { name: /^Review and pay 19.50/ }).waitFor();
    await page.getByText('Not taken now').waitFor();
    assert.equal(await page.getByLabel(/USDT/).isDisabled(), true);

    await office.getByRole('button', { name: 'Retire Solar' }).click();
    await confirm(office, 'Retire Solar', 'Solar is retired');
    await page.reload();
    await page.getByText('The plan is not sold any more').waitFor();
    await page.context().close();
    await office.context().close();
  });

  test('the operator gives a plan a season and a welcome: both are in the price at once', async () => {
    const office = await shop.open(admin, '/office');
    await office.getByRole('button', { name: 'Offers of Enterprise' }).click();
    const dialog = office.getByRole('dialog');
    await dialog.getByLabel('Season, months').fill('4, 13');
    await dialog.getByLabel('Season, percent').fill('20');
    await dialog.getByLabel('Welcome, percent').fill('15');
    await dialog.getByRole('button', { name: 'Review' }).click();
    await dialog.getByText('Enter numbers of months').waitFor();
    await dialog.getByLabel('Season, months').fill('4, 5');
    await dialog.getByRole('button', { name: 'Review' }).click();
    await confirm(office, 'Set them', 'Set for terms bought from now on');
    await office.getByRole('row', { name: /Enterprise.*20 % in April and May.*15 %/ }).waitFor();

    const page = await shop.open(treasury, '/plans/3?period=monthly');
    await page.getByText('Discount: season, 20 %').waitFor();
    await page.getByRole('button', { name: /^Review and pay 799.20/ }).waitFor();
    await page.context().close();
    await office.context().close();
  });

  test('the operator names another arbiter and another treasury', async () => {
    const office = await shop.open(admin, '/office');
    const dialog = office.getByRole('dialog');
    for (const [role, account] of [
      ['arbiter', validator],
      ['treasury', buyer],
    ] as const) {
      await office.getByRole('button', { name: `Set the ${role}` }).click();
      await dialog.getByLabel(`New ${role}`).fill('0x12');
      await dialog.getByRole('button', { name: 'Review' }).click();
      await dialog.getByText('Enter an address').waitFor();
      await dialog.getByLabel(`New ${role}`).fill(account.address);
      await dialog.getByRole('button', { name: 'Review' }).click();
      await confirm(office, `Set the ${role}`, `The ${role} is set`);
    }
    const plans = { address: shop.sold.plans, abi: plansAbi } as const;
    const found = await Promise.all([
      shop.chain.readContract({ ...plans, functionName: 'arbiter' }),
      shop.chain.readContract({ ...plans, functionName: 'treasury' }),
    ]);
    assert.deepEqual(found, [validator.address, buyer.address]);
    await office.context().close();
  });

  test('a dispute that nobody decides is ended by anyone in the office, and what was unused is claimed', async () => {
    const page = await shop.open(validator, '/plans/1?period=monthly');
    await buyMonth(page, '49.00', 'Starter');
    // Or the dispute may come in the second of the payment, with all of it unused.
    await shop.moveClock(DAY);
    await page.getByRole('link', { name: 'My subscription', exact: true }).click();
    await page.getByRole('button', { name: 'Dispute the term' }).click();
    await page.getByRole('dialog').getByLabel('What went wrong').fill('It never worked');
    await page.getByRole('dialog').getByRole('button', { name: 'Review dispute' }).click();
    await confirm(page, 'Dispute the term', /^Disputed/);

    const office = await shop.open(treasury, '/office');
    const end = office.getByRole('button', { name: `End the dispute of ${validator.address}` });
    await office.getByRole('cell', { name: '49.00\u00a0USDC' }).waitFor();
    assert.equal(await end.count(), 0);
    await shop.moveClock(14 * DAY);
    await end.click();
    await confirm(office, 'End the dispute', 'The dispute is over');
    await office.getByText('Nothing is disputed').waitFor();
    await office.context().close();

    // 15 of 30 days of 49 dollars, less what the seconds before the dispute cost.
    await page.getByRole('button', { name: /^Claim 24\.49/ }).click();
    await confirm(page, /^Claim 24\.49/, /^Claimed 24\.49/);
    await page.getByText(/for you, as nobody decided in time$/).waitFor();
    await eventuallyHas(shop.system.urls.oracle, validator.address, 'free');
    await page.context().close();
  });

  test('every page reminds of the end, in each stage', async () => {
    const page = await shop.open(treasury, '/plans/1?period=monthly');
    await buyMonth(page, '49.00', 'Starter');
    for (const [seconds, told] of [
      // A page's clock may be seconds behind the chain's.
      [16 * DAY + HOUR, 'The paid time of your plan ends in 14 days'],
      [7 * DAY, 'The paid time of your plan ends in 7 days'],
      [4 * DAY, 'The paid time of your plan ends in 3 days'],
      [3 * DAY, 'The paid time is over: the rights end in 5 days'],
    ] as const) {
      assert.equal(await page.getByText(told).count(), 0);
      await shop.moveClock(seconds);
      await page.goto(`${shop.system.urls.app}/credits`);
      await page.getByText(told).waitFor();
    }
    await page.getByRole('link', { name: 'Renew it' }).click();
    await page.getByText('Grace', { exact: true }).waitFor();
    await page.context().close();
  });

  for (const size of [DESKTOP, PHONE]) {
    test(`no page has a serious fault for axe, scrolls sideways or calls outside at ${size.width} px`, async () => {
      const opened = await openWallet(
        shop,
        { account: promoSigner, size },
        `${shop.system.urls.app}/plans`,
      );
      for (const path of PAGES) {
        await opened.page.goto(`${shop.system.urls.app}${path}`);
        await opened.page.getByRole('heading', { level: 2 }).first().waitFor();
        await opened.page.waitForLoadState('load');
        await assertSound(opened.page);
      }
      assert.deepEqual(opened.outside, []);
      assert.deepEqual(opened.errors, []);
      await opened.page.context().close();
    });
  }
});
