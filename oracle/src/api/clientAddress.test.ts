import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { startLoneOracle, type LoneOracle } from '../../test/support/noChain.ts';
import { ask } from '../../test/support/people.ts';
import { closeServer, listen } from '../service/server.ts';
import { createAddressReader, networkOf, parseNetworks } from './clientAddress.ts';

const networks = (text: string) => {
  const parsed = parseNetworks(text);
  assert.ok(parsed);
  return parsed;
};

describe('the address of a caller', () => {
  /** What a real server makes of a request from 127.0.0.1 with such headers. */
  async function read(trusted: string, ...forwarded: readonly string[]): Promise<string> {
    const addressOf = createAddressReader(networks(trusted));
    const server = createServer((incoming: IncomingMessage, outgoing) => {
      outgoing.end(addressOf(incoming));
    });
    const url = await listen(server, '127.0.0.1', 0);
    const headers = new Headers();
    for (const value of forwarded) headers.append('x-forwarded-for', value);
    const answer = await fetch(url, { headers });
    const text = await answer.text();
    await closeServer(server);
    return text;
  }

  it("is the socket's, whatever a header says, unless the operator trusts a proxy", async () => {
    assert.equal(await read('', '203.0.113.7'), '127.0.0.1');
    assert.equal(await read('10.0.0.0/8', '203.0.113.7'), '127.0.0.1');
  });

  it('is what the nearest proxy that is trusted saw, and nothing that was written before it', async () => {
    assert.equal(await read('127.0.0.1', '203.0.113.7'), '203.0.113.7');
    assert.equal(await read('127.0.0.1', '198.51.100.1, 203.0.113.7'), '203.0.113.7');
    assert.equal(await read('127.0.0.1', '198.51.100.1', '203.0.113.7'), '203.0.113.7');
    const chain = '198.51.100.1, 203.0.113.7, 10.1.2.3';
    assert.equal(await read('127.0.0.1', chain), '10.1.2.3');
    assert.equal(await read('127.0.0.1,10.0.0.0/8', chain), '203.0.113.7');
    assert.equal(await read('127.0.0.1', '2001:db8::7'), '2001:db8::7');
  });

  it("is the proxy's where the header is missing or names no address", async () => {
    assert.equal(await read('127.0.0.1'), '127.0.0.1');
    for (const text of ['', 'unknown', '1.2.3', '203.0.113.7, _hidden', '203.0.113.7:80'])
      assert.equal(await read('127.0.0.1', text), '127.0.0.1', text);
  });

  it('counts as a network: all of an IPv4 address, half of an IPv6 address', () => {
    assert.equal(networkOf('203.0.113.7'), '203.0.113.7');
    assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2::/64');
    assert.equal(networkOf('2001:0DB8:1:2::9'), '2001:db8:1:2::/64');
    assert.equal(networkOf('2001:db8::9'), '2001:db8:0:0::/64');
    assert.equal(networkOf('::1'), '0:0:0:0::/64');
    assert.equal(networkOf('fe80::1%eth0'), 'fe80:0:0:0::/64');
  });

  it('is not read by a list of proxies that is none', () => {
    for (const text of [
      'x',
      '10.0.0.0/33',
      '10.0.0.0/-1',
      '10.0.0.0/8/8',
      '::/129',
      '10.0.0',
      '/8',
    ])
      assert.equal(parseNetworks(text), undefined, text);
    assert.ok(networks(' 10.0.0.0/8 , ::1 ').check('10.9.9.9'));
  });
});

for (const [trusted, what] of [
  ['', 'who writes other addresses into the header is counted all the same'],
  ['127.0.0.1', 'each caller behind a trusted proxy is counted apart'],
] as const) {
  describe(`tries to sign in, where ${trusted === '' ? 'no proxy is trusted' : 'one is'}`, () => {
    let lone: LoneOracle;
    before(async () => {
      lone = await startLoneOracle({ trustedProxies: networks(trusted) });
    });
    after(() => lone.stop());

    it(what, async () => {
      const from = (address: string) =>
        ask(lone.oracle.url, '/v1/session/nonce', {
          ...{ method: 'POST', headers: { 'x-forwarded-for': address } },
        });
      for (let number = 0; number < 60; number++)
        assert.equal((await from('203.0.113.7')).status, 200);
      assert.equal((await from('203.0.113.7')).status, 429);
      assert.equal((await from('203.0.113.8')).status, trusted === '' ? 429 : 200);
      // In front of what the proxy saw anyone may write what it likes.
      assert.equal((await from('198.51.100.1, 203.0.113.7')).status, 429);
    });
  });
}
