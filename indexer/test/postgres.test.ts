import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startPostgres, type Postgres } from './support/postgres.ts';
import { dedicationOf } from '@truetonne/protocol';
import { AUGUST_END, JULY_END, Scenario } from './support/scenario.ts';
import { OWNER } from './support/world.ts';

let postgres: Postgres;
let scenario: Scenario;

before(async () => {
  postgres = await startPostgres();
  scenario = await Scenario.begin({ DATABASE_URL: postgres.url });
  await scenario.startIndexer();
});

after(async () => {
  await scenario?.end();
  await postgres?.stop();
});

test('With DATABASE_URL the tables are in PostgreSQL, and equal the chain', async () => {
  await scenario.creditJuly();
  await scenario.world.credit(OWNER, 'retire', [
    12_024n,
    9n,
    dedicationOf(OWNER, { beneficiary: 'A school' }),
  ]);
  await scenario.assertEqualsChain();
  assert.ok(!existsSync(join(scenario.folder, 'data', 'pglite')));
});

test('A reorganisation leaves nothing behind in PostgreSQL', async () => {
  const { anvil, world, roof } = scenario;
  const snapshot = await anvil.client.snapshot();
  await world.submit(1, [JULY_END, AUGUST_END], [[roof, 900_000n, 1_300n]]);
  await world.registry(OWNER, 'mint', [1_000_002n]);
  await scenario.assertEqualsChain();
  await anvil.client.revert({ id: snapshot });
  await anvil.client.mine({ blocks: 2 });
  await scenario.assertEqualsChain();
});

test('The next start goes on in the same tables, and waits for no lock', async () => {
  assert.equal((await scenario.indexer.stop('SIGTERM')).code, 0);
  await scenario.world.credit(OWNER, 'retire', [12_024n, 11n, dedicationOf(OWNER)]);
  await scenario.startIndexer();
  await scenario.assertEqualsChain();
  const { code, output } = await scenario.indexer.stop('SIGTERM');
  assert.equal(code, 0);
  assert.doesNotMatch(output, /locked/);
});
