import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { batchIdOf, registryAbi } from '@truetonne/protocol';
import { parseEventLogs } from 'viem';
import { roles, startChain, type TestChain } from '../support/chain.ts';
import { createTestDevice, type TestDevice } from '../support/device.ts';
import { makeDataFolder, type TestFolder } from '../support/folders.ts';
import { spawnOracle, type OracleProcess } from '../support/process.ts';
import { eventually } from '../support/service.ts';

const at = (text: string): number => Date.parse(`${text}-07:00`) / 1000;
const START = at('2016-07-01T00:00:00');

describe('a submission that is interrupted lands once', () => {
  let chain: TestChain;
  let folder: TestFolder;
  let device: TestDevice;
  let projectId: number;
  let oracle: OracleProcess;
  let batches = 0;

  const start = async (env: Readonly<Record<string, string>> = {}): Promise<void> => {
    const place = { dataFolder: folder.path, databaseUrl: undefined };
    oracle = await spawnOracle(chain.deployment, place, env);
  };
  const last = async () => (await oracle.client.batches(projectId)).at(-1);
  const phaseIs = (phase: string) =>
    eventually(last, (batch) => batch?.number === batches && batch.phase === phase);

  /** Sends a window and asks for its period to be closed. */
  const sealOne = async (): Promise<void> => {
    const window = device.seal({ exportWh: 1_000n, seconds: 3600 });
    await oracle.client.post([window]);
    batches++;
    const until = window.header.closedAt;
    await oracle.client.postJson(`/v1/projects/${projectId}/close`, { until });
  };

  /** The chain has one batch per window, each once, and none of them failed. */
  const assertLandedOnce = async (): Promise<void> => {
    await phaseIs('confirmed');
    const { registry } = chain.deployment;
    const logs = await chain.client.getLogs({
      address: registry,
      fromBlock: 0n,
      toBlock: 'latest',
    });
    const submitted = parseEventLogs({ abi: registryAbi, eventName: 'BatchSubmitted', logs });
    assert.deepEqual(
      submitted.map(({ args }) => args.batchId),
      Array.from({ length: batches }, (_, index) => batchIdOf(projectId, index + 1)),
    );
    const nonce = await chain.client.getTransactionCount({ address: roles.submitter.address });
    assert.equal(nonce, batches);
    assert.deepEqual((await oracle.client.health()).refusedBatches, []);
  };

  before(async () => {
    folder = await makeDataFolder();
    chain = await startChain();
    projectId = await chain.addProject();
    device = createTestDevice({
      domain: chain.domain,
      claimedAt: START,
      owner: roles.owner.address,
    });
    await chain.claim(device);
    await chain.bind(device, projectId);
    await start();
    await eventually(oracle.client.devices, (devices) => devices[0]?.status === 'bound');
  });
  after(async () => {
    await oracle.kill();
    await chain.stop();
    folder.remove();
  });

  it('when it is killed after it signed and sent, before the block', async () => {
    await chain.request('evm_setAutomine', [false]);
    await sealOne();
    await phaseIs('signed');
    await oracle.kill();
    await start();
    await phaseIs('signed');
    await chain.request('evm_mine', []);
    await assertLandedOnce();
  });

  it('when the block comes while it is dead', async () => {
    await sealOne();
    await phaseIs('signed');
    await oracle.kill();
    await chain.request('evm_mine', []);
    await start();
    await assertLandedOnce();
  });

  it('when the chain forgot the transaction meanwhile', async () => {
    await sealOne();
    const batch = await phaseIs('signed');
    await oracle.kill();
    await chain.request('anvil_dropTransaction', [batch?.transactionHash]);
    await start();
    const pending = () =>
      chain.client.getTransactionCount({ address: roles.submitter.address, blockTag: 'pending' });
    await eventually(pending, (count) => count === batches);
    await chain.request('evm_mine', []);
    await assertLandedOnce();
    await chain.request('evm_setAutomine', [true]);
  });

  it('when it is killed at any moment after the request', async () => {
    for (const pause of [0, 60, 250]) {
      await sealOne();
      await new Promise((resolve) => setTimeout(resolve, pause));
      await oracle.kill();
      await start();
      await assertLandedOnce();
    }
  });

  it('when the chain is down: windows are accepted, and everything catches up', async () => {
    await oracle.kill();
    await start({ ORACLE_RPC_URL: 'http://127.0.0.1:9' });
    await sealOne();
    await phaseIs('sealed');
    const health = await oracle.client.health();
    assert.deepEqual([health.chain, health.queued.batches, health.status], ['down', 1, 'degraded']);
    await oracle.client.post([device.seal({ exportWh: 0n })]);
    await oracle.kill();
    await start();
    await assertLandedOnce();
    assert.equal((await oracle.client.health()).chain, 'up');
  });

  it('when blocks with a confirmed batch are taken back', async () => {
    const snapshot = await chain.request('evm_snapshot', []);
    const window = device.seal({ exportWh: 500n });
    await oracle.client.post([window]);
    batches++;
    await oracle.client.postJson(`/v1/projects/${projectId}/close`, {
      until: window.header.closedAt,
    });
    await phaseIs('confirmed');
    await chain.request('evm_revert', [snapshot]);
    await chain.request('anvil_mine', ['0x3']);
    const onChain = () =>
      chain.client.readContract({
        address: chain.deployment.registry,
        abi: registryAbi,
        functionName: 'batch',
        args: [batchIdOf(projectId, batches)],
      });
    const landed = await eventually(onChain, ({ status }) => status !== 0);
    const batch = await phaseIs('confirmed');
    assert.equal(batch?.root, landed.root);
    await assertLandedOnce();
  });

  it('when the contract refuses: the reason shows, and the rest is batched', async () => {
    const counted = device.seal();
    const revoked = device.seal();
    await oracle.client.post([counted, revoked]);
    const status = async () => (await oracle.client.device(device.deviceId)).status;
    assert.equal(await status(), 'bound');
    await chain.request('evm_setAutomine', [false]);
    await oracle.client.postJson(`/v1/projects/${projectId}/close`, {
      until: revoked.header.closedAt,
    });
    batches++;
    await phaseIs('signed');
    const dropped = (await last())?.transactionHash;
    await chain.request('anvil_dropTransaction', [dropped]);
    await chain.request('evm_setAutomine', [true]);
    await chain.revoke(device, revoked.header.closedAt);
    const batch = await phaseIs('confirmed');
    assert.equal(batch?.windowCount, 1);
    assert.equal(
      (await oracle.client.status(device.deviceId, revoked.header.sequence)).reason?.code,
      'DEVICE_REVOKED',
    );
  });
});
