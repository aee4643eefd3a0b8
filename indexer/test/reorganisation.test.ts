import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dedicationOf } from '@truetonne/protocol';
import { AUGUST_END, JULY_END, Scenario } from './support/scenario.ts';
import { BUYER, OWNER } from './support/world.ts';

const COUNTS = `{
  batchs { totalCount }
  deviceBatchs { totalCount }
  deviceMonths { totalCount }
  projectMonths { totalCount }
  transfers { totalCount }
  retirements { totalCount }
}`;

let scenario: Scenario;

before(async () => {
  scenario = await Scenario.begin();
  await scenario.creditJuly();
  await scenario.startIndexer();
});

after(() => scenario.end());

/** A batch, its mint, a transfer and a retirement of plant 1 in August. */
async function creditAugust(exportWh: bigint): Promise<void> {
  const { world, roof } = scenario;
  await world.submit(1, [JULY_END, AUGUST_END], [[roof, exportWh, 1_300n]]);
  await world.registry(OWNER, 'mint', [1_000_002n]);
  await world.credit(OWNER, 'safeTransferFrom', [OWNER, BUYER, 12_024n, 30_000n, '0x']);
  await world.credit(BUYER, 'retire', [
    12_024n,
    10_000n,
    dedicationOf(BUYER, { beneficiary: 'A school' }),
  ]);
}

function totalCounts(counts: Record<string, number>) {
  return Object.fromEntries(
    Object.entries(counts).map(([table, totalCount]) => [table, { totalCount }]),
  );
}

test('What a reorganisation takes back leaves no row and no total behind', async () => {
  const { anvil, indexer } = scenario;
  const snapshot = await anvil.client.snapshot();
  await creditAugust(900_000n);
  await scenario.assertEqualsChain();
  assert.deepEqual(
    await indexer.query(COUNTS),
    totalCounts({
      batchs: 2,
      deviceBatchs: 3,
      deviceMonths: 3,
      projectMonths: 2,
      transfers: 4,
      retirements: 1,
    }),
  );

  await anvil.client.revert({ id: snapshot });
  await anvil.client.mine({ blocks: 5 });
  await scenario.assertEqualsChain();
  assert.deepEqual(
    await indexer.query(COUNTS),
    totalCounts({
      batchs: 1,
      deviceBatchs: 2,
      deviceMonths: 2,
      projectMonths: 1,
      transfers: 1,
      retirements: 0,
    }),
  );
});

test('What happens instead, after a reorganisation, is what counts', async () => {
  const { anvil } = scenario;
  const snapshot = await anvil.client.snapshot();
  await creditAugust(900_000n);
  await scenario.assertEqualsChain();
  await anvil.client.revert({ id: snapshot });
  await creditAugust(750_000n);
  await scenario.assertEqualsChain();
});

test('Blocks that are replaced by as many others are noticed', async () => {
  const { anvil } = scenario;
  await scenario.world.credit(OWNER, 'retire', [
    12_024n,
    5n,
    dedicationOf(OWNER, { beneficiary: 'Nobody' }),
  ]);
  await scenario.assertEqualsChain();
  await anvil.reorganise(2);
  await anvil.client.mine({ blocks: 1 });
  await scenario.assertEqualsChain();
});
