import assert from 'node:assert/strict';

import { keccak256, stringToHex } from 'viem';

import { openChain, type World } from './support/chain.ts';
import { eventsOf } from './support/events.ts';
import { assertPlansRefused, assertRefused } from './support/refusal.ts';
import {
  DISCOUNT,
  fieldName,
  NO_OFFERS,
  orderOf,
  PROFESSIONAL,
  renewalOf,
  SEASON_MONTHS,
  START,
  STARTER,
} from './support/world.ts';

const { time, freshWorld, smartWalletOf } = await openChain();

const LIST = 100_000_000n;
const at = (year: number, month: number, day = 1) => Date.UTC(year, month - 1, day) / 1_000;
const codeOf = (text: string) => stringToHex(text, { size: 32 });

/** Renews in the last second that is paid. */
async function renewAtEnd(w: World) {
  const { until } = await w.plans.read.subscription([w.alice]);
  await time.setNextBlockTimestamp(until - 1);
  return w.ofAlice.write.renew([renewalOf()]);
}

/** Pays `terms` terms in a row. */
async function payTerms(w: World, terms: number): Promise<void> {
  await w.ofAlice.write.subscribe([orderOf()]);
  for (let term = 1; term < terms; term++) await renewAtEnd(w);
}

describe('the season', () => {
  for (const [month, first, last] of [
    ['March', at(2029, 3), at(2029, 4) - 1],
    ['August', at(2028, 8), at(2028, 9) - 1],
    ['October', at(2028, 10), at(2028, 11) - 1],
  ] as const) {
    it(`takes 30 % off in ${month}, from its first second to its last`, async () => {
      const w = await freshWorld();
      for (const [second, discount] of [
        [first - 1, DISCOUNT.none],
        [first, DISCOUNT.season],
        [last, DISCOUNT.season],
        [last + 1, DISCOUNT.none],
      ] as const) {
        await time.increaseTo(second);
        const quote = await w.plans.read.quote([w.alice, orderOf()]);
        assert.equal(quote.discount, discount);
        assert.equal(quote.priceUsd, discount === DISCOUNT.season ? 70_000_000n : LIST);
      }
    });
  }

  it('does not begin on the leap day', async () => {
    const w = await freshWorld();
    await time.increaseTo(at(2032, 3) - 1);
    assert.equal((await w.plans.read.quote([w.alice, orderOf()])).discount, DISCOUNT.none);
  });

  it('tells of itself, and is the higher of two, and the first of two that are equal', async () => {
    const w = await freshWorld();
    await payTerms(w, 4);
    await time.increaseTo(at(2028, 8, 2));
    const events = await eventsOf(w, w.ofAlice.write.renew([renewalOf()]));
    assert.deepEqual(events.argsOf('DiscountApplied'), [
      { subscriber: w.alice, discount: DISCOUNT.season, percent: 30, listUsd: LIST },
    ]);
    assert.ok(!events.names.includes('LoyaltyApplied'));

    const offers = { ...NO_OFFERS, seasonMonths: SEASON_MONTHS, seasonPercent: 20 };
    await w.plans.write.setOffers([[STARTER], offers]);
    const quote = await w.plans.read.quoteRenewal([w.alice, renewalOf()]);
    assert.deepEqual([quote.discount, quote.percent], [DISCOUNT.season, 20n]);
  });

  it('of no percent is none', async () => {
    const w = await freshWorld();
    await w.plans.write.setOffers([[STARTER], { ...NO_OFFERS, seasonMonths: 0xfff }]);
    assert.equal((await w.plans.read.quote([w.alice, orderOf()])).discount, DISCOUNT.none);
  });
});

describe('loyalty', () => {
  it('takes 15, 20 and 25 % off from the 2nd, 4th and 8th term, and tells of the term', async () => {
    const w = await freshWorld();
    await w.plans.write.setOffers([[STARTER], NO_OFFERS]);
    await w.ofAlice.write.subscribe([orderOf()]);
    for (const [term, percent] of [
      [2, 15],
      [3, 15],
      [4, 20],
      [7, 20],
      [8, 25],
      [9, 25],
    ] as const) {
      while ((await w.plans.read.subscription([w.alice])).paidTerms < term - 1) {
        await renewAtEnd(w);
      }
      const { until } = await w.plans.read.subscription([w.alice]);
      await time.increaseTo(until - 2);
      const quote = await w.plans.read.quoteRenewal([w.alice, renewalOf()]);
      assert.deepEqual([quote.discount, quote.percent], [DISCOUNT.loyalty, BigInt(percent)]);
      const events = await eventsOf(w, renewAtEnd(w));
      assert.deepEqual(events.argsOf('LoyaltyApplied'), [
        { subscriber: w.alice, paidTerm: term, percent, listUsd: LIST },
      ]);
    }
  });

  it('counts up to 15 terms and stays there', async () => {
    const w = await freshWorld();
    await payTerms(w, 17);
    assert.equal((await w.plans.read.subscription([w.alice])).paidTerms, 15);
  });

  it('is quoted for the renewal, and the season where that falls into one', async () => {
    const w = await freshWorld();
    const quote = await w.plans.read.quote([w.alice, orderOf()]);
    assert.deepEqual(
      [quote.renewalDiscount, quote.renewalPercent, quote.renewalUsd],
      [DISCOUNT.loyalty, 15n, 85_000_000n],
    );
    await time.increaseTo(at(2028, 7, 10));
    const summer = await w.plans.read.quote([w.alice, orderOf()]);
    assert.deepEqual([summer.renewalDiscount, summer.renewalUsd], [DISCOUNT.season, 70_000_000n]);
    await w.ofAlice.write.subscribe([orderOf()]);
    await w.plans.write.retirePlan([STARTER]);
    const none = await assertNoRenewal(w);
    assert.equal(none, undefined);
  });

  async function assertNoRenewal(w: World): Promise<void> {
    await assertPlansRefused(w.plans.read.quoteRenewal([w.alice, renewalOf()]), 'PlanNotForSale', [
      STARTER,
    ]);
  }
});

describe('a promo code', () => {
  it('takes its percent off, is spent, and tells of it', async () => {
    const w = await freshWorld();
    const promo = await w.signPromo();
    const quote = await w.plans.read.quote([w.alice, orderOf({ promos: [promo] })]);
    assert.deepEqual([quote.discount, quote.percent], [DISCOUNT.promo, 50n]);

    const events = await eventsOf(w, w.ofAlice.write.subscribe([orderOf({ promos: [promo] })]));
    assert.deepEqual(events.argsOf('PromoUsed'), [
      {
        subscriber: w.alice,
        codeHash: keccak256(promo.code),
        used: 1n,
        percent: 50,
        listUsd: LIST,
      },
    ]);
    assert.equal((await w.plans.read.subscription([w.alice])).funded, 50_000_000n);
    assert.deepEqual(await w.ofAlice.read.promoUses([keccak256(promo.code), w.alice]), [1n, 1n]);
  });

  it('is not spent, nor looked at, where another discount is as high', async () => {
    const w = await freshWorld();
    await time.increaseTo(at(2028, 8));
    const promo = { ...(await w.signPromo({ percent: 30 })), signature: '0x' } as const;
    await w.ofAlice.write.subscribe([orderOf({ promos: [promo] })]);
    assert.deepEqual(await w.ofAlice.read.promoUses([keccak256(promo.code), w.alice]), [0n, 0n]);
  });

  it('is void when it expires, to the second', async () => {
    const w = await freshWorld();
    const promo = await w.signPromo({ expiresAt: START + 1_000, walletLimit: 9 });
    await time.setNextBlockTimestamp(START + 999);
    await w.ofAlice.write.subscribe([orderOf({ promos: [promo] })]);
    await time.setNextBlockTimestamp(START + 1_000);
    await assertRefused(w.ofBob.write.subscribe([orderOf({ promos: [promo] })]), 'PromoExpired', [
      keccak256(promo.code),
      BigInt(START + 1_000),
    ]);
  });

  it('is bound to its wallet and its plan', async () => {
    const w = await freshWorld();
    const promo = await w.signPromo({ wallet: w.alice, planId: PROFESSIONAL });
    const codeHash = keccak256(promo.code);
    await assertRefused(
      w.ofBob.write.subscribe([orderOf({ promos: [promo], planId: PROFESSIONAL })]),
      'PromoForOtherWallet',
      [codeHash, w.alice, w.bob],
    );
    await assertRefused(
      w.ofAlice.write.subscribe([orderOf({ promos: [promo] })]),
      'PromoForOtherPlan',
      [codeHash, PROFESSIONAL, STARTER],
    );
    await w.ofAlice.write.subscribe([orderOf({ promos: [promo], planId: PROFESSIONAL })]);
  });

  it('is foreign when signed by another, for another chain or contract, or changed', async () => {
    const w = await freshWorld();
    const genuine = await w.signPromo();
    const foreign = [
      await w.signPromo({}, w.actors.bob),
      await w.signPromo({}, w.actors.operator, w.plansAddress),
      await w.signPromo({}, w.actors.operator, w.address, 137),
      { ...genuine, percent: 51 },
      { ...genuine, totalLimit: 1 },
      { ...genuine, walletLimit: 2 },
      { ...genuine, expiresAt: genuine.expiresAt + 1 },
      { ...genuine, wallet: w.alice },
      { ...genuine, planId: STARTER },
      { ...genuine, code: codeOf('OTHER') },
      { ...genuine, signature: '0x' as const },
    ];
    for (const promo of foreign) {
      const codeHash = keccak256(promo.code);
      await assertRefused(
        w.ofAlice.write.subscribe([orderOf({ promos: [promo] })]),
        'PromoForeign',
        [codeHash],
      );
    }
    await w.plans.write.setOffers([[STARTER], NO_OFFERS]);
    await assertPlansRefused(
      w.plans.read.quote([w.alice, orderOf({ promos: [genuine] })]),
      'PromoForeign',
      [keccak256(genuine.code)],
    );
  });

  it('may be signed by a contract', async () => {
    const w = await freshWorld();
    const signer = await smartWalletOf(w.carol);
    await w.plans.write.setOffers([[STARTER], { ...NO_OFFERS, promoSigner: signer.address }]);
    const promo = await w.signPromo({}, w.actors.carol);
    await w.ofAlice.write.subscribe([orderOf({ promos: [promo] })]);
    await assertRefused(
      w.ofBob.write.subscribe([orderOf({ promos: [await w.signPromo({}, w.actors.bob)] })]),
      'PromoForeign',
      [keccak256(promo.code)],
    );
  });

  it('takes off at most 90 %', async () => {
    const w = await freshWorld();
    await w.ofBob.write.subscribe([orderOf({ promos: [await w.signPromo({ percent: 90 })] })]);
    assert.equal((await w.plans.read.subscription([w.bob])).funded, 10_000_000n);
    await assertRefused(
      w.ofAlice.write.subscribe([orderOf({ promos: [await w.signPromo({ percent: 91 })] })]),
      'ValueOutOfRange',
      [fieldName('percent'), 91n],
    );
  });

  it('is used up by its total limit', async () => {
    const w = await freshWorld();
    const promo = await w.signPromo({ totalLimit: 2 });
    await w.ofAlice.write.subscribe([orderOf({ promos: [promo] })]);
    await w.ofBob.write.subscribe([orderOf({ promos: [promo] })]);
    await assertRefused(w.ofCarol.write.subscribe([orderOf({ promos: [promo] })]), 'PromoUsedUp', [
      keccak256(promo.code),
      2n,
    ]);
  });

  it('is used by a wallet as often as it allows, whatever other codes come between', async () => {
    const w = await freshWorld();
    const one = await w.signPromo({ code: codeOf('ONE'), walletLimit: 2 });
    const two = await w.signPromo({ code: codeOf('TWO'), walletLimit: 1 });
    const pay = (promo: typeof one) => w.ofAlice.write.renew([renewalOf({ promos: [promo] })]);
    await w.ofAlice.write.subscribe([orderOf({ promos: [one] })]);
    await pay(two);
    await assertRefused(pay(two), 'PromoUsedByWallet', [keccak256(two.code), w.alice, 1n]);
    await pay(one);
    await assertRefused(pay(one), 'PromoUsedByWallet', [keccak256(one.code), w.alice, 2n]);
    await assertRefused(pay(two), 'PromoUsedByWallet', [keccak256(two.code), w.alice, 1n]);
    assert.deepEqual(await w.ofAlice.read.promoUses([keccak256(one.code), w.alice]), [2n, 2n]);
    assert.deepEqual(await w.ofAlice.read.promoUses([keccak256(two.code), w.alice]), [1n, 1n]);
  });

  it('is used by one wallet at most 15 times, whatever it allows', async () => {
    const w = await freshWorld();
    const promo = await w.signPromo({ walletLimit: 200 });
    await w.ofAlice.write.subscribe([orderOf({ promos: [promo] })]);
    for (let use = 1; use < 15; use++) {
      await w.ofAlice.write.renew([renewalOf({ promos: [promo] })]);
    }
    await assertRefused(
      w.ofAlice.write.renew([renewalOf({ promos: [promo] })]),
      'PromoUsedByWallet',
      [keccak256(promo.code), w.alice, 15n],
    );
  });

  it('stays spent when the subscription is canceled and bought again', async () => {
    const w = await freshWorld();
    const promo = await w.signPromo();
    await w.ofAlice.write.subscribe([orderOf({ promos: [promo] })]);
    await w.ofAlice.write.cancelAndRefund();
    await assertRefused(
      w.ofAlice.write.subscribe([orderOf({ promos: [promo] })]),
      'PromoUsedByWallet',
      [keccak256(promo.code), w.alice, 1n],
    );
  });
});
