import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { recomputationAbi, registryAbi, verificationAbi, type Hex } from '@truetonne/protocol';
import {
  createWalletClient,
  decodeErrorResult,
  hexToString,
  http,
  parseEventLogs,
  toHex,
  trim,
} from 'viem';
import { foundry } from 'viem/chains';
import { buildFunctionsSource } from '../functions/build.ts';
import {
  addConsumer,
  DELIVERED,
  deployLocalNetwork,
  execute,
  getRequest,
  report,
  timeOut,
  type LocalNetwork,
} from '../functions/localNetwork.ts';
import type { Simulation } from '../functions/simulate.ts';
import { startOracle, type Oracle } from '../oracle/src/index.ts';
import { roles, startChain, type TestChain } from '../oracle/test/support/chain.ts';
import { createClient } from '../oracle/test/support/client.ts';
import { createTestDevice } from '../oracle/test/support/device.ts';
import { makeDataFolder, type TestFolder } from '../oracle/test/support/folders.ts';
import { configOf, eventually } from '../oracle/test/support/service.ts';
import { accreditRecomputation, deployRecomputation } from '../scripts/deployment/recomputation.ts';
import { startProxy, type Proxy } from './support/alteringProxy.ts';

const START = 1_467_331_200;
const DAY = 86_400;
const DAYS = 4;

/** On a busy machine Deno alone takes seconds to start; the service's own limit is not what is tested. */
const PATIENCE_MS = 120_000;

let chain: TestChain;
let oracle: Oracle;
let folder: TestFolder;
let proxy: Proxy;
let network: LocalNetwork;
let consumer: Hex;
let source: string;
let batchIds: readonly bigint[];

const sender = () => ({
  rpcUrl: chain.deployment.rpcUrl,
  privateKey: toHex(roles.admin.getHdKey().privateKey ?? assert.fail()),
});

before(async () => {
  const built = await buildFunctionsSource();
  ({ source } = built);
  chain = await startChain();
  folder = await makeDataFolder();
  const { verification } = chain.deployment;
  const projectId = await chain.addProject({ methodologyId: await publishDemanding() });
  const device = createTestDevice({
    domain: chain.domain,
    claimedAt: START,
    owner: roles.owner.address,
  });
  await chain.claim(device);
  await chain.bind(device, projectId);
  oracle = await startOracle(configOf(chain.deployment, folder.path));
  proxy = await startProxy({ rpcUrl: chain.deployment.rpcUrl, oracleUrl: oracle.url });
  const client = createClient(oracle.url);
  await eventually(client.devices, (devices) => devices[0]?.status === 'bound');
  for (let day = 1; day <= DAYS; day++) {
    const windows = Array.from({ length: 24 }, () =>
      device.seal({ seconds: 3600, exportWh: 2_001n, importWh: 3n }),
    );
    await client.post(windows);
    await client.postJson(`/v1/projects/${projectId}/close`, { until: START + day * DAY });
    await eventually(
      () => client.batches(projectId),
      (page) => page.filter(({ phase }) => phase === 'confirmed').length === day,
    );
  }
  const batches = await client.batches(projectId);
  batchIds = batches.map(({ batchId }) => BigInt(batchId ?? assert.fail())).sort();
  network = await deployLocalNetwork(sender());
  const deployer = { reader: chain.client, wallet: adminWallet() };
  consumer = await deployRecomputation(deployer, {
    ...{ verification, operator: roles.admin.address, ...network },
    ...{ sourceHash: built.hash, rpcUrl: `${proxy.url}/rpc` },
  });
  assert.ok(await accreditRecomputation(deployer, verification, consumer));
  await addConsumer(sender(), network, consumer);
});
after(async () => {
  proxy.close();
  await oracle.stop();
  await chain.stop();
  folder.remove();
});

function adminWallet() {
  const transport = http(chain.deployment.rpcUrl);
  return createWalletClient({ account: roles.admin, chain: foundry, transport });
}

async function publishDemanding(): Promise<number> {
  const call = { address: chain.deployment.registry, abi: registryAbi } as const;
  const demands = { approvals: 0, recomputation: true, bufferBps: 0 };
  const args = ['GCCM001', '4', `0x${'02'.repeat(32)}`, 0, 2 ** 39, demands] as const;
  const hash = await adminWallet().writeContract({
    ...call,
    functionName: 'publishMethodology',
    args,
  });
  const { logs } = await chain.client.waitForTransactionReceipt({ hash });
  const [event] = parseEventLogs({ abi: registryAbi, eventName: 'MethodologyPublished', logs });
  return event?.args.methodologyId ?? assert.fail();
}

/** Asks for a share, as the operator does. */
async function ask(batchId: bigint, share = 0, shares = 1) {
  const fileUrl = `${proxy.url}/v1/batches/${batchId}/file`;
  const hash = await adminWallet().writeContract({
    ...{ address: consumer, abi: recomputationAbi, functionName: 'request' },
    args: [batchId, share, shares, fileUrl, source],
  });
  return getRequest(sender(), hash);
}

const statusOf = async (batchId: bigint) =>
  (
    await chain.client.readContract({
      ...{ address: chain.deployment.registry, abi: registryAbi, functionName: 'batch' },
      args: [batchId],
    })
  ).status;
const [SUBMITTED, VERIFIED, REJECTED] = [1, 3, 4];

/** What the consumer made of an answer: the names of its events, and the code or error in them. */
async function heard(hash: Hex): Promise<readonly string[]> {
  const { logs } = await chain.client.waitForTransactionReceipt({ hash });
  return parseEventLogs({ abi: recomputationAbi, logs }).map((event) => {
    if (event.eventName === 'ShareContradicted')
      return `contradicted: ${hexToString(trim(event.args.code, { dir: 'right' }))}`;
    if (event.eventName !== 'ShareInconclusive') return event.eventName;
    const abi = [...recomputationAbi, ...verificationAbi];
    const { errorName, args } = decodeErrorResult({ abi, data: event.args.reason });
    return errorName === 'SourceFailed' ? `failed: ${hexToString(args[0])}` : errorName;
  });
}

async function answerWith(batchId: bigint, answer?: Simulation) {
  const request = await ask(batchId);
  const given = answer ?? (await execute(request.data, PATIENCE_MS));
  const { hash, result } = await report(sender(), request, given);
  assert.equal(result, DELIVERED.fulfilled);
  return heard(hash);
}

test('a sound batch is verified when every share agrees, through the router of Chainlink', async () => {
  const batchId = batchIds[0] ?? assert.fail();
  proxy.alter = (_path, body) => body;
  for (const share of [0, 1]) {
    assert.equal(await statusOf(batchId), SUBMITTED);
    const request = await ask(batchId, share, 2);
    const answer = await execute(request.data, PATIENCE_MS);
    const { hash, result } = await report(sender(), request, answer);
    assert.equal(result, DELIVERED.fulfilled);
    assert.deepEqual(await heard(hash), ['ShareAgreed']);
  }
  assert.equal(await statusOf(batchId), VERIFIED);
});

test('a batch that credits more than its file gives is rejected on the chain', async () => {
  const batchId = batchIds[1] ?? assert.fail();
  const { grams } = await createClient(oracle.url).batch(String(batchId));
  const wordOf = (value: bigint) => value.toString(16).padStart(64, '0');
  const known = BigInt(grams ?? 0n);
  proxy.alter = (path, body) =>
    path === '/rpc'
      ? Buffer.from(body.toString().replaceAll(wordOf(known), wordOf(known + 1n)))
      : body;
  assert.deepEqual(await answerWith(batchId), ['contradicted: GRAMS_MISMATCH']);
  assert.equal(await statusOf(batchId), REJECTED);
});

test('another file is an error of the source, and no verdict; the share can be had again', async () => {
  const batchId = batchIds[2] ?? assert.fail();
  proxy.alter = (path, body) => (path === '/rpc' ? body : Buffer.from('another file'));
  assert.deepEqual(await answerWith(batchId), ['failed: FILE_ALTERED']);
  assert.equal(await statusOf(batchId), SUBMITTED);
  proxy.alter = (_path, body) => body;
  assert.deepEqual(await answerWith(batchId), ['ShareAgreed']);
  assert.equal(await statusOf(batchId), VERIFIED);
});

test('an answer about another batch, twice, or after the time of the request decides nothing', async () => {
  const batchId = batchIds[3] ?? assert.fail();
  proxy.alter = (_path, body) => body;
  const request = await ask(batchId);
  const answer = await execute(request.data, PATIENCE_MS);
  const other = answer.responseBytesHexstring?.replace(
    toHex(batchId, { size: 32 }).slice(2),
    toHex(batchId + 1n, { size: 32 }).slice(2),
  );
  // Proof: hex with a word replaced.
  assert.deepEqual(await answerWith(batchId, { responseBytesHexstring: other as Hex }), [
    'AnswerForeign',
  ]);
  await timeOut(sender(), network.router, request);
  const late = await report(sender(), request, answer);
  assert.deepEqual([late.result, await heard(late.hash)], [DELIVERED.requestUnknown, []]);
  assert.equal(await statusOf(batchId), SUBMITTED);

  const again = await ask(batchId);
  assert.equal((await report(sender(), again, answer)).result, DELIVERED.fulfilled);
  const twice = await report(sender(), again, answer);
  assert.deepEqual([twice.result, await heard(twice.hash)], [DELIVERED.requestUnknown, []]);
  assert.equal(await statusOf(batchId), VERIFIED);
});
