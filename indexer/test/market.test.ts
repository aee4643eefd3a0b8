import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  commitmentTo,
  costUp,
  creditAbi,
  dedicationOf,
  encodeTerms,
  listingIdOf,
  marketAbi,
  toListingArgument,
  toTermsArgument,
  type Listing,
} from '@truetonne/protocol';
import { parseEther, zeroAddress, type Hex } from 'viem';
import { Scenario } from './support/scenario.ts';
import { ADMIN, BUYER, OWNER } from './support/world.ts';

const CREDIT = 12_024n;
const FIRST_RETIREMENT = CREDIT * 10n ** 20n;
const SALT: Hex = `0x${'5a'.repeat(32)}`;
const SCHOOL = 'A school in Tirana';

function listingAt(price: string): Listing {
  return {
    seller: OWNER,
    creditId: CREDIT,
    terms: {
      pricePerTonne: parseEther(price),
      currency: 'coin',
      minimumGrams: 10n,
      expiresAt: 2 ** 40 - 1,
    },
  };
}

describe('the tables of the market and of certificates', () => {
  let scenario: Scenario;
  const [first, dearer] = [listingAt('0.4'), listingAt('0.8')];
  const argument = toListingArgument(first);

  before(async () => {
    scenario = await Scenario.begin();
    await scenario.startIndexer();
    await scenario.creditJuly();
    const { world } = scenario;
    const market = world.deployment.market?.contract ?? zeroAddress;
    const list = (grams: bigint) =>
      world.credit(OWNER, 'safeTransferFrom', [
        OWNER,
        market,
        CREDIT,
        grams,
        encodeTerms(first.terms),
      ]);
    const price = (grams: bigint) => costUp(grams, first.terms.pricePerTonne);
    await list(100_000n);
    await list(50_000n);
    await world.market(BUYER, 'buy', [argument, 40_000n, []], price(40_000n));
    const dedication = dedicationOf(BUYER, {
      commitment: commitmentTo(SCHOOL, SALT),
      purpose: 'Class trip',
      periodFrom: 1_704_067_200,
      periodUntil: 1_735_689_599,
    });
    const retire = [argument, 30_000n, [], dedication, true] as const;
    await world.market(BUYER, 'buyAndRetire', retire, price(30_000n));
    await world.credit(BUYER, 'retire', [CREDIT, 5n, dedicationOf(ADMIN)]);
    await world.market(OWNER, 'unlist', [argument, 20_000n, OWNER]);
    await world.market(OWNER, 'relist', [argument, toTermsArgument(dearer.terms)]);
  });
  after(() => scenario.end());

  it('leave no path out: minted is held, listed or retired, as the contracts say', async () => {
    await scenario.assertEqualsChain();
    const { anvil, deployment } = scenario.world;
    const contract = { address: deployment.credit, abi: creditAbi } as const;
    const market = deployment.market?.contract ?? zeroAddress;
    const balance = { ...contract, functionName: 'balanceOf', args: [market, CREDIT] } as const;
    const listed = await anvil.client.readContract(balance);
    const answer = (await scenario.indexer.query(`{
      credit(id: "${CREDIT}") {
        mintedGrams listedGrams retiredGrams
        balances { items { account grams } }
        listings { items { listedGrams leftGrams soldGrams unlistedGrams } }
        sales { items { grams } }
      } }`)) as Answer;
    const { mintedGrams, listedGrams, retiredGrams, balances, listings, sales } = answer.credit;
    const held = sumOf(
      balances.items.filter(({ account }) => account !== market.toLowerCase()),
      'grams',
    );
    assert.equal(BigInt(listedGrams), listed);
    assert.equal(sumOf(listings.items, 'leftGrams'), listed);
    assert.equal(held + listed + BigInt(retiredGrams), BigInt(mintedGrams));
    assert.equal(sumOf(sales.items, 'grams'), 70_000n);
    for (const row of listings.items) {
      const parts = BigInt(row.leftGrams) + BigInt(row.soldGrams) + BigInt(row.unlistedGrams);
      assert.equal(BigInt(row.listedGrams), parts);
    }
  });

  it('have what is left of each listing, by the id that the contract gives it', async () => {
    const { anvil, deployment } = scenario.world;
    const address = deployment.market?.contract ?? zeroAddress;
    for (const [listing, left] of [
      [first, 0n],
      [dearer, 60_000n],
    ] as const) {
      const id = listingIdOf(listing);
      const call = { address, abi: marketAbi, functionName: 'leftOf', args: [id] } as const;
      assert.equal(await anvil.client.readContract(call), left);
      const answer = await scenario.indexer.query(`{
        listing(id: "${id}") { leftGrams currency pricePerTonne vintage country methodologyId }
      }`);
      assert.deepEqual(answer, {
        listing: {
          leftGrams: String(left),
          currency: 'coin',
          pricePerTonne: String(listing.terms.pricePerTonne),
          vintage: 2024,
          country: 'US',
          methodologyId: 1,
        },
      });
    }
  });

  it('find what is searched for by project, vintage, country, methodology and price', async () => {
    const find = async (where: string) => {
      const answer = (await scenario.indexer.query(`{
        listings(where: { leftGrams_gt: "0", ${where} }, orderBy: "pricePerTonne") {
          items { leftGrams }
        } }`)) as { readonly listings: { readonly items: readonly unknown[] } };
      return answer.listings.items.length;
    };
    const price = dearer.terms.pricePerTonne;
    assert.equal(await find('projectId: 1, vintage: 2024, country: "US", methodologyId: 1'), 1);
    assert.equal(await find(`currency: coin, pricePerTonne_lte: "${price}"`), 1);
    assert.equal(await find(`currency: coin, pricePerTonne_lte: "${price - 1n}"`), 0);
    for (const other of ['projectId: 2', 'vintage: 2023', 'country: "AL"', 'currency: usdc']) {
      assert.equal(await find(other), 0, other);
    }
  });

  it('know a certificate, whom it was for, and the sale that it came from', async () => {
    const query = `{
      retirement(id: "${FIRST_RETIREMENT}") {
        account grams firstSerial beneficiary commitment purpose periodFrom periodUntil
        certificate { account revealedBeneficiary revealedSalt }
      }
      sales(where: { retirementId: "${FIRST_RETIREMENT}" }) { items { buyer grams paid } }
      other: retirement(id: "${FIRST_RETIREMENT + 30_000n}") {
        account commitment periodFrom certificate { account }
      } }`;
    const { revealed, retirement, ...rest } = expectedCertificate();
    assert.deepEqual(await scenario.indexer.query(query), { retirement, ...rest });
    const { blockNumber } = await scenario.world.certificates(BUYER, 'reveal', [
      FIRST_RETIREMENT,
      SCHOOL,
      SALT,
    ]);
    const { hash } = await scenario.anvil.client.getBlock({ blockNumber });
    await scenario.indexer.until({ number: Number(blockNumber), hash });
    const certificate = { ...retirement.certificate, ...revealed };
    assert.deepEqual(await scenario.indexer.query(query), {
      retirement: { ...retirement, certificate },
      ...rest,
    });
  });

  it('say which batch a serial came from, and where it went: no range overlaps', async () => {
    const answer = await scenario.indexer.query(`{
      batchs(where: { creditId: "${CREDIT}", firstSerial_lte: "30004" },
             orderBy: "firstSerial", orderDirection: "desc", limit: 1) { items { id firstSerial } }
      retirements(where: { creditId: "${CREDIT}" }, orderBy: "firstSerial") {
        items { firstSerial grams }
      } }`);
    assert.deepEqual(answer, {
      batchs: { items: [{ id: '1000001', firstSerial: '0' }] },
      retirements: {
        items: [
          { firstSerial: '0', grams: '30000' },
          { firstSerial: '30000', grams: '5' },
        ],
      },
    });
  });
});

function expectedCertificate() {
  const buyer = BUYER.toLowerCase();
  return {
    retirement: {
      account: buyer,
      grams: '30000',
      firstSerial: '0',
      beneficiary: '',
      commitment: commitmentTo(SCHOOL, SALT),
      purpose: 'Class trip',
      periodFrom: 1_704_067_200,
      periodUntil: 1_735_689_599,
      certificate: { account: buyer, revealedBeneficiary: null, revealedSalt: null },
    },
    sales: { items: [{ buyer, grams: '30000', paid: String(parseEther('0.012')) }] },
    other: {
      account: ADMIN.toLowerCase(),
      commitment: null,
      periodFrom: null,
      certificate: null,
    },
    revealed: { revealedBeneficiary: SCHOOL, revealedSalt: SALT },
  };
}

type Row = Readonly<Record<string, string>>;
interface Items {
  readonly items: readonly (Row & {
    readonly leftGrams: string;
    readonly soldGrams: string;
    readonly unlistedGrams: string;
    readonly listedGrams: string;
  })[];
}
interface Answer {
  readonly credit: {
    readonly mintedGrams: string;
    readonly listedGrams: string;
    readonly retiredGrams: string;
    readonly balances: Items;
    readonly listings: Items;
    readonly sales: Items;
  };
}

function sumOf(rows: readonly Row[], field: string): bigint {
  return rows.reduce((sum, row) => sum + BigInt(row[field] ?? 0), 0n);
}
