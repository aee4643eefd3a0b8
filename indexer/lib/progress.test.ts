import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import type { Hex } from 'viem';
import { findIndexedBlock, untilIndexed } from './progress.ts';

const hash = (digit: string): Hex => `0x${digit.repeat(64)}`;
const row = (number: string, digit: string) => [{ number, hash: hash(digit) }];

/** An indexer that gives these answers one after the other, and the last one again and again. */
async function startStub(t: TestContext, ...answers: readonly unknown[]): Promise<string> {
  const queue = [...answers];
  const server = createServer((_, response) => {
    const items = queue.length > 1 ? queue.shift() : queue[0];
    response.end(JSON.stringify({ data: { indexedBlocks: { items } } }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('The newest block is told with its hash', async (t) => {
  const url = await startStub(t, row('12', 'a'));
  assert.deepEqual(await findIndexedBlock(url), { number: 12, hash: hash('a') });
});

test('There is none while the indexer is starting, or gives an answer of another form', async (t) => {
  assert.equal(await findIndexedBlock('http://127.0.0.1:9'), undefined);
  assert.equal(await findIndexedBlock(await startStub(t, [])), undefined);
  assert.equal(await findIndexedBlock(await startStub(t, [{ number: 12, hash: 'a' }])), undefined);
});

test('Waiting ends with the block itself, or with a later one', async (t) => {
  const block = { number: 12, hash: hash('a') };
  await untilIndexed(await startStub(t, [], row('11', '9'), row('12', 'a')), block, 10_000);
  await untilIndexed(await startStub(t, row('11', '9'), row('13', 'b')), block, 10_000);
});

test('Another block of the same number is not the block', async (t) => {
  const url = await startStub(t, row('12', 'b'));
  const block = { number: 12, hash: hash('a') };
  await assert.rejects(untilIndexed(url, block, 100), /at block 12, not at block 12 \(0xaaaa/);
});
