import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fromPromoText, plansAbi } from '@truetonne/protocol';
import { maxUint256, zeroAddress } from 'viem';
import { DEVELOPMENT_ACCOUNTS } from '../../../scripts/lib/accounts.ts';
import { createWallet } from '../../../scripts/lib/wallet.ts';
import { createDueReader, type DueReader } from '../../../scripts/sales/due.ts';
import { renewDue } from '../../../scripts/sales/keeper.ts';
import { signPromo } from '../../../scripts/sales/promoCommand.ts';
import { buyer, openShop, projectOwner, type Shop } from '../support/shop.ts';

describe('the commands of operator and keeper', () => {
  const folder = mkdtempSync(join(tmpdir(), 'truetonne-keeper-'));
  let shop: Shop;
  let readDue: DueReader | undefined;
  before(async () => {
    shop = await openShop(folder);
  });
  after(async () => {
    await shop.stop();
    rmSync(folder, { recursive: true });
  });

  const keep = async (tell: boolean) => {
    const { rpcUrl, chainId, subscriptions } = shop.deployment;
    assert.ok(subscriptions);
    const wallet = createWallet(rpcUrl, chainId, DEVELOPMENT_ACCOUNTS.submitter);
    // One for all rounds, as a keeper that goes on has it.
    readDue ??= createDueReader(wallet.reader, subscriptions.contract, 0n);
    return renewDue(wallet, subscriptions, readDue, tell);
  };

  it('a promo code that was signed off-chain lowers the quote', async () => {
    const { timestamp } = await shop.reader.getBlock();
    const wish = { code: 'SPRING', percent: 40, days: 30, planId: 1, total: 5, perWallet: 1 };
    const text = await signPromo(
      shop.deployment,
      { ...wish, wallet: undefined },
      DEVELOPMENT_ACCOUNTS.promoSigner,
      Number(timestamp),
    );
    assert.ok(!text.includes('SPRING'));
    const order = {
      ...{ planId: 1, yearly: false, tokenId: 0, instalments: 0, capCents: 0, referred: false },
      ...{ referrer: zeroAddress, maxAmount: maxUint256, permits: [] },
      promos: [fromPromoText(text)],
    };
    const { subscriptions } = shop.deployment;
    assert.ok(subscriptions);
    const quote = await shop.reader.readContract({
      ...{ address: subscriptions.plans, abi: plansAbi, functionName: 'quote' },
      args: [buyer.address, order],
    });
    assert.deepEqual([quote.percent, quote.priceUsd], [40n, 29_400_000n]);
  });

  it('the keeper renews what is due and says why the rest is not', async () => {
    assert.deepEqual(await keep(false), { outcomes: [], bounties: [] });
    await shop.subscribe(buyer, 1, 10_000);
    await shop.subscribe(projectOwner, 1);
    await shop.wait(29.5 * 86_400);
    const { outcomes, bounties } = await keep(false);
    assert.deepEqual(outcomes, [
      { subscriber: buyer.address, reason: undefined },
      { subscriber: projectOwner.address, reason: 'RENEWAL_NOT_AGREED' },
    ]);
    // Half a percent of 49 USD less 15 % for loyalty.
    assert.deepEqual(bounties, [{ tokenId: 0, amount: 208_250n }]);
  });

  it('the keeper sends nothing for what can not be renewed, unless it is to be told', async () => {
    const refused = [{ subscriber: projectOwner.address, reason: 'RENEWAL_NOT_AGREED' }];
    const height = () => shop.reader.getBlockNumber({ cacheTime: 0 });
    const before = await height();
    assert.deepEqual(await keep(false), { outcomes: refused, bounties: [] });
    assert.equal(await height(), before);
    assert.deepEqual(await keep(true), { outcomes: refused, bounties: [] });
    assert.equal(await height(), before + 1n);
  });
});
