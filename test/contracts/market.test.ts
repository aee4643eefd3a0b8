import assert from 'node:assert/strict';

import {
  encodeAbiParameters,
  encodeFunctionData,
  getAddress,
  getContract,
  keccak256,
  parseAbi,
  parseEther,
  zeroAddress,
} from 'viem';

import { marketAbi } from '../../protocol/src/index.ts';
import { assertCreditRefused } from './support/refusal.ts';
import {
  assertMarketRefused,
  assertSelector,
  callOf,
  CREDIT_ID,
  CURRENCY,
  dedicationOf,
  encodeTerms,
  FIRST_RETIREMENT,
  FOREVER,
  GRAMS,
  openMarket,
  PRICE,
  TERMS,
} from './support/marketWorld.ts';

const { assertions, time, deploy, freshMarket, hostileBuyer } = await openMarket();

const PLAIN_ABI = parseAbi([
  'function mint(uint256 id, uint256 amount)',
  'function safeTransferFrom(address from, address to, uint256 id, uint256 value, bytes data)',
]);
/** As in HostileToken. */
const MANNER = { takesFee: 1, returnsFalse: 2, reverts: 3, reenters: 4, shrinks: 5 } as const;
/** ReentrancyGuardReentrantCall(). */
const REENTERED = '0x3ee5aeb5';
/** 20.00 x 35,200 g / 1,000,000 g. */
const PRICE_OF_ALL = 704_000n;

describe('TonneMarket', () => {
  it('knows its credit contract, its certificates and its tokens', async () => {
    const { market, credit, certificates, usdc, hostile } = await freshMarket();
    assert.equal(await market.read.credit(), getAddress(credit.address));
    assert.equal(await market.read.certificates(), getAddress(certificates.address));
    assert.equal(await market.read.tokenOf([CURRENCY.coin]), zeroAddress);
    assert.equal(await market.read.tokenOf([CURRENCY.usdc]), getAddress(usdc));
    assert.equal(await market.read.tokenOf([CURRENCY.usdt]), getAddress(hostile));
    assert.equal(await market.read.supportsInterface(['0x4e2312e0']), true);
    assert.equal(await market.read.supportsInterface(['0x01ffc9a7']), true);
    assert.equal(await market.read.supportsInterface(['0xffffffff']), false);
  });

  it('is not deployed for a token without code', async () => {
    const { certificates, usdc, buyer } = await freshMarket();
    for (const [first, second] of [
      [buyer, usdc],
      [usdc, buyer],
    ] as const) {
      await assert.rejects(
        deploy('TonneMarket', [certificates.address, first, second]),
        /TokenWithoutCode/,
      );
    }
  });

  it('does without a token that a chain does not have', async () => {
    const { certificates, usdc, seller, sellerCredit, marketAt } = await freshMarket();
    const deployed = await deploy('TonneMarket', [certificates.address, usdc, zeroAddress]);
    const market = marketAt(deployed.address);
    const list = (currency: number) =>
      sellerCredit.write.safeTransferFrom([
        seller,
        market.address,
        CREDIT_ID,
        1n,
        encodeTerms({ ...TERMS, currency }),
      ]);
    await assertMarketRefused(list(CURRENCY.usdt), 'CurrencyNotTaken', [CURRENCY.usdt]);
    await assertMarketRefused(market.read.tokenOf([CURRENCY.usdt]), 'CurrencyNotTaken', [
      CURRENCY.usdt,
    ]);
    await list(CURRENCY.usdc);
  });

  describe('listing', () => {
    it('takes the grams in with one transfer and no approval', async () => {
      const { market, credit, seller, list } = await freshMarket();
      const { hash, listing, listingId } = await list({ minimumGrams: 100n });
      await assertions.emitWithArgs(hash, market, 'Listed', [
        listingId,
        seller,
        CREDIT_ID,
        GRAMS,
        listing.terms,
      ]);
      assert.equal(await market.read.leftOf([listingId]), GRAMS);
      assert.equal(await credit.read.balanceOf([seller, CREDIT_ID]), 0n);
      assert.equal(await credit.read.balanceOf([market.address, CREDIT_ID]), GRAMS);
    });

    it('is known by the hash of seller, credit and terms, and adds to one that is the same', async () => {
      const { market, list } = await freshMarket();
      const first = await list({}, 1_000n);
      const second = await list({}, 500n);
      const dearer = await list({ pricePerTonne: PRICE + 1n }, 200n);
      assert.equal(first.listingId, second.listingId);
      assert.notEqual(first.listingId, dearer.listingId);
      const { seller, creditId, terms } = first.listing;
      const packed = encodeAbiParameters(
        ['address', 'uint256', 'uint128', 'uint8', 'uint64', 'uint40'].map((type) => ({ type })),
        [
          seller,
          creditId,
          terms.pricePerTonne,
          terms.currency,
          terms.minimumGrams,
          terms.expiresAt,
        ],
      );
      assert.equal(first.listingId, keccak256(packed));
      assert.equal(await market.read.leftOf([first.listingId]), 1_500n);
      assert.equal(await market.read.leftOf([dearer.listingId]), 200n);
    });

    it('refuses a price of zero, no grams, a minimum above the offer, and a time that is over', async () => {
      const { list } = await freshMarket();
      await assertMarketRefused(list({ pricePerTonne: 0n }), 'PriceZero', []);
      await assertMarketRefused(list({}, 0n), 'GramsZero', []);
      await assertMarketRefused(list({ minimumGrams: 11n }, 10n), 'MinimumAboveOffer', [11n, 10n]);
      const now = (await time.latest()) + 10;
      await time.setNextBlockTimestamp(now);
      await assertMarketRefused(list({ expiresAt: now }), 'ListingExpired', [
        BigInt(now),
        BigInt(now),
      ]);
    });

    it('refuses credits without terms, and several credits at once', async () => {
      const { sellerCredit, seller, market } = await freshMarket();
      const to = market.address;
      for (const data of ['0x', '0x00', `${encodeTerms(TERMS)}00`] as const) {
        await assertMarketRefused(
          sellerCredit.write.safeTransferFrom([seller, to, CREDIT_ID, 1n, data]),
          'TermsMissing',
          [BigInt((data.length - 2) / 2)],
        );
      }
      await assertMarketRefused(
        sellerCredit.write.safeBatchTransferFrom([seller, to, [CREDIT_ID], [1n], '0x']),
        'OneCreditOnly',
        [],
      );
    });

    it('refuses a currency that there is not', async () => {
      const { sellerCredit, seller, market } = await freshMarket();
      const data = encodeTerms({ ...TERMS, currency: 3 });
      await assertCreditRefused(
        sellerCredit.write.safeTransferFrom([seller, market.address, CREDIT_ID, 1n, data]),
        'ERC1155InvalidReceiver',
        [getAddress(market.address)],
      );
    });

    it('refuses grams that are no credits', async () => {
      const { market, actors, seller } = await freshMarket();
      const { address } = await deploy('PlainErc1155', []);
      const other = getContract({
        address,
        abi: [...PLAIN_ABI, ...marketAbi],
        client: actors.owner,
      });
      await other.write.mint([1n, 5n]);
      await assertMarketRefused(
        other.write.safeTransferFrom([seller, market.address, 1n, 5n, encodeTerms(TERMS)]),
        'NotCreditToken',
        [getAddress(address)],
      );
    });

    it("refuses someone else's credits, and more than the balance", async () => {
      const { creditOf, actors, buyer, seller, market, list } = await freshMarket();
      await assertCreditRefused(
        creditOf(actors.buyer).write.safeTransferFrom([
          seller,
          market.address,
          CREDIT_ID,
          1n,
          encodeTerms(TERMS),
        ]),
        'ERC1155MissingApprovalForAll',
        [buyer, seller],
      );
      await assertCreditRefused(list({}, GRAMS + 1n), 'ERC1155InsufficientBalance', [
        seller,
        GRAMS,
        GRAMS + 1n,
        CREDIT_ID,
      ]);
    });

    it('lists for the holder what an approved operator sends', async () => {
      const { sellerCredit, creditOf, actors, buyer, seller, market, listingOf } =
        await freshMarket();
      await sellerCredit.write.setApprovalForAll([buyer, true]);
      const send = [seller, market.address, CREDIT_ID, 7n, encodeTerms(TERMS)] as const;
      await creditOf(actors.buyer).write.safeTransferFrom(send);
      const id = await market.read.idOf([listingOf()]);
      assert.equal(await market.read.leftOf([id]), 7n);
    });
  });

  describe('buy', () => {
    it('moves grams one way and the exact price the other', async () => {
      const { market, credit, usdc, buyer, seller, list, balanceOf } = await freshMarket();
      const { listing, listingId } = await list();
      const before = await balanceOf(usdc, buyer);
      const hash = await market.write.buy([listing, 10_000n, []]);
      await assertions.emitWithArgs(hash, market, 'Sold', [
        listingId,
        buyer,
        10_000n,
        200_000n,
        0n,
      ]);
      assert.equal(await credit.read.balanceOf([buyer, CREDIT_ID]), 10_000n);
      assert.equal(await market.read.leftOf([listingId]), GRAMS - 10_000n);
      assert.equal(await balanceOf(usdc, buyer), before - 200_000n);
      assert.equal(await balanceOf(usdc, seller), 200_000n);
      assert.equal(await balanceOf(usdc, market.address), 0n);
    });

    it('rounds the price up: no gram is free, and parts cost no less than the whole', async () => {
      const { market, usdc, seller, list, balanceOf } = await freshMarket();
      assert.equal(await market.read.costUp([1n, 1n]), 1n);
      assert.equal(await market.read.costUp([1_000_000n, 1n]), 1n);
      assert.equal(await market.read.costUp([1_000_001n, 1n]), 2n);
      assert.equal(await market.read.costUp([50_000n, PRICE]), 1_000_000n);
      const most = (2n ** 64n - 1n) * (2n ** 128n - 1n);
      assert.equal(
        await market.read.costUp([2n ** 64n - 1n, 2n ** 128n - 1n]),
        (most + 999_999n) / 1_000_000n,
      );
      const { listing } = await list({ pricePerTonne: 3n });
      await market.write.buy([listing, 1n, []]);
      assert.equal(await balanceOf(usdc, seller), 1n);
    });

    it('holds the buyer to the minimum, but for the rest', async () => {
      const { market, list } = await freshMarket();
      const { listing, listingId } = await list({ minimumGrams: 20_000n });
      await assertMarketRefused(market.write.buy([listing, 19_999n, []]), 'BelowMinimum', [
        listingId,
        19_999n,
        20_000n,
      ]);
      await market.write.buy([listing, 20_000n, []]);
      await assertMarketRefused(market.write.buy([listing, 15_199n, []]), 'BelowMinimum', [
        listingId,
        15_199n,
        20_000n,
      ]);
      await market.write.buy([listing, 15_200n, []]);
      assert.equal(await market.read.leftOf([listingId]), 0n);
    });

    it('refuses nothing, more than is left, terms that were never listed, and what is over', async () => {
      const { market, list, listingOf } = await freshMarket();
      const end = (await time.latest()) + 1_000;
      const { listing, listingId } = await list({ expiresAt: end });
      await assertMarketRefused(market.write.buy([listing, 0n, []]), 'GramsZero', []);
      await assertMarketRefused(market.write.buy([listing, GRAMS + 1n, []]), 'ListingShort', [
        listingId,
        GRAMS,
        GRAMS + 1n,
      ]);
      const cheaper = listingOf({ pricePerTonne: 1n });
      await assertMarketRefused(market.write.buy([cheaper, 1n, []]), 'ListingShort', [
        await market.read.idOf([cheaper]),
        0n,
        1n,
      ]);
      await time.setNextBlockTimestamp(end - 1);
      await market.write.buy([listing, 1n, []]);
      await time.setNextBlockTimestamp(end);
      await assertMarketRefused(market.write.buy([listing, 1n, []]), 'ListingExpired', [
        BigInt(end),
        BigInt(end),
      ]);
    });

    it('refuses a seller as buyer', async () => {
      const { sellerMarket, seller, list } = await freshMarket();
      const { listing } = await list();
      await assertMarketRefused(sellerMarket.write.buy([listing, 1n, []]), 'OwnListing', [seller]);
    });

    it('says whether allowance or balance is short', async () => {
      const { market, tokenOf, usdc, actors, buyer, list, balanceOf } = await freshMarket();
      const { listing } = await list({ pricePerTonne: 10n ** 15n });
      const token = tokenOf(usdc, actors.buyer);
      await token.write.approve([market.address, 5n]);
      await assertMarketRefused(market.write.buy([listing, 1n, []]), 'AllowanceShort', [
        buyer,
        getAddress(usdc),
        5n,
        10n ** 9n,
      ]);
      await token.write.approve([market.address, 2n ** 255n]);
      const balance = await balanceOf(usdc, buyer);
      await assertMarketRefused(market.write.buy([listing, 10_000n, []]), 'BalanceShort', [
        buyer,
        getAddress(usdc),
        balance,
        10n ** 13n,
      ]);
    });

    it('takes a permit, also one that somebody used before, and does not mind a bad one', async () => {
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

    it("takes the chain's coin exactly, and none for a price in a token", async () => {
      const { market, seller, reader, list, credit, buyer } = await freshMarket();
      const inCoin = await list({ currency: CURRENCY.coin, pricePerTonne: parseEther('40') }, 100n);
      const inToken = await list({}, 100n);
      const cost = parseEther('40') / 10_000n;
      const before = await reader.getBalance({ address: seller });
      for (const value of [0n, cost - 1n, cost + 1n]) {
        await assertMarketRefused(
          market.write.buy([inCoin.listing, 100n, []], { value }),
          'ValueNotExact',
          [value, cost],
        );
      }
      await assertMarketRefused(
        market.write.buy([inToken.listing, 1n, []], { value: 1n }),
        'ValueNotExact',
        [1n, 0n],
      );
      await market.write.buy([inCoin.listing, 100n, []], { value: cost });
      assert.equal(await reader.getBalance({ address: seller }), before + cost);
      assert.equal(await credit.read.balanceOf([buyer, CREDIT_ID]), 100n);
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

  it('lists terms for ever up to the last second of its clock', async () => {
    const { list, market } = await freshMarket();
    const { listing } = await list({ expiresAt: FOREVER });
    await market.write.buy([listing, 1n, []]);
  });
});
