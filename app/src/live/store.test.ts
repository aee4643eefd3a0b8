import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { liveUrl } from './store.ts';

describe('the address of the stream', () => {
  it('follows the protocol of the oracle and asks for what came since', () => {
    assert.equal(liveUrl('http://127.0.0.1:4000', undefined), 'ws://127.0.0.1:4000/v1/live');
    assert.equal(liveUrl('https://oracle.example', '41'), 'wss://oracle.example/v1/live?since=41');
  });
});
