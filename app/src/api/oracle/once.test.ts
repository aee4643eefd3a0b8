import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import { Unreachable } from '../problem.ts';
import { writeOwn } from './own.ts';

const WRITER = { oracleUrl: 'http://oracle', csrfToken: 'c' };
const nothing = (): null => null;

/** Answers the next requests in turn, `undefined` not at all; tells the keys that they came with. */
function serve(...statuses: readonly (number | undefined)[]): (string | null)[] {
  const keys: (string | null)[] = [];
  const left = [...statuses];
  mock.method(globalThis, 'fetch', (_url: string, { headers }: RequestInit) => {
    keys.push(new Headers(headers).get('idempotency-key'));
    const status = left.shift();
    return status === undefined
      ? Promise.reject(new TypeError('Failed to fetch'))
      : Promise.resolve(new Response('{}', { status }));
  });
  return keys;
}

/** Writes the same again and again, whatever comes of it. */
async function write(value: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const wish = { method: 'POST', path: '/v1/activities', body: { value } } as const;
    await writeOwn(WRITER, wish, nothing).catch(() => undefined);
  }
}

describe('a write', () => {
  afterEach(() => mock.restoreAll());

  it('that got no answer may have been done, so the next try has its key', async () => {
    const keys = serve(undefined, 502, 201, 201);
    await write('1', 4);
    assert.equal(new Set(keys.slice(0, 3)).size, 1);
    assert.notEqual(keys[3], keys[2], 'it was answered: the next one is another');
  });

  it('that was refused is tried anew under another key', async () => {
    const keys = serve(409, 201);
    await write('2', 2);
    assert.notEqual(keys[0], keys[1]);
  });

  it('of something else has a key of its own, answer or not', async () => {
    const keys = serve(undefined, undefined, 201, 201);
    await write('3', 1);
    await write('4', 1);
    await write('3', 1);
    await write('4', 1);
    assert.deepEqual([keys[2], keys[3]], [keys[0], keys[1]]);
    assert.notEqual(keys[0], keys[1]);
  });

  it('says that nobody answered', async () => {
    serve(undefined);
    const wish = { method: 'DELETE', path: '/v1/keys/1' } as const;
    await assert.rejects(writeOwn(WRITER, wish, nothing), Unreachable);
  });
});
