import assert from 'node:assert/strict';
import { startOracle } from '../../oracle/src/index.ts';
import { roles, startChain } from '../../oracle/test/support/chain.ts';
import { createClient } from '../../oracle/test/support/client.ts';
import { createTestDevice } from '../../oracle/test/support/device.ts';
import { makeDataFolder } from '../../oracle/test/support/folders.ts';
import { configOf, eventually } from '../../oracle/test/support/service.ts';

const START = 1_467_331_200;

export type SealedBatch = Awaited<ReturnType<typeof startSealedBatch>>;

/** A chain and an oracle with one batch on the chain: the seven hours, 2,001 Wh each, of a day on the plant's clock. */
export async function startSealedBatch() {
  const chain = await startChain();
  const projectId = await chain.addProject();
  const owner = roles.owner.address;
  const device = createTestDevice({ domain: chain.domain, claimedAt: START, owner });
  await chain.claim(device);
  await chain.bind(device, projectId);
  const folder = await makeDataFolder();
  const oracle = await startOracle(configOf(chain.deployment, folder.path));
  const client = createClient(oracle.url);
  await eventually(client.devices, (devices) => devices[0]?.status === 'bound');
  await client.post(
    Array.from({ length: 9 }, () => device.seal({ seconds: 3600, exportWh: 2_001n, importWh: 3n })),
  );
  await client.postJson(`/v1/projects/${projectId}/close`, { until: START + 86_400 });
  const [batch] = await eventually(
    () => client.batches(projectId),
    (page) => page[0]?.phase === 'confirmed',
  );
  const batchId = batch?.batchId ?? assert.fail();
  return {
    ...{ chain, oracle, client, batchId },
    async stop(): Promise<void> {
      await oracle.stop();
      await chain.stop();
      folder.remove();
    },
  };
}
