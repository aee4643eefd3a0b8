/** Each standard that a contract claims: one file of behaviour, run against every contract that does. */
import { shouldBehaveLikeErc1155 } from './behaviour/erc1155.ts';
import { shouldBehaveLikeErc165 } from './behaviour/erc165.ts';
import { shouldUseErc2612 } from './behaviour/erc2612.ts';
import { shouldBehaveLikeErc5192 } from './behaviour/erc5192.ts';
import { openChain as openSales } from './subscriptions/support/chain.ts';
import { orderOf, renewalOf } from './subscriptions/support/world.ts';
import { openChain } from './support/chain.ts';
import { dedicationOf, FIRST_RETIREMENT, CREDIT_ID, openMarket } from './support/marketWorld.ts';
import { createDemandingPlant } from './support/opinions.ts';
import type { World } from './support/world.ts';

const { freshWorld } = await openChain();
const { freshMarket } = await openMarket();
const sales = await openSales();

const NO_DEMANDS = { approvals: 0, recomputation: false, bufferBps: 0 };
const ENERGY = 1;
/** What 100 g cost of what is listed, at 20.00 a tonne. */
const GRAMS = 100n;
const PRICE = 2_000n;

/** A contract without the function that takes tokens. */
const takesNone = ({ contracts }: World) => contracts.readings;

describe('CarbonCredit', () => {
  shouldBehaveLikeErc1155(
    async () => {
      const { world, credit } = await freshMarket();
      return { world, address: credit.address, id: CREDIT_ID };
    },
    { takesNone },
  );
});

describe('EnergyCertificate', () => {
  shouldBehaveLikeErc1155(
    async () => {
      const world = await freshWorld();
      const { projectId, submit } = await createDemandingPlant(world, NO_DEMANDS);
      const { write } = world.registryOf(world.actors.owner);
      await write.chooseClaim([projectId, ENERGY]);
      await submit(30, 4_000_000n);
      await write.mint([1_000_001n]);
      return { world, address: world.contracts.energyCertificate, id: CREDIT_ID };
    },
    { takesNone },
  );
});

describe('TonneCertificates', () => {
  shouldBehaveLikeErc5192(async () => {
    const { world, certificates, sellerCredit, seller } = await freshMarket();
    await sellerCredit.write.retireWithCertificate([
      ...([CREDIT_ID, 1_000n, dedicationOf(seller)] as const),
      certificates.address,
    ]);
    return { world, address: certificates.address, tokenId: FIRST_RETIREMENT };
  });
});

describe('TonneMarket', () => {
  const create = async () => {
    const found = await freshMarket();
    return { ...found, reader: found.world.reader, address: found.market.address };
  };
  shouldBehaveLikeErc165(create, ['erc1155Receiver']);
  shouldUseErc2612(async () => {
    const { reader, usdc, market, actors, other, list, signPermit } = await create();
    const { listing } = await list();
    return {
      ...{ reader, token: usdc, spender: market.address, payer: actors.buyer, stranger: other },
      price: PRICE,
      sign: (wallet, value) => signPermit(wallet, value),
      pay: (permits) => market.write.buy([listing, GRAMS, permits]),
      payAgain: (permits) => market.write.buy([listing, GRAMS, permits]),
    };
  });
});

describe('TonneSubscriptions', () => {
  shouldUseErc2612(async () => {
    const w = await sales.freshWorld();
    return {
      ...{ reader: w.reader, token: w.tokens.usdc, spender: w.address },
      ...{ payer: w.actors.alice, stranger: w.actors.bob, price: 100_000_000n },
      sign: (wallet, value) => w.signPermit(wallet, w.tokens.usdc, value),
      pay: (permits) => w.ofAlice.write.subscribe([orderOf({ permits })]),
      payAgain: (permits) => w.ofAlice.write.renew([renewalOf({ permits })]),
    };
  });
});
