import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { keccak256, stringToHex, zeroHash } from 'viem';
import { startIndexer, type Indexer } from './support/indexer.ts';
import { DAY, Market, orderOf, POL, USDC, USDT } from './support/market.ts';

const ANYTHING = 2n ** 256n - 1n;
const renewalOf = (tokenId: number) => ({
  tokenId,
  maxAmount: ANYTHING,
  promos: [],
  permits: [],
});

interface Row {
  readonly subscriber: string;
  readonly state: string;
  readonly until: number;
  readonly endsAt: number;
}

/** What the last event left, as the contract's view has it at a time. */
function stateAt({ state, until, endsAt }: Row, now: number): string {
  if (state === 'free' || state === 'disputed') return state;
  if (now >= endsAt) return 'ended';
  if (state === 'canceled') return 'canceled';
  return now >= until ? 'grace' : state;
}

describe('the tables of subscriptions', () => {
  let market: Market;
  let indexer: Indexer;
  const folder = mkdtempSync(join(tmpdir(), 'truetonne-indexer-'));

  before(async () => {
    market = await Market.open();
    indexer = await startIndexer(market.deployment, folder);
  });
  after(async () => {
    await indexer.stop('SIGTERM');
    await market.anvil.stop();
    rmSync(folder, { recursive: true });
  });

  async function ask<T>(query: string): Promise<T> {
    // Proof: the query names the fields of T.
    return (await indexer.query(query)) as T;
  }

  /** Law 4 and law 10: books and subscriptions equal the views at the same block. */
  async function assertEqualsChain(): Promise<void> {
    const expected = await market.expected();
    await indexer.until(expected.block);
    const { subscriptions, paymentTokens, keptMoneys } = await ask<{
      subscriptions: { items: readonly Row[] };
      paymentTokens: {
        items: readonly {
          id: number;
          balance: string;
          earned: string;
          funded: string;
          owed: string;
        }[];
      };
      keptMoneys: { items: unknown };
    }>(`{
      subscriptions(limit: 100) { items {
        subscriber state planId yearly tokenId paidTerms capCents since until endsAt receipts funded
        instalmentsLeft
      } }
      paymentTokens(orderBy: "id") { items { id balance earned funded owed } }
      keptMoneys(where: { amount_gt: "0" }, limit: 100) { items { account tokenId amount } }
    }`);
    const found = new Map(subscriptions.items.map((row) => [row.subscriber, row]));
    for (const view of expected.subscriptions) {
      const row = found.get(view.subscriber);
      if (row === undefined) {
        assert.equal(view.state, 'free', view.subscriber);
        continue;
      }
      assert.deepEqual({ ...row, state: stateAt(row, expected.now) }, view);
    }
    const funded = (tokenId: number) =>
      expected.subscriptions.reduce(
        (sum, row) => (row.tokenId === tokenId ? sum + BigInt(row.funded) : sum),
        0n,
      );
    const owed = (tokenId: number) =>
      expected.owed.reduce(
        (sum, row) => (row.tokenId === tokenId ? sum + BigInt(row.amount) : sum),
        0n,
      );
    const books = expected.books.map((row) => ({
      ...row,
      funded: String(funded(row.id)),
      owed: String(owed(row.id)),
    }));
    assert.deepEqual(paymentTokens.items, books);
    const byAccount = (rows: unknown) =>
      [...(rows as typeof expected.owed)].sort((a, b) =>
        `${a.account}${a.tokenId}` < `${b.account}${b.tokenId}` ? -1 : 1,
      );
    assert.deepEqual(byAccount(keptMoneys.items), byAccount(expected.owed));
  }

  it('follow a life: referral, instalments, grace, keeper, cancel, dispute, hand-over', async () => {
    const [operator, referrer, alice] = [market.wallet(0), market.wallet(1), market.wallet(2)];
    const [bob, carol, arbiter] = [market.wallet(3), market.wallet(4), market.wallet(6)];
    await market.call(referrer, 'registerReferrer', []);
    const referred = { referred: true, referrer, capCents: 10_000 } as const;
    await market.call(alice, 'subscribe', [orderOf({ ...referred, tokenId: USDT })]);
    await market.call(bob, 'startTrial', [orderOf({ planId: 2, ...referred, instalments: 3 })]);
    await market.call(bob, 'renew', [renewalOf(USDC)]);
    const coin = 5n * 10n ** 21n;
    await market.call(carol, 'subscribe', [orderOf({ tokenId: POL, yearly: true })], coin);
    await market.call(carol, 'changePlan', [orderOf({ planId: 2, tokenId: POL })], coin);
    const dave = market.wallet(5);
    await market.call(dave, 'subscribe', [orderOf({ tokenId: USDC })]);
    await market.call(dave, 'changePlan', [orderOf({ planId: 2, tokenId: USDC })]);
    // Paid two terms ahead, which do not count: the change lowers the terms in a row.
    const erin = market.wallet(7);
    await market.call(erin, 'subscribe', [orderOf({ tokenId: USDC, instalments: 3 })]);
    for (let part = 2; part <= 9; part += 1) await market.call(erin, 'renew', [renewalOf(USDC)]);
    await market.call(erin, 'changePlan', [orderOf({ planId: 2, tokenId: USDC, capCents: 1 })]);
    // By a month of the year.
    await market.call(arbiter, 'subscribe', [orderOf({ yearly: true, instalments: 12 })]);
    await assertEqualsChain();

    await market.wait(10 * DAY);
    await market.call(operator, 'collect', [[alice, bob, carol]]);
    await market.operate(operator, 'withdraw', [USDT, 1_000n]);
    await market.call(bob, 'cancel', []);
    await market.call(bob, 'resume', []);
    await assertEqualsChain();

    await market.wait(19 * DAY + DAY / 2);
    await market.call(operator, 'renewMany', [[alice, bob, carol, operator]]);
    await assertEqualsChain();

    // Told twice; a grace begins once, an instalment is missed once.
    await market.wait(2 * DAY);
    for (let time = 0; time < 2; time += 1) {
      await market.call(bob, 'renewMany', [[erin, arbiter]]);
    }
    await assertEqualsChain();

    await market.call(alice, 'dispute', [keccak256(stringToHex('it never worked'))]);
    await market.operate(arbiter, 'resolve', [alice, 1_000_000n]);
    await market.call(alice, 'claim', [USDT, referrer]);
    await market.call(carol, 'offerHandOver', [alice]);
    await market.call(alice, 'acceptHandOver', [carol]);
    await market.call(alice, 'cancelAndRefund', []);
    await market.wait(20 * DAY);
    await assertEqualsChain();

    const told = await ask(`{
      subscriptionEvents(where: { kind: paymentFailed }, orderBy: "id") {
        items { subscriber reason }
      }
      instalmentsMissed: subscriptionEvents(where: { kind: instalmentMissed }) {
        items { subscriber number }
      }
      graces: subscriptionEvents(where: { kind: graceStarted }, orderBy: "id") {
        items { subscriber }
      }
      receipts(where: { subscriber: "${alice}" }) {
        items { number purchase usd discount percent listUsd amount sender }
      }
      bob: receipts(where: { subscriber: "${bob}" }) { items { instalment instalments usd } }
      referralEarnings(orderBy: "tokenId") { items { referrer tokenId referrals amount } }
      disputes { items { subscriber toSubscriber byDeadline } }
      withdrawals { items { tokenId amount } }
      planVersions(where: { planId: 1 }) { items { version change monthlyUsd seasonPercent } }
    }`);
    const { receipts } = await ask<{
      receipts: { items: readonly { purchase: string; amount: string; carried: string }[] };
    }>(`{ receipts(where: { subscriber: "${dave}" }, orderBy: "number") {
      items { purchase amount carried } } }`);
    const [first49, rest] = receipts.items;
    assert.deepEqual(first49, { purchase: 'subscribed', amount: '49000000', carried: '0' });
    assert.ok(rest !== undefined && BigInt(rest.carried) > 48_990_000n);
    // What was unused and what was paid are the price of the plan, to the unit.
    assert.equal(BigInt(rest.amount) + BigInt(rest.carried), 199_000_000n);
    const lower = (address: string) => address.toLowerCase();
    // 49 USD less the welcome of 10 %; the third of 199 USD likewise.
    const first = { number: 1, purchase: 'subscribed', usd: '44100000', amount: '44100000' };
    const failures = [
      { subscriber: lower(erin), reason: 'PRICE_ABOVE_CAP' },
      { subscriber: lower(arbiter), reason: 'RENEWAL_NOT_AGREED' },
    ];
    assert.deepEqual(told, {
      subscriptionEvents: {
        items: [
          // Of bob, whose time was over, and carol, whose was not, nothing was due.
          ...failures,
          ...failures,
        ],
      },
      instalmentsMissed: { items: [{ subscriber: lower(arbiter), number: 2 }] },
      graces: {
        items: [{ subscriber: lower(bob) }, ...failures.map(({ subscriber }) => ({ subscriber }))],
      },
      receipts: {
        items: [
          {
            ...first,
            ...{ discount: 'welcome', percent: 10, listUsd: '49000000' },
            sender: lower(alice),
          },
          {
            ...{ number: 2, purchase: 'renewed', usd: '41650000', amount: '41650000' },
            ...{ discount: 'loyalty', percent: 15, listUsd: '49000000', sender: lower(operator) },
          },
        ],
      },
      bob: { items: [{ instalment: 1, instalments: 3, usd: '59700000' }] },
      referralEarnings: {
        items: [
          { referrer: lower(referrer), tokenId: USDC, referrals: 1, amount: '5970000' },
          { referrer: lower(referrer), tokenId: USDT, referrals: 1, amount: '4410000' },
        ],
      },
      disputes: {
        items: [{ subscriber: lower(alice), toSubscriber: '1000000', byDeadline: false }],
      },
      withdrawals: { items: [{ tokenId: USDT, amount: '1000' }] },
      planVersions: {
        items: [{ version: 1, change: 'planCreated', monthlyUsd: '49000000', seasonPercent: 30 }],
      },
    });
  });

  it('equal the chain after a random walk of subscribers, keepers and operator', async () => {
    let seed = 20_261_127;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 1;
      return seed % below;
    };
    const operator = market.wallet(0);
    let sent = 0;
    for (let step = 0; step < 120; step += 1) {
      const wallet = market.wallet(2 + random(5));
      const other = market.wallet(2 + random(5));
      const tokenId = random(3);
      const value = tokenId === POL ? 3n * 10n ** 21n : 0n;
      const order = orderOf({
        ...{
          planId: 1 + random(3),
          yearly: random(4) === 0,
          tokenId,
          capCents: random(2) * 99_999,
        },
        instalments: random(4),
        ...(random(2) === 0 ? { referred: true, referrer: other } : {}),
      });
      const moves = [
        () => market.try(wallet, 'subscribe', [order], value),
        () => market.try(wallet, 'startTrial', [order]),
        () => market.try(wallet, 'renew', [renewalOf(tokenId)], value),
        () => market.try(wallet, 'changePlan', [{ ...order, instalments: 0 }], value),
        () => market.try(wallet, 'setRenewalCap', [random(200_000)]),
        () => market.try(wallet, 'cancel', []),
        () => market.try(wallet, 'resume', []),
        () => market.try(wallet, 'cancelAndRefund', []),
        () => market.try(wallet, 'dispute', [zeroHash]),
        () => market.try(operator, 'resolveByDeadline', [wallet]),
        () => market.try(wallet, 'offerHandOver', [other]),
        () => market.try(other, 'acceptHandOver', [wallet]),
        () => market.try(operator, 'collect', [market.wallets.slice(2, 7)]),
        () => market.try(operator, 'renewMany', [market.wallets.slice(2, 7)]),
        () => market.try(wallet, 'claim', [tokenId, wallet]),
      ];
      const move = moves[random(moves.length)];
      if ((await move?.()) === 'sent') sent += 1;
      if (random(2) === 0) await market.wait(random(9 * DAY));
    }
    assert.ok(sent > 30, `only ${sent} moves were possible`);
    await assertEqualsChain();
  });
});
