import assert from 'node:assert/strict';

import { encodeFunctionData, getAddress, parseEther, zeroAddress } from 'viem';

import {
  assertMarketRefused,
  assertSelector,
  callOf,
  CREDIT_ID,
  CURRENCY,
  dedicationOf,
  encodeTerms,
  FIRST_RETIREMENT,
  GRAMS,
  openMarket,
  PRICE,
  TERMS,
} from './support/marketWorld.ts';

const { assertions, time, freshMarket, hostileBuyer } = await openMarket();

/** As in HostileToken. */
const MANNER = { takesFee: 1, returnsFalse: 2, reverts: 3, reenters: 4, shrinks: 5 } as const;
/** ReentrancyGuardReentrantCall(). */
const REENTERED = '0x3ee5aeb5';
/** 20.00 x 35,200 g / 1,000,000 g. */
const PRICE_OF_ALL = 704_000n;

describe('TonneMarket under retirement, change of mind, pause and attack', () => {
  describe('a permit', () => {
    it('pays, also when somebody used it before, and a bad one does no harm', async () => {
      const { market, tokenOf, usdc, actors, other, buyer, list, signPermit } = await freshMarket();
      const { listing } = await list();
      const token = tokenOf(usdc, actors.buyer);
      await token.write.approve([market.address, 0n]);
      await market.write.buy([listing, 100n, [await signPermit(actors.buyer, 2_000n)]]);

      const seen = await signPermit(actors.buyer, 2_000n);
      const { value, deadline, v, r, s } = seen;
      const args = [buyer, market.address, value, deadline, v, r, s] as const;
      await tokenOf(usdc, other).write.permit(args);
      await market.write.buy([listing, 100n, [seen]]);

      const late = await signPermit(actors.buyer, 2_000n, 1n);
      await assertMarketRefused(market.write.buy([listing, 100n, [late]]), 'AllowanceShort', [
        buyer,
        getAddress(usdc),
        0n,
        2_000n,
      ]);
    });
  });

  describe('buyAndRetire', () => {
    it('retires in the name that the buyer gives, with a certificate', async () => {
      const { market, credit, certificates, buyer, other, list } = await freshMarket();
      const friend = getAddress(other.account.address);
      const { listing, listingId } = await list();
      const dedication = dedicationOf(friend, { beneficiary: 'A school', purpose: 'Trip' });
      const hash = await market.write.buyAndRetire([listing, 1_000n, [], dedication, true]);
      await assertions.emitWithArgs(hash, market, 'Sold', [
        listingId,
        buyer,
        1_000n,
        20_000n,
        FIRST_RETIREMENT,
      ]);
      const record = await credit.read.retirement([FIRST_RETIREMENT]);
      assert.deepEqual([record.account, record.grams], [friend, 1_000n]);
      assert.equal(await certificates.read.ownerOf([FIRST_RETIREMENT]), friend);
      assert.deepEqual(await credit.read.totals([CREDIT_ID]), [GRAMS, 1_000n, 0n, 0n]);
    });

    it('does without a certificate', async () => {
      const { market, certificates, buyer, list } = await freshMarket();
      const { listing } = await list();
      await market.write.buyAndRetire([listing, 5n, [], dedicationOf(buyer), false]);
      assert.equal(await certificates.read.balanceOf([buyer]), 0n);
    });

    it('is all or nothing: what may not be said takes no money', async () => {
      const { market, usdc, buyer, list, balanceOf } = await freshMarket();
      const { listing, listingId } = await list();
      const before = await balanceOf(usdc, buyer);
      await assertSelector(
        market.write.buyAndRetire([listing, 5n, [], dedicationOf(zeroAddress), true]),
        'AccountMissing()',
      );
      assert.equal(await balanceOf(usdc, buyer), before);
      assert.equal(await market.read.leftOf([listingId]), GRAMS);
    });
  });

  describe('change of mind', () => {
    it('gives grams back, in parts or all, wherever the seller wants them', async () => {
      const { market, sellerMarket, credit, seller, buyer, list } = await freshMarket();
      const { listing, listingId } = await list();
      const hash = await sellerMarket.write.unlist([listing, 200n, buyer]);
      await assertions.emitWithArgs(hash, market, 'Unlisted', [listingId, 200n, buyer]);
      await sellerMarket.write.unlist([listing, GRAMS - 200n, seller]);
      assert.equal(await credit.read.balanceOf([seller, CREDIT_ID]), GRAMS - 200n);
      assert.equal(await credit.read.balanceOf([buyer, CREDIT_ID]), 200n);
      await assertMarketRefused(sellerMarket.write.unlist([listing, 1n, seller]), 'ListingShort', [
        listingId,
        0n,
        1n,
      ]);
      await assertMarketRefused(sellerMarket.write.unlist([listing, 0n, seller]), 'GramsZero', []);
    });

    it('is for the seller alone', async () => {
      const { market, buyer, seller, list } = await freshMarket();
      const { listing } = await list();
      await assertMarketRefused(market.write.unlist([listing, 1n, buyer]), 'NotSeller', [
        buyer,
        seller,
      ]);
      await assertMarketRefused(market.write.relist([listing, TERMS]), 'NotSeller', [
        buyer,
        seller,
      ]);
    });

    it('asks another price for what is left, without moving a gram', async () => {
      const { market, sellerMarket, credit, seller, list, listingOf } = await freshMarket();
      const { listing, listingId } = await list();
      await market.write.buy([listing, 200n, []]);
      const dearer = listingOf({ pricePerTonne: 2n * PRICE });
      const hash = await sellerMarket.write.relist([listing, dearer.terms]);
      const newId = await market.read.idOf([dearer]);
      const left = GRAMS - 200n;
      await assertions.emitWithArgs(hash, market, 'Unlisted', [
        listingId,
        left,
        getAddress(market.address),
      ]);
      await assertions.emitWithArgs(hash, market, 'Listed', [
        newId,
        seller,
        CREDIT_ID,
        left,
        dearer.terms,
      ]);
      assert.equal(await market.read.leftOf([listingId]), 0n);
      assert.equal(await market.read.leftOf([newId]), left);
      assert.equal(await credit.read.balanceOf([market.address, CREDIT_ID]), left);
      await assertMarketRefused(market.write.buy([listing, 1n, []]), 'ListingShort', [
        listingId,
        0n,
        1n,
      ]);
      await assertMarketRefused(
        sellerMarket.write.relist([dearer, { ...dearer.terms, pricePerTonne: 0n }]),
        'PriceZero',
        [],
      );
      await assertMarketRefused(sellerMarket.write.relist([listing, TERMS]), 'GramsZero', []);
    });

    it('works when the time is over', async () => {
      const { sellerMarket, credit, seller, list } = await freshMarket();
      const end = (await time.latest()) + 100;
      const { listing } = await list({ expiresAt: end });
      await time.increaseTo(end + 1);
      await sellerMarket.write.unlist([listing, GRAMS - 1n, seller]);
      await sellerMarket.write.relist([listing, TERMS]);
      assert.equal(await credit.read.balanceOf([seller, CREDIT_ID]), GRAMS - 1n);
    });
  });

  it('sells nothing while the registry is paused; listing, taking out, claiming and retiring go on', async () => {
    const world = await freshMarket();
    const { market, sellerMarket, sellerCredit, registry, buyer, seller, list, listingOf } = world;
    const { listing } = await list({}, GRAMS - 10n);
    const until = (await time.latest()) + 1_000;
    await registry.write.pause([until]);
    const dedication = dedicationOf(buyer);
    for (const stopped of [
      () => market.write.buy([listing, 1n, []]),
      () => market.write.buyAndRetire([listing, 1n, [], dedication, false]),
    ]) {
      await assertMarketRefused(stopped(), 'SalesPaused', [BigInt(until)]);
    }
    await list({ pricePerTonne: 1n }, 1n);
    await sellerMarket.write.unlist([listing, 5n, seller]);
    await sellerMarket.write.relist([listing, { ...TERMS, pricePerTonne: 2n * PRICE }]);
    await sellerCredit.write.retire([CREDIT_ID, 1n, dedicationOf(seller)]);
    await assertMarketRefused(market.write.claim([buyer]), 'NothingOwed', [buyer, 0]);
    await time.setNextBlockTimestamp(until);
    await market.write.buy([listingOf({ pricePerTonne: 2n * PRICE }), 1n, []]);
  });

  describe('hostile tokens', () => {
    const prepare = async () => {
      const world = await freshMarket();
      const { listing, listingId } = await world.list({ currency: CURRENCY.usdt });
      const token = world.tokenOf(world.hostile, world.actors.buyer);
      return { ...world, listing, listingId, token, address: getAddress(world.hostile) };
    };

    it('that take a fee, or shrink, sell nothing', async () => {
      const { market, token, listing, listingId, address } = await prepare();
      for (const [manner, arrived] of [
        [MANNER.takesFee, PRICE_OF_ALL - PRICE_OF_ALL / 100n],
        [MANNER.shrinks, PRICE_OF_ALL / 2n],
      ] as const) {
        await token.write.misbehave([manner]);
        await assertMarketRefused(market.write.buy([listing, GRAMS, []]), 'TransferNotExact', [
          address,
          arrived,
          PRICE_OF_ALL,
        ]);
      }
      assert.equal(await market.read.leftOf([listingId]), GRAMS);
    });

    it('that shrink what the seller has sell nothing either', async () => {
      const { market, token, listing, seller, address } = await prepare();
      await token.write.mint([seller, 10n ** 12n]);
      await token.write.misbehave([MANNER.shrinks]);
      await assertMarketRefused(market.write.buy([listing, GRAMS, []]), 'TransferNotExact', [
        address,
        0n,
        PRICE_OF_ALL,
      ]);
    });

    it('that answer false, or revert, sell nothing', async () => {
      const { market, token, listing, buyer, seller, address } = await prepare();
      for (const manner of [MANNER.returnsFalse, MANNER.reverts]) {
        await token.write.misbehave([manner]);
        await assertMarketRefused(market.write.buy([listing, GRAMS, []]), 'TransferFailed', [
          address,
          buyer,
          seller,
          PRICE_OF_ALL,
        ]);
      }
    });

    it('that re-enter find the door closed', async () => {
      const { market, token, listing, listingId, credit, buyer, seller } = await prepare();
      await token.write.misbehave([MANNER.reenters]);
      for (const [name, args] of [
        ['buy', [listing, 1n, []]],
        ['buyAndRetire', [listing, 1n, [], dedicationOf(buyer), false]],
        ['unlist', [listing, 1n, seller]],
        ['relist', [listing, TERMS]],
        ['claim', [seller]],
      ] as const) {
        await token.write.prepare([callOf(name, args)]);
        await market.write.buy([listing, 100n, []]);
        assert.equal(await token.read.answer(), REENTERED, name);
      }
      assert.equal(await market.read.leftOf([listingId]), GRAMS - 500n);
      assert.equal(await credit.read.balanceOf([buyer, CREDIT_ID]), 500n);
    });
  });

  describe('hostile receivers', () => {
    it('that call back while credits arrive find the door closed', async () => {
      const { market, tokenOf, usdc, actors, credit, list } = await freshMarket();
      const { listing } = await list();
      const hostile = await hostileBuyer();
      const token = tokenOf(usdc, actors.buyer);
      await token.write.mint([hostile.address, 10n ** 6n]);
      await hostile.write.forward([
        usdc,
        encodeFunctionData({
          abi: token.abi,
          functionName: 'approve',
          args: [market.address, 10n ** 6n],
        }),
      ]);
      const again = callOf('buy', [listing, 100n, []]);
      await hostile.write.prepare([market.address, again]);
      await hostile.write.forward([market.address, again]);
      assert.equal(await hostile.read.answer(), REENTERED);
      assert.equal(await credit.read.balanceOf([hostile.address, CREDIT_ID]), 100n);
    });

    it('a seller who takes no coin stops nobody, and takes it later', async () => {
      const { market, sellerCredit, seller, reader, credit, buyer } = await freshMarket();
      const hostile = await hostileBuyer();
      const terms = { ...TERMS, currency: CURRENCY.coin, pricePerTonne: parseEther('1') };
      await sellerCredit.write.safeTransferFrom([seller, hostile.address, CREDIT_ID, 50n, '0x']);
      await hostile.write.forward([
        credit.address,
        encodeFunctionData({
          abi: credit.abi,
          functionName: 'safeTransferFrom',
          args: [hostile.address, market.address, CREDIT_ID, 50n, encodeTerms(terms)],
        }),
      ]);
      await hostile.write.refuseCoin([true]);
      const listing = { seller: getAddress(hostile.address), creditId: CREDIT_ID, terms };
      const cost = parseEther('1') / 20_000n;
      const hash = await market.write.buy([listing, 50n, []], { value: cost });
      await assertions.emitWithArgs(hash, market, 'Owed', [listing.seller, cost]);
      assert.equal(await market.read.owed([hostile.address]), cost);
      assert.equal(await credit.read.balanceOf([buyer, CREDIT_ID]), 50n);
      assert.equal(await reader.getBalance({ address: market.address }), cost);

      const claim = callOf('claim', [hostile.address]);
      await assertSelector(
        hostile.write.forward([market.address, claim]),
        'TransferFailed(address,address,address,uint256)',
      );
      assert.equal(await market.read.owed([hostile.address]), cost);
      await hostile.write.refuseCoin([false]);
      await hostile.write.prepare([market.address, claim]);
      const taken = await hostile.write.forward([market.address, claim]);
      await assertions.emitWithArgs(taken, market, 'Claimed', [
        listing.seller,
        listing.seller,
        cost,
      ]);
      assert.equal(await hostile.read.answer(), REENTERED);
      assert.equal(await reader.getBalance({ address: market.address }), 0n);
    });
  });
});
