import assert from 'node:assert/strict';

import { encodeAbiParameters, keccak256, type Hex } from 'viem';

import { openChain, type World } from './support/chain.ts';
import { assertRefused } from './support/refusal.ts';
import { draftOf, NO_OFFERS, orderOf, renewalOf, TERMS, USDC } from './support/world.ts';

const { time, networkHelpers, freshWorld } = await openChain();

const MOST_FUNDED = 2n ** 88n - 1n;
/** The highest price of a plan, USD x 10^6. */
const DEAREST = 2 ** 38 - 1;
/** Where the receipts of an account stand, and how many fit. */
const RECEIPTS_AT = 235n;
const MOST_RECEIPTS = 4_095n;

/** The dearest plan, for sale in a token of 18 decimals that is worth `e8` / 10^8 dollars. */
async function freshDearest(e8: bigint) {
  const w = await freshWorld();
  await w.plans.write.createPlan(['Dear', { ...TERMS, monthlyUsd: DEAREST }, NO_OFFERS]);
  await w.feedOf(w.feeds.pol, w.actors.operator).write.say([e8, BigInt(await time.latest())]);
  const draft = draftOf(w.tokens.dai, { feed: w.feeds.pol, maxAge: 2 ** 24 - 1 });
  await w.plans.write.acceptToken([{ ...draft, minPriceE4: 1 }]);
  return { w, order: orderOf({ planId: 3, tokenId: 5 }) };
}

describe('an amount', () => {
  it('of a token that is worth next to nothing is refused where it does not fit', async () => {
    const { w, order } = await freshDearest(10_000n);
    const { amount } = await w.plans.read.quote([w.alice, order]);
    assert.equal(amount, BigInt(DEAREST) * 10n ** 16n);
    assert.ok(amount > MOST_FUNDED);
    await assertRefused(w.ofAlice.write.subscribe([order]), 'AmountTooLarge', [amount]);
  });

  it('that fits is refused where it does not with what is unused', async () => {
    const { w, order } = await freshDearest(100_000n);
    await w.ofAlice.write.subscribe([order]);
    const { funded } = await w.plans.read.subscription([w.alice]);
    assert.ok(funded <= MOST_FUNDED);
    await time.setNextBlockTimestamp((await time.latest()) + 30);
    await assert.rejects(w.ofAlice.write.renew([renewalOf(order)]), /AmountTooLarge/);
    assert.equal((await w.plans.read.subscription([w.alice])).funded, funded);
  });
});

describe('a receipt', () => {
  it('is given for 4,095 payments of a wallet, and none is taken after', async () => {
    const w = await freshWorld();
    await w.ofAlice.write.subscribe([orderOf()]);
    await setReceipts(w, MOST_RECEIPTS - 1n);
    await w.ofAlice.write.renew([renewalOf()]);
    assert.equal((await w.plans.read.subscription([w.alice])).receipts, Number(MOST_RECEIPTS));
    const before = await w.balanceOf(w.tokens.usdc, w.alice);
    await assertRefused(w.ofAlice.write.renew([renewalOf()]), 'ReceiptLimitReached', [w.alice]);
    assert.equal(await w.balanceOf(w.tokens.usdc, w.alice), before);
    assert.equal((await w.plans.read.subscription([w.alice])).tokenId, USDC);
  });
});

/** As if Alice, who has one, had paid so often: thousands of real payments take minutes. */
async function setReceipts(w: World, receipts: bigint): Promise<void> {
  const at = await findAccount(w);
  const word = BigInt((await w.reader.getStorageAt({ address: w.address, slot: at })) ?? '0x0');
  const paid = word + ((receipts - 1n) << RECEIPTS_AT);
  await networkHelpers.setStorageAt(w.address, at, `0x${paid.toString(16).padStart(64, '0')}`);
}

/** The slot of Alice's account: of all mappings by wallet the one that holds her time. */
async function findAccount(w: World): Promise<Hex> {
  const { until } = await w.plans.read.subscription([w.alice]);
  for (let index = 0n; index < 20n; index++) {
    const key = [{ type: 'address' }, { type: 'uint256' }] as const;
    const slot = keccak256(encodeAbiParameters(key, [w.alice, index]));
    const word = BigInt((await w.reader.getStorageAt({ address: w.address, slot })) ?? '0x0');
    if (Number((word >> 88n) & (2n ** 36n - 1n)) === until) return slot;
  }
  throw new Error('no account in the storage of the contract');
}
