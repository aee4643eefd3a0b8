import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import {
  createWebCryptoVerifier,
  fromHex,
  readChainRecord,
  readingsAbi,
  verifyBatch,
  type Hex,
} from '@truetonne/protocol';
import { startOracle, type Oracle } from '../../src/index.ts';
import { roles, startChain, type TestChain } from '../support/chain.ts';
import { createClient, joinWindows, type TestClient } from '../support/client.ts';
import { createTestDevice, type TestDevice } from '../support/device.ts';
import { configOf, eventually } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

const at = (text: string): number => Date.parse(`${text}-07:00`) / 1000;
const START = at('2016-07-30T00:00:00');

describeOnBothStores('from a signed reading to a batch on the chain', (store) => {
  let chain: TestChain;
  let oracle: Oracle;
  let client: TestClient;
  let device: TestDevice;
  let projectId: number;

  before(async () => {
    chain = await startChain();
    projectId = await chain.addProject();
    device = createTestDevice({
      domain: chain.domain,
      claimedAt: START,
      owner: roles.owner.address,
    });
    await chain.claim(device);
    await chain.bind(device, projectId);
    const { dataFolder, databaseUrl } = await store.place();
    oracle = await startOracle(configOf(chain.deployment, dataFolder, { databaseUrl }));
    client = createClient(oracle.url);
    await eventually(client.devices, (devices) => devices[0]?.status === 'bound');
  });
  after(async () => {
    await oracle.stop();
    await chain.stop();
  });

  const confirmed = async (place: number) => {
    const batches = await eventually(
      () => client.batches(projectId),
      (page) => page[place]?.phase === 'confirmed',
    );
    return batches[place] ?? assert.fail();
  };
  const close = (until: number) => client.postJson(`/v1/projects/${projectId}/close`, { until });
  const statusOf = (window: { readonly header: { readonly sequence: number } }) =>
    client.status(device.deviceId, window.header.sequence);

  async function verify(batchId: string): Promise<void> {
    const record = await readChainRecord(chain.client, chain.deployment.registry, BigInt(batchId));
    const file = Buffer.from(
      await (await fetch(`${oracle.url}/v1/batches/${batchId}/file`)).arrayBuffer(),
    );
    const fileDigest: Hex = `0x${createHash('sha256').update(file).digest('hex')}`;
    const content = gunzipSync(file);
    const verifySignature = createWebCryptoVerifier();
    const result = await verifyBatch({ content, fileDigest, record, verifySignature });
    assert.deepEqual(result.verified ? [] : result.failure, []);
  }

  it('batches each month by itself as soon as all devices are past it', async () => {
    const hour = { seconds: 3600, exportWh: 1_000n, importWh: 2n };
    const results = await client.post(Array.from({ length: 5 * 24 }, () => device.seal(hour)));
    assert.equal(results.length, 120);
    const july = await confirmed(0);
    assert.equal((await client.batches(projectId)).length, 1);
    assert.equal(july.batchId, String(projectId * 1_000_000 + 1));
    assert.deepEqual(
      [july.periodStart, july.periodEnd, july.windowCount, july.exportedWh, july.importedWh],
      [at('2016-07-01T00:00:00'), at('2016-08-01T00:00:00'), 48, '48000', '96'],
    );
    assert.equal(july.creditableWh, '47904');
    assert.equal(july.grams, String((47_904n * 352_000n) / 1_000_000n));
    await verify(july.batchId);
  });

  it('closes the running period on request, and names the file by its hash', async () => {
    const until = at('2016-08-04T00:00:00');
    assert.deepEqual(await close(until), { status: 202, body: { projectId, until } });
    const august = await confirmed(1);
    assert.equal(august.periodEnd, until);
    await verify(august.batchId);
    const project = await eventually(
      () => client.project(projectId),
      ({ closingUntil }) => closingUntil === null,
    );
    assert.equal(project.pendingWindows, 0);
    const byCid = await fetch(`${oracle.url}/v1/files/${august.cid}`);
    const digest = createHash('sha256')
      .update(Buffer.from(await byCid.arrayBuffer()))
      .digest('hex');
    assert.equal(`0x${digest}`, august.fileDigest);
  });

  it('gives a batch file in parts, which are the file again, and knows whoever has it', async () => {
    const [, august] = await client.batches(projectId);
    const url = `${oracle.url}/v1/batches/${august?.batchId}/file`;
    const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
    const parts: Buffer[] = [];
    const size = Math.ceil(whole.length / 3);
    for (let first = 0; first < whole.length; first += size) {
      const range = `bytes=${first}-${first + size - 1}`;
      const part = await fetch(url, { headers: { range } });
      assert.equal(part.status, 206);
      const last = Math.min(first + size, whole.length) - 1;
      assert.equal(part.headers.get('content-range'), `bytes ${first}-${last}/${whole.length}`);
      parts.push(Buffer.from(await part.arrayBuffer()));
    }
    assert.deepEqual(Buffer.concat(parts), whole);
    const behind = await fetch(url, { headers: { range: `bytes=${whole.length}-` } });
    assert.deepEqual(
      [behind.status, behind.headers.get('content-range')],
      [416, `bytes */${whole.length}`],
    );
    const etag = behind.headers.get('etag') ?? '';
    assert.equal((await fetch(url, { headers: { 'if-none-match': etag } })).status, 304);
    const other = { range: 'bytes=0-9', 'if-range': '"another"' };
    assert.equal((await fetch(url, { headers: other })).status, 200);
  });

  it('proves a single reading to the contract', async () => {
    const window = await client.window(device.deviceId, 50);
    const [shown] = window.readings;
    const hex = (text: string): Hex => `0x${text.slice(2)}`;
    const reading = await chain.client.readContract({
      address: chain.deployment.readings,
      abi: readingsAbi,
      functionName: 'readingAt',
      args: [
        BigInt(window.batchId ?? 0),
        hex(window.header),
        hex(window.readingsBytes),
        0n,
        (window.proof ?? []).map(hex),
      ],
    });
    assert.equal(String(reading.exportWh), shown?.exportWh);
    assert.equal(fromHex(window.header).length, 176);
    assert.equal(shown?.state, 'batched');
    assert.deepEqual(shown.batch, { batchId: window.batchId, phase: 'confirmed' });
  });

  it('tells a late window that its period was closed', async () => {
    const skipped = device.seal();
    const next = device.seal();
    await client.post([next]);
    assert.equal((await statusOf(next)).state, 'received');
    await close(next.header.closedAt);
    const batch = await confirmed(2);
    assert.equal((await client.post([skipped]))[0]?.status, 'accepted');
    const late = await eventually(
      () => statusOf(skipped),
      ({ state }) => state === 'excluded',
    );
    assert.equal(late.reason?.code, 'PERIOD_CLOSED');
    const gap = await statusOf(next);
    assert.deepEqual(
      [gap.state, gap.reason?.code, gap.deductedWh],
      ['excluded', 'SEQUENCE_GAP', '200'],
    );
    assert.equal(gap.batch?.batchId, batch.batchId);
    const [finding] = await client.batchFindings(batch.batchId);
    assert.deepEqual([finding?.reason.code, finding?.deductedWh], ['SEQUENCE_GAP', '200']);
    await verify(batch.batchId);
  });

  it('batches what came before a revocation and says why the rest does not count', async () => {
    const counted = device.seal();
    const revoked = device.seal();
    await client.post([counted, revoked]);
    await chain.revoke(device, revoked.header.closedAt);
    await eventually(
      () => client.device(device.deviceId),
      ({ status }) => status === 'revoked',
    );
    await close(revoked.header.closedAt);
    const batch = await confirmed(3);
    assert.equal(batch.windowCount, 1);
    assert.equal((await statusOf(counted)).state, 'batched');
    assert.equal((await statusOf(revoked)).reason?.code, 'DEVICE_REVOKED');
    const refusal = await client.postRefused(
      'application/octet-stream',
      joinWindows([device.seal()]),
    );
    assert.deepEqual([refusal.status, refusal.code], [403, 'DEVICE_REVOKED']);
    await verify(batch.batchId);
  });

  it('serves the same totals by device, project and energy buckets', async () => {
    const [own] = await client.devices();
    const project = await client.project(projectId);
    assert.deepEqual(own?.totals, project.totals);
    const months = await client.energy(device.deviceId, 'bucket=month');
    assert.deepEqual(
      months.map(({ startsAt }) => startsAt),
      [at('2016-07-01T00:00:00'), at('2016-08-01T00:00:00')],
    );
    const sum = months.reduce((total, month) => total + BigInt(month.exportedWh), 0n);
    assert.equal(String(sum), project.totals.exportedWh);
  });
});
