import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import {
  encodeDeployData,
  erc20Abi,
  formatEther,
  parseAbi,
  parseEther,
  zeroAddress,
  type Address,
  type HDAccount,
} from 'viem';
import { readPdf } from '../../../app/src/features/invoices/readPdf.ts';
import { DEVELOPMENT_ACCOUNTS } from '../../../scripts/lib/accounts.ts';
import { readCompiled } from '../../../scripts/deployment/artifact.ts';
import { openWallet } from '../support/connected.ts';
import { confirm } from '../support/opening.ts';
import { buyMonth, DAY, HOUR, openShop, payWithPermit, type Shop } from '../support/shop.ts';
import { eventuallyHas } from '../support/sold.ts';

const { admin, arbiter, buyer, projectOwner, promoSigner, submitter, validator } =
  DEVELOPMENT_ACCOUNTS;
const FEED_ABI = parseAbi(['constructor(uint8 decimals, int256 answer)']);

describe('paying for a subscription, from the page alone', () => {
  let shop: Shop;
  let promoCode = '';

  before(async () => {
    shop = await openShop();
    await shop.moveToApril();
  });

  after(() => shop.close());

  /** Transactions that a wallet has sent. */
  const sentBy = ({ address }: HDAccount): Promise<number> =>
    shop.chain.getTransactionCount({ address });

  /** Has an account of development deploy a compiled contract. */
  async function deploy(data: `0x${string}`): Promise<Address> {
    const hash = await shop.chain.sendTransaction({ account: admin, data });
    const { contractAddress } = await shop.chain.waitForTransactionReceipt({ hash });
    return contractAddress ?? zeroAddress;
  }

  test('the promo signer signs a code that anyone can use once', async () => {
    const page = await shop.open(promoSigner, '/office');
    await page.getByLabel('Code', { exact: true }).fill('HARVEST');
    await page.getByLabel('Percent off').fill('40');
    await page.getByLabel('Valid until, UTC').fill('2099-12-31T00:00');
    await page.getByRole('button', { name: 'Sign the code' }).click();
    promoCode = await page.getByText(/^TTP1-/).innerText();
    assert.equal(await page.getByRole('button', { name: 'Accept a token' }).count(), 0);
    await page.context().close();
  });

  test('a stranger pays with promo and permit in one transaction, and has the rights', async () => {
    const [before, sent] = [await shop.usdcOf(buyer.address), await sentBy(buyer)];
    const page = await shop.open(buyer, '/plans');
    await page.getByRole('link', { name: 'Choose Professional' }).click();
    await page.getByText('199.00\u00a0USDC').first().waitFor();
    await page.getByLabel('Promo code').fill(promoCode);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Discount: promo code, 40 %').waitFor();
    await page.getByRole('button', { name: 'Review and pay 119.40\u00a0USDC' }).click();
    await payWithPermit(page, /^Pay 119.40/, /^You have Professional until/);

    assert.equal(await sentBy(buyer), sent + 1);
    assert.equal(before - (await shop.usdcOf(buyer.address)), 119_400_000n);
    // The page says that it is paid once the receipt is there: from then on the oracle has five seconds.
    await eventuallyHas(shop.system.urls.oracle, buyer.address, 'professional');
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
    const before = await shop.usdcOf(buyer.address);
    const page = await shop.open(buyer, '/subscription');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await confirm(page, 'Cancel in five days', /^Canceled: rights end/);
    await page.getByText('Canceled', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Come back' }).click();
    await confirm(page, 'Come back', /^Welcome back/);
    await page.getByText('Active', { exact: true }).waitFor();

    await shop.moveClock(15 * DAY);
    await page.getByText(/^Rights end now, and 59\./).waitFor();
    await page.getByRole('button', { name: 'Cancel at once' }).click();
    await confirm(page, 'Cancel at once', /^Paid back: about 59\./);
    await page.getByText('This wallet has no subscription').waitFor();
    await eventuallyHas(shop.system.urls.oracle, buyer.address, 'free');
    // Half of 119.40 less what the seconds of this test took.
    const back = (await shop.usdcOf(buyer.address)) - before;
    assert.ok(back <= 59_700_000n && back > 59_600_000n, `${back} came back`);
    await page.context().close();
  });

  test('a plan is upgraded, with what is unused carried over and shown before', async () => {
    const page = await shop.open(projectOwner, '/plans/1?period=monthly');
    await buyMonth(page, '49.00', 'Starter');
    await shop.moveClock(HOUR);
    await page.goto(`${shop.system.urls.app}/plans/2?period=monthly`);
    await page.getByText('Unused value carried over').waitFor();
    await page.getByRole('button', { name: /^Review and pay 150\./ }).click();
    await payWithPermit(page, /^Pay 150\./, /^You have Professional until/);

    await page.getByRole('link', { name: 'My subscription', exact: true }).click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Invoice 2 as PDF' }).click();
    const invoice = await readPdf(await readFile(await (await downloading).path()));
    // 49 dollars less the hour, and less what the seconds of this test took.
    assert.match(invoice, /Unused of the plan before\s+48\.9[0-3]/);
    await page.context().close();
  });

  test('a plan is downgraded for nothing: what is unused lasts longer at the lower price', async () => {
    const before = await shop.usdcOf(projectOwner.address);
    const page = await shop.open(projectOwner, '/plans/1?period=monthly');
    await page.getByText('as long as the unused value lasts at this price').waitFor();
    await page.getByRole('button', { name: 'Review the change' }).click();
    await confirm(page, /^Change/, /^You have Starter until/);
    assert.equal(await shop.usdcOf(projectOwner.address), before);
    await eventuallyHas(shop.system.urls.oracle, projectOwner.address, 'starter');

    // 30 days of 199 dollars are 121.8 days of 49.
    const until = await shop.untilOf(projectOwner.address);
    const { timestamp } = await shop.chain.getBlock();
    const days = (until - Number(timestamp)) / DAY;
    assert.ok(days > 121.7 && days < 121.9, `${days} days`);
    await page.context().close();
  });

  test('a wallet that is short of the token is told so, and goes on once it has it', async () => {
    const usdt = { address: await shop.tokenAt(1), abi: erc20Abi } as const;
    const all = await shop.chain.readContract({
      ...usdt,
      functionName: 'balanceOf',
      args: [submitter.address],
    });
    const give = async (account: HDAccount, to: Address): Promise<void> => {
      const hash = await shop.chain.writeContract({
        ...usdt,
        account,
        functionName: 'transfer',
        args: [to, all],
      });
      await shop.chain.waitForTransactionReceipt({ hash });
    };
    await give(submitter, arbiter.address);
    const page = await shop.open(submitter, '/plans/1?period=monthly');
    await page.getByText('USDT', { exact: true }).click();
    await page.getByRole('button', { name: 'Review and pay 49.00\u00a0USDT' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('BALANCE_SHORT').waitFor();
    await give(arbiter, submitter.address);
    await dialog.getByRole('button', { name: 'Look again' }).click();
    await dialog.getByRole('button', { name: /^Allow 49.00/ }).waitFor();
    await page.context().close();
  });

  test('a token without permits is allowed first; one that is not allowed enough is refused', async () => {
    const page = await shop.open(submitter, '/plans/1?period=monthly');
    await page.getByText('USDT', { exact: true }).click();
    await page.getByRole('button', { name: 'Review and pay 49.00\u00a0USDT' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Allow 49.00/ }).click();
    await dialog.getByText(/^Allowed 49.00/).waitFor();
    const hash = await shop.chain.writeContract({
      account: submitter,
      address: await shop.tokenAt(1),
      abi: erc20Abi,
      functionName: 'approve',
      args: [shop.sold.contract, 1n],
    });
    await shop.chain.waitForTransactionReceipt({ hash });
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

  test('a link that is cut off, or of a plan that is not there, says so before anything is paid', async () => {
    const page = await shop.open(validator, '/plans/1?ref=0x12&promo=TTP1-AAAA');
    await page.getByText('REFERRER_ZERO').waitFor();
    await page.getByText('That is no promo code').waitFor();
    await page.goto(`${shop.system.urls.app}/plans?ref=0x0000000000000000000000000000000000000000`);
    await page.getByText('REFERRER_ZERO').waitFor();
    await page.goto(`${shop.system.urls.app}/plans/99`);
    await page.getByText('PLAN_UNKNOWN').waitFor();
    await page.context().close();
  });

  test('a price that moved after the review is refused, and the new one is shown', async () => {
    const page = await shop.open(validator, '/plans/3?period=monthly');
    await page.getByRole('button', { name: /^Review and pay 999.00/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign the permission' }).waitFor();

    const office = await shop.open(admin, '/office');
    await office.getByRole('button', { name: 'Reprice Enterprise' }).click();
    await office.getByRole('dialog').getByLabel('30 days, USD').fill('1,099');
    await office.getByRole('dialog').getByRole('button', { name: 'Review' }).click();
    await confirm(office, 'Reprice', /has new prices/);
    await office.context().close();

    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Sign the permission' }).click();
    await dialog.getByText('PRICE_ABOVE_MAXIMUM').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('button', { name: /^Review and pay 1,099.00/ }).waitFor();
    await page.context().close();
  });

  test('a token whose price is stale can not be paid in, and the page says what to do', async () => {
    const feed = await readCompiled('mocks/subscriptions/PriceFeed');
    const dearAndStale = {
      abi: FEED_ABI,
      bytecode: feed.bytecode,
      args: [8, 25_000_000n],
    } as const;
    const address = await deploy(encodeDeployData(dearAndStale));
    const office = await shop.open(admin, '/office');
    await office.getByRole('button', { name: 'Accept a token' }).click();
    const dialog = office.getByRole('dialog');
    await dialog.getByLabel('Price feed').fill(address);
    await dialog.getByLabel('Oldest price, seconds').fill('60');
    await dialog.getByLabel('Keeper’s share').fill('256');
    await dialog.getByRole('button', { name: 'Review' }).click();
    await dialog.getByText('Enter a whole number from 0 to 255').waitFor();
    await dialog.getByLabel('Keeper’s share').fill('50');
    await dialog.getByRole('button', { name: 'Review' }).click();
    await confirm(office, 'Accept it', /is taken from now on/);
    await office.context().close();

    await shop.moveClock(120);
    const page = await shop.open(validator, '/plans/1?period=monthly');
    await page.getByText('TEST', { exact: true }).last().click();
    await page.getByText('FEED_STALE').waitFor();
    await page.getByText('pay in another token').waitFor();
    // The first of the two is fed by another feed.
    await page.getByText('TEST', { exact: true }).first().click();
    await page.getByRole('button', { name: 'Review and pay 196.00 TEST' }).waitFor();
    await page.context().close();
  });

  test('the coin of the network is paid by its feed, and what was sent too much comes back at once', async () => {
    const page = await shop.open(promoSigner, '/plans/1?period=monthly');
    await page.getByText('TEST', { exact: true }).first().click();
    await page.getByText('1 % more is sent').waitFor();
    await page.getByText('TEST can’t be collected').waitFor();
    await page.getByRole('button', { name: 'Review and pay 196.00 TEST' }).click();
    const { address } = promoSigner;
    const before = await shop.chain.getBalance({ address });
    await confirm(page, /^Pay 196.00/, /^You have Starter until/);
    // 49 dollars at 25 cents a coin; a fee of less than a thousandth of one.
    const paid = before - (await shop.chain.getBalance({ address }));
    assert.ok(paid >= parseEther('196') && paid < parseEther('196.01'), formatEther(paid));
    const held = await shop.chain.getBalance({ address: shop.sold.contract });
    assert.equal(held, parseEther('196'));

    await page.getByRole('link', { name: 'My subscription', exact: true }).click();
    await page.getByText('TEST can’t be collected: renew from your wallet').waitFor();
    await page.getByRole('button', { name: 'Cancel at once' }).click();
    await confirm(page, 'Cancel at once', /^Paid back: about 19[56]\./);
    const left = await shop.chain.getBalance({ address: shop.sold.contract });
    assert.ok(left < parseEther('0.1'), `${formatEther(left)} for the seconds of this test`);
    await page.context().close();
  });

  test('instalments buy their part of the time; one that is missed opens the grace, and can be paid in it', async () => {
    const page = await shop.open(arbiter, '/plans/2?period=monthly');
    await page.getByLabel('How to pay').selectOption({ label: 'In 3 instalments' });
    await page.getByText('Instalment 1 of 3').waitFor();
    await page.getByRole('button', { name: /^Review and pay 66\.33/ }).click();
    await payWithPermit(page, /^Pay 66\.33/, /^You have Professional until/);
    await page.getByRole('link', { name: 'My subscription', exact: true }).click();
    await page.getByText('1 of 3 paid').waitFor();

    await page.getByRole('button', { name: 'Renew', exact: true }).click();
    await page.getByText('Due now: instalment 2 of 3').waitFor();
    await page.getByText('The next term costs $').waitFor();
    await page.getByRole('button', { name: /^Review and pay 66\.33/ }).click();
    await payWithPermit(page, /^Pay 66\.33/, /^Paid until/);
    await page.getByText('2 of 3 paid').waitFor();

    await shop.moveClock(21 * DAY);
    await page.getByText('Grace', { exact: true }).waitFor();
    await page.getByText('of grace: then the rights end').waitFor();
    await eventuallyHas(shop.system.urls.oracle, arbiter.address, 'professional');
    await page.getByRole('button', { name: 'Renew', exact: true }).click();
    await page.getByText('Due now: instalment 3 of 3').waitFor();
    await page.getByRole('button', { name: /^Review and pay 66\.33/ }).click();
    await payWithPermit(page, /^Pay 66\.33/, /^Paid until/);
    await page.getByText('3 of 3 paid').waitFor();
    await page.getByText('Active', { exact: true }).waitFor();
    await page.context().close();
  });

  test('a wallet that is a contract allows first and pays then, as it can sign no permission', async () => {
    const { abi, bytecode } = await readCompiled('mocks/subscriptions/SmartWallet');
    const contract = await deploy(encodeDeployData({ abi, bytecode, args: [submitter.address] }));
    const transfer = { address: await shop.tokenAt(0), abi: erc20Abi } as const;
    const hash = await shop.chain.writeContract({
      ...{ ...transfer, account: buyer, functionName: 'transfer' },
      args: [contract, 100_000_000n],
    });
    await shop.chain.waitForTransactionReceipt({ hash });

    const url = `${shop.system.urls.app}/plans/1?period=monthly`;
    const { page } = await openWallet(shop, { account: submitter, contract }, url);
    await page.getByRole('button', { name: /^Review and pay 49.00/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Allow 49.00/ }).click();
    await dialog.getByText(/^Allowed 49.00/).waitFor();
    await dialog.getByRole('button', { name: 'Go on to the payment' }).click();
    await confirm(page, /^Pay 49.00/, /^You have Starter until/);
    assert.equal(await shop.usdcOf(contract), 51_000_000n);
    await eventuallyHas(shop.system.urls.oracle, contract, 'starter');
    await page.context().close();
  });
});
