import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { registryAbi } from '@truetonne/protocol';
import { decodeAnswer } from '../functions/answer.ts';
import { buildFunctionsSource } from '../functions/build.ts';
import { simulate } from '../functions/simulate.ts';
import { startProxy, type Proxy } from './support/alteringProxy.ts';
import { startSealedBatch, type SealedBatch } from './support/sealedBatch.ts';

/** On a busy machine Deno alone takes seconds to start; the service's own limit is not what is tested. */
const PATIENCE_MS = 120_000;

let sealed: SealedBatch;
let proxy: Proxy;
let source: string;

before(async () => {
  ({ source } = await buildFunctionsSource());
  sealed = await startSealedBatch();
  const { chain, oracle } = sealed;
  proxy = await startProxy({ rpcUrl: chain.deployment.rpcUrl, oracleUrl: oracle.url });
});
after(async () => {
  proxy.close();
  await sealed.stop();
});

async function recompute(share = 0, shares = 1) {
  const { chain, batchId } = sealed;
  const { registry, chainId } = chain.deployment;
  const call = { address: registry, abi: registryAbi, functionName: 'batch' } as const;
  const { root, blockNumber } = await chain.client.readContract({
    ...call,
    args: [BigInt(batchId)],
  });
  const { url } = proxy;
  const place = [String(share), String(shares)];
  const args = [batchId, root, String(chainId), registry, String(blockNumber), ...place];
  const urls = [`${url}/rpc`, `${url}/v1/batches/${batchId}/file`];
  return { root, ...(await simulate(source, [...args, ...urls], PATIENCE_MS)) };
}

test('every share of a sound batch agrees with the chain, in 224 bytes', async () => {
  proxy.alter = (_path, body) => body;
  const batch = await sealed.client.batch(sealed.batchId);
  for (const share of [0, 1]) {
    const { root, responseBytesHexstring: bytes, errorString } = await recompute(share, 2);
    assert.equal(errorString, undefined);
    assert.ok(bytes !== undefined);
    const answer = decodeAnswer(bytes);
    assert.equal((bytes.length - 2) / 2, 224);
    assert.deepEqual(
      [answer.code, answer.root, answer.askedRoot, answer.share, answer.shares],
      ['', root, root, share, 2],
    );
    assert.deepEqual(
      [String(answer.creditableWh), String(answer.grams)],
      [batch.creditableWh, batch.grams],
    );
  }
});

test('a chain that credits more than the file gives is contradicted', async () => {
  const batch = await sealed.client.batch(sealed.batchId);
  const word = BigInt(batch.grams ?? 0n)
    .toString(16)
    .padStart(64, '0');
  const more = (BigInt(batch.grams ?? 0n) + 1n).toString(16).padStart(64, '0');
  proxy.alter = (path, body) =>
    path === '/rpc' ? Buffer.from(body.toString().replaceAll(word, more)) : body;
  const { responseBytesHexstring: bytes } = await recompute();
  const { code, root } = decodeAnswer(bytes ?? assert.fail());
  assert.deepEqual([code, BigInt(root)], ['GRAMS_MISMATCH', 0n]);
});

test('a file other than the one of the chain is an error and no verdict', async () => {
  proxy.alter = (path, body) => {
    if (path === '/rpc') return body;
    const other = Buffer.from(body);
    other[20] = (other[20] ?? 0) ^ 1;
    return other;
  };
  const { responseBytesHexstring, errorString } = await recompute();
  assert.deepEqual([responseBytesHexstring, errorString], [undefined, 'FILE_ALTERED']);
});

test('a chain that does not answer is an error and no verdict', async () => {
  proxy.alter = (path, body) => (path === '/rpc' ? Buffer.from('{"jsonrpc":"2.0","id":1}') : body);
  assert.equal((await recompute()).errorString, 'CHAIN_UNREACHABLE');
});
