import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { batchIdOf, registryAbi, TonneError, type Hex } from '@truetonne/protocol';
import { createWalletClient, http, parseEventLogs, parseTransaction, type Hash } from 'viem';
import { foundry } from 'viem/chains';
import { startOracle, type Oracle } from '../../src/index.ts';
import type { OracleConfig } from '../../src/service/config.ts';
import { roles, startChain, type TestChain } from '../support/chain.ts';
import { createClient, type TestClient } from '../support/client.ts';
import { createTestDevice, type TestDevice } from '../support/device.ts';
import { makeDataFolder, type TestFolder } from '../support/folders.ts';
import { lying, startRpcProxy, type RpcProxy } from '../support/rpcProxy.ts';
import { configOf, eventually } from '../support/service.ts';

const START = Date.parse('2016-07-01T00:00:00-07:00') / 1000;
const isCode = (code: string) => (error: unknown) =>
  error instanceof TonneError && error.code === code;

describe('when the chain or its endpoints misbehave', () => {
  let chain: TestChain;
  let folder: TestFolder;
  let first: RpcProxy;
  let second: RpcProxy;
  let oracle: Oracle;
  let client: TestClient;
  let projectId: number;
  let device: TestDevice;
  let batches: number;
  /** Raw transactions that the oracle handed over, in that order. */
  let sent: Hex[];

  const watch: Parameters<RpcProxy['intercept']>[0] = ({ method, params }, forward) => {
    if (method === 'eth_sendRawTransaction') sent.push(params[0] as Hex);
    return forward();
  };
  const start = async (more: Partial<OracleConfig> = {}): Promise<void> => {
    const config = configOf(chain.deployment, folder.path, { rpcUrls: [first.url], ...more });
    oracle = await startOracle(config);
    client = createClient(oracle.url);
    await eventually(client.devices, (devices) =>
      devices.some(({ deviceId, status }) => deviceId === device.deviceId && status === 'bound'),
    );
  };
  const last = async () => (await client.batches(projectId)).at(-1);
  const phaseIs = (phase: string) =>
    eventually(last, (batch) => batch?.number === batches && batch.phase === phase);
  const nonceOf = () => chain.client.getTransactionCount({ address: roles.submitter.address });
  const mine = (blocks = 1) => chain.request('anvil_mine', [`0x${blocks.toString(16)}`]);
  /** Again and again: the oracle signs a batch before it sends it, and blocks have to come on top. */
  const mineUntilConfirmed = () =>
    eventually(
      async () => (await mine(), last()),
      (batch) => batch?.phase === 'confirmed',
    );

  const sealOne = async (): Promise<void> => {
    const window = device.seal({ exportWh: 1_000n, seconds: 3600 });
    await client.post([window]);
    batches++;
    const until = window.header.closedAt;
    await client.postJson(`/v1/projects/${projectId}/close`, { until });
  };
  /** The chain has each batch once, with the root that the oracle shows, and none was refused. */
  const assertLandedOnce = async (): Promise<void> => {
    await phaseIs('confirmed');
    const { registry: address } = chain.deployment;
    const logs = await chain.client.getLogs({ address, fromBlock: 0n, toBlock: 'latest' });
    const submitted = parseEventLogs({ abi: registryAbi, eventName: 'BatchSubmitted', logs });
    const own = submitted.filter(({ args }) => args.projectId === projectId);
    assert.deepEqual(
      own.map(({ args }) => args.batchId),
      Array.from({ length: batches }, (_, index) => batchIdOf(projectId, index + 1)),
    );
    const shown = await client.batches(projectId);
    assert.deepEqual(
      shown.map(({ root, transactionHash }) => [root, transactionHash]),
      own.map(({ args, transactionHash }) => [args.root, transactionHash]),
    );
    assert.deepEqual((await client.health()).refusedBatches, []);
  };
  /** The submitter's key at work elsewhere. */
  const spendNonce = (nonce: number): Promise<Hash> =>
    createWalletClient({
      account: roles.submitter,
      chain: foundry,
      transport: http(chain.deployment.rpcUrl),
    }).sendTransaction({ to: roles.admin.address, value: 1n, nonce, maxFeePerGas: 10n ** 12n });

  before(async () => {
    chain = await startChain();
    first = await startRpcProxy(chain.deployment.rpcUrl);
    second = await startRpcProxy(chain.deployment.rpcUrl);
  });
  after(async () => {
    await first.stop();
    await second.stop();
    await chain.stop();
  });
  beforeEach(async () => {
    await chain.request('evm_setAutomine', [true]);
    batches = 0;
    sent = [];
    first.intercept(watch);
    second.intercept(watch);
    folder = await makeDataFolder();
    projectId = await chain.addProject();
    const owner = roles.owner.address;
    device = createTestDevice({ domain: chain.domain, claimedAt: START, owner });
    await chain.claim(device);
    await chain.bind(device, projectId);
  });
  afterEach(async () => {
    await oracle.stop();
    folder.remove();
  });

  it('a fee that is too low is raised with the same nonce', async () => {
    await start({ replaceAfterSeconds: 1 });
    await chain.request('evm_setAutomine', [false]);
    const nonce = await nonceOf();
    await sealOne();
    await phaseIs('signed');
    await chain.request('anvil_setNextBlockBaseFeePerGas', ['0x2540be4000']);
    await mine();
    assert.equal(await nonceOf(), nonce, 'the fee did not hold it up');
    await eventually(
      () => Promise.resolve(new Set(sent).size),
      (variants) => variants > 1,
    );
    await eventually(
      async () => (await mine(), nonceOf()),
      (count) => count === nonce + 1,
    );
    await chain.request('evm_setAutomine', [true]);
    await assertLandedOnce();
    assert.equal(await nonceOf(), nonce + 1);
  });

  it('slots are named where the chain prices that lower, also by what replaces it', async () => {
    first.intercept(async (call, forward) => {
      const [request] = call.params as readonly { readonly accessList?: unknown }[];
      if (call.method !== 'eth_estimateGas' || request?.accessList === undefined) {
        return watch(call, forward);
      }
      const { result } = (await forward()) as { readonly result: Hex };
      return { result: `0x${(BigInt(result) - 15_000n).toString(16)}` };
    });
    await start({ replaceAfterSeconds: 1 });
    await chain.request('evm_setAutomine', [false]);
    await sealOne();
    await eventually(
      () => Promise.resolve(new Set(sent).size),
      (variants) => variants > 1,
    );
    await chain.request('evm_setAutomine', [true]);
    await mine();
    await assertLandedOnce();
    const lists = sent.map((raw) => parseTransaction(raw).accessList ?? []);
    const { registry } = chain.deployment;
    assert.deepEqual(
      lists[0]?.map(({ address }) => address.toLowerCase()),
      [registry.toLowerCase()],
    );
    for (const list of lists) assert.deepEqual(list, lists[0]);
  });

  it('a device that is bound while no batch can be sent is judged all the same', async () => {
    await start();
    first.intercept(({ method }, forward) =>
      method === 'eth_getTransactionCount'
        ? { error: { code: -32000, message: 'busy' } }
        : forward(),
    );
    await sealOne();
    await phaseIs('sealed');
    const owner = roles.owner.address;
    const late = createTestDevice({ domain: chain.domain, claimedAt: START, owner });
    await chain.claim(late);
    await chain.bind(late, projectId);
    await eventually(client.devices, (devices) =>
      devices.some(({ deviceId, status }) => deviceId === late.deviceId && status === 'bound'),
    );
    await client.post([late.seal()]);
    await eventually(
      () => client.device(late.deviceId),
      ({ judged }) => judged?.sequence === 1,
    );
    first.intercept(watch);
    await assertLandedOnce();
  });

  it('the first variant is recognised when it is mined after all', async () => {
    await start({ replaceAfterSeconds: 1 });
    await chain.request('evm_setAutomine', [false]);
    await sealOne();
    const { transactionHash } = (await phaseIs('signed')) ?? {};
    await eventually(last, (batch) => batch?.transactionHash !== transactionHash);
    const replacement = (await last())?.transactionHash;
    await chain.request('anvil_dropTransaction', [replacement]);
    await chain.request('eth_sendRawTransaction', [sent[0]]);
    await mine();
    await chain.request('evm_setAutomine', [true]);
    await assertLandedOnce();
    assert.equal((await last())?.transactionHash, transactionHash);
  });

  it('a nonce that somebody else used is given up once that is settled, not before', async () => {
    await mine(4);
    await start({ confirmations: 3, replaceAfterSeconds: 1 });
    await chain.request('evm_setAutomine', [false]);
    await sealOne();
    await eventually(
      () => Promise.resolve(sent.length),
      (count) => count > 0,
    );
    const nonce = await nonceOf();
    await chain.request('anvil_dropTransaction', [(await last())?.transactionHash]);
    await spendNonce(nonce);
    await mine();
    assert.equal(await nonceOf(), nonce + 1);
    const before = (await last())?.transactionHash;
    await mine(2);
    assert.equal((await last())?.transactionHash, before, 'another was signed too early');
    await mine();
    await eventually(last, (batch) => batch?.transactionHash !== before);
    await chain.request('evm_setAutomine', [true]);
    await mineUntilConfirmed();
    await assertLandedOnce();
    assert.equal(await nonceOf(), nonce + 2);
  });

  it('a block that is taken back with the batch in it does not lose it', async () => {
    await mine(4);
    await start({ confirmations: 3, replaceAfterSeconds: 1 });
    await sealOne();
    await phaseIs('submitted');
    await chain.request('anvil_reorg', [1, []]);
    await mineUntilConfirmed();
    await assertLandedOnce();
  });

  it('blocks that were believed are taken back: the store follows, and the batch lands again', async () => {
    await start();
    await sealOne();
    await assertLandedOnce();
    await sealOne();
    await assertLandedOnce();
    await chain.request('anvil_reorg', [1, []]);
    const onChain = () =>
      chain.client.readContract({
        address: chain.deployment.registry,
        abi: registryAbi,
        functionName: 'batch',
        args: [batchIdOf(projectId, batches)],
      });
    assert.equal((await onChain()).status, 0);
    await mine();
    await eventually(onChain, ({ status }) => status !== 0);
    await assertLandedOnce();
    assert.equal((await client.device(device.deviceId)).credited.sequence, 2);
  });

  it('an endpoint on another chain is refused at the start, and left alone while running', async () => {
    await start({ rpcUrls: [first.url, second.url] });
    await oracle.stop();
    second.intercept(lying({ eth_chainId: '0x89' }));
    await assert.rejects(
      startOracle(configOf(chain.deployment, folder.path, { rpcUrls: [first.url, second.url] })),
      isCode('CONFIGURATION_INVALID'),
    );
    second.intercept(lying({ eth_getCode: '0x' }));
    await assert.rejects(
      startOracle(configOf(chain.deployment, folder.path, { rpcUrls: [second.url] })),
      isCode('CONFIGURATION_INVALID'),
    );
    second.intercept(watch);
    await start({ rpcUrls: [first.url, second.url] });
    // It dies and comes back as somebody else: it is asked again who it is.
    let died = false;
    first.intercept(({ method }, forward) => {
      if (method === 'eth_sendRawTransaction') throw new Error('the wrong chain got it');
      if (!died) {
        died = true;
        throw new Error('down');
      }
      return method === 'eth_chainId' ? { result: '0x89' } : forward();
    });
    await sealOne();
    await assertLandedOnce();
    assert.equal((await client.health()).chain, 'up');
  });

  it('a head that goes back is taken for what it is: an endpoint that lags', async () => {
    await start();
    await sealOne();
    await assertLandedOnce();
    first.intercept(lying({ eth_blockNumber: '0x1' }));
    const { chainError } = await eventually(client.health, ({ chain: up }) => up === 'down');
    assert.match(chainError ?? '', /contradicts/);
    await sealOne();
    assert.equal((await client.batches(projectId))[0]?.phase, 'confirmed');
    first.intercept(watch);
    await assertLandedOnce();
  });

  it('a receipt that is withheld changes nothing', async () => {
    await start();
    first.intercept((call, forward) =>
      call.method === 'eth_getTransactionReceipt' ? { result: null } : forward(),
    );
    const nonce = await nonceOf();
    await sealOne();
    await assertLandedOnce();
    assert.equal(await nonceOf(), nonce + 1);
  });

  it('logs that are withheld for a while are found', async () => {
    await start();
    first.intercept(lying({ eth_getLogs: [] }));
    await sealOne();
    await eventually(client.health, ({ chainError }) => /logs/.test(chainError ?? ''));
    assert.notEqual((await last())?.phase, 'refused');
    first.intercept(watch);
    await assertLandedOnce();
  });

  it('logs that one endpoint withholds are read from the other', async () => {
    await start({ rpcUrls: [first.url, second.url] });
    first.intercept(lying({ eth_getLogs: [] }));
    await sealOne();
    await assertLandedOnce();
    assert.equal((await client.health()).chain, 'up');
  });

  it('an endpoint that hangs is left for the other', async () => {
    await start({ rpcUrls: [first.url, second.url] });
    first.intercept(() => new Promise(() => undefined));
    await sealOne();
    await assertLandedOnce();
    assert.equal((await client.health()).chain, 'up');
  });
});
