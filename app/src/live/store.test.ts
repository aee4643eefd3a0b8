import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { liveUrl } from './store.ts';

describe('the address of the stream', () => {
  it('follows the protocol of the oracle and asks for what came since', () => {
    const all = { oracleUrl: 'http://127.0.0.1:4000', organisation: undefined };
    assert.equal(liveUrl(all), 'ws://127.0.0.1:4000/v1/live');
    const secure = { ...all, oracleUrl: 'https://oracle.example' };
    assert.equal(liveUrl(secure, '41'), 'wss://oracle.example/v1/live?since=41');
  });

  it('names the organisation whose devices are watched', () => {
    const source = { oracleUrl: 'https://oracle.example', organisation: 'a1' };
    assert.equal(liveUrl(source, '41'), 'wss://oracle.example/v1/live?organisation=a1&since=41');
  });
});
