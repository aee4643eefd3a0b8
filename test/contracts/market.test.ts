import assert from 'node:assert/strict';

import {
  encodeAbiParameters,
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
  CREDIT_ID,
  CURRENCY,
  encodeTerms,
  FOREVER,
  GRAMS,
  openMarket,
  PRICE,
  TERMS,
} from './support/marketWorld.ts';

const { assertions, time, deploy, freshMarket } = await openMarket();

const PLAIN_ABI = parseAbi([
  'function mint(uint256 id, uint256 amount)',
  'function safeTransferFrom(address from, address to, uint256 id, uint256 value, bytes data)',
]);

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

    it("takes the chain's coin exactly, and none for a price in a token", async () => {
      const { market, seller, reader, list, credit, buyer } = await freshMarket();
      const inCoin = await list({ currency: CURRENCY.coin, pricePerTonne: parseEther('40') }, 100n);
      const inToken = await list({}, 100n);
      const cost = parseEther('40') / 10_000n;
      const before = await reader.getBalance({ address: seller });
      for (const value of [0n, cost - 1n, cost + 1n]) {
        await assertMarketRefused(
          market.write.buy([inCoin.listing, 100n, []], { value }),
          'CoinNotExact',
          [value, cost],
        );
      }
      await assertMarketRefused(
        market.write.buy([inToken.listing, 1n, []], { value: 1n }),
        'CoinNotExact',
        [1n, 0n],
      );
      await market.write.buy([inCoin.listing, 100n, []], { value: cost });
      assert.equal(await reader.getBalance({ address: seller }), before + cost);
      assert.equal(await credit.read.balanceOf([buyer, CREDIT_ID]), 100n);
    });
  });

  it('lists terms for ever up to the last second of its clock', async () => {
    const { list, market } = await freshMarket();
    const { listing } = await list({ expiresAt: FOREVER });
    await market.write.buy([listing, 1n, []]);
  });
});
