import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { runToEnd } from './support/indexer.ts';
import { AUGUST_END, JULY_END, Scenario } from './support/scenario.ts';
import { OWNER } from './support/world.ts';

/** More than the blocks that Ponder keeps in order to undo them. */
const BEYOND_FINALITY = 80;

let scenario: Scenario;

before(async () => {
  scenario = await Scenario.begin();
  await scenario.creditJuly();
  await scenario.startIndexer();
  await scenario.assertEqualsChain();
});

after(() => scenario.end());

test('SIGTERM ends it with 0, and the next start goes on without waiting for a lock', async () => {
  assert.equal((await scenario.indexer.stop('SIGTERM')).code, 0);
  await scenario.world.registry(OWNER, 'revokeDevice', [scenario.carport.deviceId, JULY_END]);
  await scenario.startIndexer();
  await scenario.assertEqualsChain();
});

test('After kill -9 it starts again by itself, with nothing lost and nothing twice', async () => {
  const { world, roof } = scenario;
  await world.submit(1, [JULY_END, AUGUST_END], [[roof, 900_000n, 1_300n]]);
  const { signal, output } = await scenario.indexer.stop('SIGKILL');
  assert.equal(signal, 'SIGKILL');
  assert.doesNotMatch(output, /locked/);
  await scenario.startIndexer();
  await scenario.assertEqualsChain();
});

test('A second indexer on the same data, or on a taken port, says so and ends', async () => {
  const { world, folder } = scenario;
  const second = await runToEnd(world.deployment, folder);
  assert.equal(second.code, 1);
  assert.match(second.output, /^DATA_IN_USE: /);

  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const third = await runToEnd(world.deployment, folder, { PORT_INDEXER: String(port) });
  server.close();
  assert.equal(third.code, 1);
  assert.match(third.output, new RegExp(`^PORT_TAKEN: .*${port}`));
});

test('A chain that lost final blocks while the indexer was down is read anew', async () => {
  const { anvil, world } = scenario;
  const snapshot = await anvil.client.snapshot();
  await world.registry(OWNER, 'mint', [1_000_002n]);
  await anvil.client.mine({ blocks: BEYOND_FINALITY });
  await scenario.assertEqualsChain();
  // This one was started after kill -9.
  const { output } = await scenario.indexer.stop('SIGTERM');
  assert.doesNotMatch(output, /locked/);
  await anvil.client.revert({ id: snapshot });
  await anvil.client.mine({ blocks: 1 });
  await scenario.startIndexer();
  await scenario.assertEqualsChain();
});

test('After SIGINT, a chain begun anew with the same addresses shows nothing of the old one', async () => {
  assert.equal((await scenario.indexer.stop('SIGINT')).code, 0);
  const fresh = await Scenario.begin();
  try {
    assert.equal(fresh.world.deployment.registry, scenario.world.deployment.registry);
    await fresh.startIndexer(scenario.folder);
    await fresh.assertEqualsChain();
  } finally {
    await fresh.end();
  }
});

test('What can not work is told with its code', async () => {
  const { world, folder } = scenario;
  const book = world.deployment;
  const elsewhere = await runToEnd({ ...book, chainId: 137 }, folder);
  assert.equal(elsewhere.code, 1);
  assert.match(elsewhere.output, /^CONFIGURATION_INVALID: .*chainId = 137/);

  const empty = await runToEnd({ ...book, registry: OWNER }, folder);
  assert.match(empty.output, /^CONFIGURATION_INVALID: .*registry = /);

  const nobody = await runToEnd({ ...book, rpcUrl: 'http://127.0.0.1:9' }, folder);
  assert.equal(nobody.code, 75);
  assert.match(nobody.output, /^CHAIN_UNREACHABLE: .*rpcUrl/);
});
