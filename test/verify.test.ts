import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { runCommand } from '../scripts/lib/runCommand.ts';
import { startProxy, type Proxy } from './support/alteringProxy.ts';
import { startSealedBatch, type SealedBatch } from './support/sealedBatch.ts';

let sealed: SealedBatch;
let proxy: Proxy;
before(async () => {
  sealed = await startSealedBatch();
  const { chain, oracle } = sealed;
  proxy = await startProxy({ rpcUrl: chain.deployment.rpcUrl, oracleUrl: oracle.url });
});
after(async () => {
  proxy.close();
  await sealed.stop();
});

/** `npm run verify` as a stranger runs it: with nothing but addresses. */
function verify(rpcUrl: string, ...more: readonly string[]) {
  const { batchId, chain } = sealed;
  const place = ['--rpc', rpcUrl, '--registry', chain.deployment.registry];
  const file = ['--file', `${proxy.url}/v1/batches/${batchId}/file`];
  const args = ['scripts/verify.ts', batchId, ...place, ...file, ...more];
  return runCommand(process.execPath, args);
}

test('a sound batch is verified in words, with what became of it', async () => {
  proxy.alter = (_path, body) => body;
  const { exitCode, output } = await verify(sealed.chain.deployment.rpcUrl);
  assert.match(output, /^✔ batch 1000001 verified\n.*7 windows with 7 readings of 1 device/);
  assert.match(output, /exported 14007 Wh, imported 21 Wh/);
  assert.match(output, /verified: its owner may mint it/);
  assert.equal(exitCode, 0);
});

test('a program is told the same as one JSON object', async () => {
  proxy.alter = (_path, body) => body;
  const { exitCode, output } = await verify(sealed.chain.deployment.rpcUrl, '--json');
  const told: unknown = JSON.parse(output);
  assert.partialDeepStrictEqual(told, { verified: true, status: 'verified', exportedWh: '14007' });
  assert.equal(exitCode, 0);
});

test('an altered file and a chain that is not there each have their own code', async () => {
  proxy.alter = (_path, body) => Buffer.concat([body, Buffer.from([0])]);
  const altered = await verify(sealed.chain.deployment.rpcUrl);
  assert.match(altered.output, /^✖ not verified: FILE_ALTERED/);
  const nowhere = await verify('http://127.0.0.1:9');
  assert.match(nowhere.output, /^✖ not verified: CHAIN_UNREACHABLE/);
  assert.deepEqual([altered.exitCode, nowhere.exitCode], [1, 1]);
});
