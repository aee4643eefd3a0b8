import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { createPublicClient, encodeAbiParameters, http } from 'viem';
import { symbolOf } from './symbol.ts';

const TOKEN = '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2';
const SYMBOL = encodeAbiParameters([{ type: 'string' }], ['USDC']);

/** Answers like a node; undefined ends the connection. */
type Answer = { readonly result: string } | { readonly error: object } | undefined;

describe('what a token is called', () => {
  let server: Server;
  let answer: Answer;

  before(async () => {
    server = createServer((_, response) => {
      if (answer === undefined) {
        response.destroy();
        return;
      }
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, ...answer }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => server.close());

  const ask = (next: Answer): Promise<string> => {
    answer = next;
    const { port } = server.address() as AddressInfo;
    const transport = http(`http://127.0.0.1:${port}`, { retryCount: 0 });
    return symbolOf(createPublicClient({ transport }), TOKEN);
  };

  test('is its symbol', async () => {
    assert.equal(await ask({ result: SYMBOL }), 'USDC');
  });

  test('is the beginning of its address where it has none, so that the page still opens', async () => {
    const named = '0xc02aaa…';
    assert.equal(await ask({ result: '0x' }), named);
    assert.equal(
      await ask({ error: { code: 3, message: 'execution reverted', data: '0x' } }),
      named,
    );
    // MKR answers 32 bytes and no string.
    assert.equal(await ask({ result: `0x4d4b52${'00'.repeat(29)}` }), named);
  });

  test('is not guessed while the chain does not answer', async () => {
    await assert.rejects(ask(undefined));
    await assert.rejects(ask({ error: { code: -32005, message: 'limit exceeded' } }));
  });
});
