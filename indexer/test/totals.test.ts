import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dedicationOf } from '@truetonne/protocol';
import { AUGUST_END, JULY_END, JUNE_END, Scenario } from './support/scenario.ts';
import { BUYER, OWNER } from './support/world.ts';

/** A reader that never sees what it waits for must not wait for ever. */
const patient = { timeout: 60_000 };
let scenario: Scenario;

before(async () => {
  scenario = await Scenario.begin();
  await scenario.startIndexer();
});

after(() => scenario.end());

test('What happened before the indexer started is in the tables', async () => {
  await scenario.assertEqualsChain();
});

test('Batches, mints, transfers and retirements leave the totals of the chain', async () => {
  const { world, roof, barn } = scenario;
  await scenario.creditJuly();
  // The barn imports in July, so August pays off a deficit first.
  await world.submit(2, [JUNE_END, JULY_END], [[barn, 500n, 90n]]);
  await world.submit(1, [JULY_END, AUGUST_END], [[roof, 1_200_007n, 2_000n]]);
  await world.submit(2, [JULY_END, AUGUST_END], [[barn, 300_500n, 95n]]);
  await world.registry(OWNER, 'mint', [1_000_002n]);
  await world.registry(OWNER, 'mint', [2_000_002n]);
  await world.credit(OWNER, 'safeTransferFrom', [OWNER, BUYER, 12_024n, 100_000n, '0x']);
  const both = [OWNER, BUYER, [12_024n, 22_024n], [1n, 50_000n], '0x'] as const;
  await world.credit(OWNER, 'safeBatchTransferFrom', both);
  await world.credit(BUYER, 'retire', [
    12_024n,
    60_000n,
    dedicationOf(BUYER, { beneficiary: 'A school', purpose: 'Class trip' }),
  ]);
  await world.credit(OWNER, 'retire', [22_024n, 1n, dedicationOf(OWNER)]);
  await scenario.assertEqualsChain();
});

test('A deficit is shown while it is carried, and gone when it is paid', async () => {
  const answer = await scenario.indexer.query(`{
    batchs(where: { projectId: 2 }, orderBy: "id") { items { openingDeficitWh creditableWh } }
    project(id: 2) { deficitWh }
  }`);
  assert.deepEqual(answer, {
    batchs: {
      items: [
        { openingDeficitWh: '0', creditableWh: '0' },
        { openingDeficitWh: '90', creditableWh: '299905' },
      ],
    },
    project: { deficitWh: '0' },
  });
});

test("A batch counts for the month in which it ends on the project's own clock", async () => {
  const answer = await scenario.indexer.query(`{
    arizona: projectMonths(where: { projectId: 1 }, orderBy: "month") {
      items { month batchCount exportedWh importedWh deductedWh creditableWh }
    }
    utc: projectMonths(where: { projectId: 2 }, orderBy: "month") { items { month exportedWh } }
    roof: deviceMonths(where: { deviceId: "${scenario.roof.deviceId}" }, orderBy: "month") {
      items { month projectId batchCount exportedWh importedWh }
    }
  }`);
  const month = { batchCount: 1, deductedWh: '1500' };
  assert.deepEqual(answer, {
    arizona: {
      items: [
        {
          ...month,
          month: '2024-07',
          exportedWh: '1050001',
          importedWh: '1203',
          creditableWh: '1047298',
        },
        {
          ...month,
          month: '2024-08',
          exportedWh: '599007',
          importedWh: '780',
          deductedWh: '0',
          creditableWh: '598227',
        },
      ],
    },
    utc: {
      items: [
        { month: '2024-08', exportedWh: '0' },
        { month: '2024-09', exportedWh: '300000' },
      ],
    },
    roof: {
      items: [
        {
          month: '2024-07',
          projectId: 1,
          batchCount: 1,
          exportedWh: '600000',
          importedWh: '1200',
        },
        { month: '2024-08', projectId: 1, batchCount: 1, exportedWh: '599007', importedWh: '780' },
      ],
    },
  });
});

test('A project opens to its batches, their devices and their credit', async () => {
  const answer = await scenario.indexer.query(`{
    project(id: 1) {
      methodology { code version }
      validator { accreditedUntil }
      devices { totalCount }
      batches(orderBy: "number", limit: 1) {
        items {
          number month deviceCount
          devices(orderBy: "exportedWh", orderDirection: "desc") {
            items { exportedWh device { state project { name } } }
          }
          credit { vintage retirements { items { grams beneficiary purpose } } }
        }
      }
    }
  }`);
  const device = { state: 'bound', project: { name: 'Roof and carport' } };
  assert.deepEqual(answer, {
    project: {
      methodology: { code: 'GCCM001', version: 'v4' },
      validator: { accreditedUntil: 2546080000 },
      devices: { totalCount: 2 },
      batches: {
        items: [
          {
            number: 1,
            month: '2024-07',
            deviceCount: 2,
            devices: {
              items: [
                { exportedWh: '600000', device },
                { exportedWh: '450001', device },
              ],
            },
            credit: {
              vintage: 2024,
              retirements: {
                items: [{ grams: '60000', beneficiary: 'A school', purpose: 'Class trip' }],
              },
            },
          },
        ],
      },
    },
  });
});

test('Every movement of a credit is a transfer of its kind', async () => {
  const answer = await scenario.indexer.query(`{
    transfers(where: { creditId: "22024" }, orderBy: "blockNumber") { items { kind from to grams } }
  }`);
  const [owner, buyer] = [OWNER.toLowerCase(), BUYER.toLowerCase()];
  const nobody = `0x${'0'.repeat(40)}`;
  assert.deepEqual(answer, {
    transfers: {
      items: [
        { kind: 'mint', from: nobody, to: owner, grams: '105566' },
        { kind: 'transfer', from: owner, to: buyer, grams: '50000' },
        { kind: 'burn', from: owner, to: nobody, grams: '1' },
      ],
    },
  });
});

test('Amid a block or between two, what was minted is held or retired', patient, async () => {
  const { world, indexer } = scenario;
  const rounds = Array.from({ length: 8 });
  const moved = rounds.reduce<Promise<unknown>>(async (before) => {
    await before;
    await world.credit(OWNER, 'safeTransferFrom', [OWNER, BUYER, 12_024n, 10n, '0x']);
    return world.credit(BUYER, 'retire', [12_024n, 7n, dedicationOf(BUYER)]);
  }, Promise.resolve());
  const last = 60_000n + 7n * BigInt(rounds.length);
  const seen = new Set<bigint>();
  while (!seen.has(last)) {
    const answer = await indexer.query(`{
      credit(id: "12024") { mintedGrams retiredGrams balances { items { grams } } }
    }`);
    const { minted, retired, held } = sumsOf(answer);
    assert.equal(held + retired, minted);
    seen.add(retired);
  }
  await moved;
  assert.ok(seen.size > 2, 'The reader saw the credits move');
  await scenario.assertEqualsChain();
});

test('A device is claimed, then bound, then revoked, and its capacity becomes free', async () => {
  const { world, carport, indexer } = scenario;
  await world.registry(OWNER, 'revokeDevice', [carport.deviceId, JULY_END]);
  await scenario.assertEqualsChain();
  await world.registry(OWNER, 'revokeDevice', [carport.deviceId, JULY_END - 60]);
  await scenario.assertEqualsChain();
  const unbound = await scenario.claimMeter();
  await scenario.assertEqualsChain();
  const answer = await indexer.query(`{
    device(id: "${unbound.deviceId}") { state projectId project { id } capacityW }
    project(id: 1) { deviceCount boundCapacityW }
  }`);
  assert.deepEqual(answer, {
    device: { state: 'claimed', projectId: null, project: null, capacityW: null },
    project: { deviceCount: 2, boundCapacityW: '6000' },
  });
});

test('The queries of the documentation run, and find something', async () => {
  const path = join(import.meta.dirname, '..', '..', 'docs', 'graphql.md');
  const examples = readFileSync(path, 'utf8').matchAll(/```graphql\n([^`]+)```/g);
  const queries = [...examples].map(([, query = '']) => query);
  assert.equal(queries.length, 6);
  for (const [index, query] of queries.entries()) {
    const answer = JSON.stringify(await scenario.indexer.query(query));
    // The last two ask for subscriptions and pauses, of which there are none here.
    if (index < 4) assert.doesNotMatch(answer, /null|\[\]/, answer);
  }
});

test('Any page may ask (CORS), and an unknown id is null', async () => {
  const response = await fetch(`${scenario.indexer.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://page.example' },
    body: JSON.stringify({ query: '{ project(id: 999) { id } }' }),
  });
  assert.equal(response.headers.get('access-control-allow-origin'), '*');
  assert.deepEqual(await response.json(), { data: { project: null } });
  assert.equal((await fetch(`${scenario.indexer.url}/health`)).status, 200);
});

/** Grams of a credit by what became of them. */
function sumsOf(answer: unknown) {
  const { credit } = answer as CreditAnswer;
  const held = credit.balances.items.reduce((sum, { grams }) => sum + BigInt(grams), 0n);
  return { minted: BigInt(credit.mintedGrams), retired: BigInt(credit.retiredGrams), held };
}

interface CreditAnswer {
  readonly credit: {
    readonly mintedGrams: string;
    readonly retiredGrams: string;
    readonly balances: { readonly items: readonly { readonly grams: string }[] };
  };
}
