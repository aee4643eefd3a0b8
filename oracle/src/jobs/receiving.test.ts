import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Limited } from '../runtime/limited.ts';
import { createReceiving } from './receiving.ts';

const MUCH = 2 ** 30;
const QUOTA = { owner: { jobs: 1, bytes: MUCH }, source: { jobs: 2, bytes: MUCH }, keptSeconds: 1 };
const wallet = (name: string) => ({ name: `wallet:${name}`, source: null });
const visitor = (name: string) => ({ name: `visitor:${name}`, source: 'here' });

const isRefused = (by: string) => (error: unknown) =>
  error instanceof Limited &&
  error.code === 'JOBS_LIMITED' &&
  error.details.field === by &&
  error.headers['retry-after'] === '30';

describe('files that are being received', () => {
  it('are as many at a time as an owner may have jobs, and make room when they are over', () => {
    const { begin } = createReceiving(QUOTA);
    const end = begin(wallet('1'));
    assert.throws(() => begin(wallet('1')), isRefused('owner'));
    begin(wallet('2'));
    end();
    begin(wallet('1'));
  });

  it('of all visitors of a network are counted together, and one that is refused counts nowhere', () => {
    const { begin } = createReceiving(QUOTA);
    const end = begin(visitor('1'));
    begin(visitor('2'));
    for (let tries = 0; tries < 3; tries++)
      assert.throws(() => begin(visitor('3')), isRefused('source'));
    begin(wallet('1'));
    end();
    begin(visitor('3'));
  });
});
