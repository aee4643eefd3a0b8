import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { fetchFile } from '../functions/source/fetchFile.ts';
import type { FunctionsHost } from '../functions/source/host.ts';

const PART = 2_000_000;

/** A server of one file that answers ranges as RFC 9110 has them, and counts what it was asked. */
function serve(file: Uint8Array): { readonly host: FunctionsHost; readonly asked: string[] } {
  const asked: string[] = [];
  const makeHttpRequest: FunctionsHost['makeHttpRequest'] = ({ headers }) => {
    const range = headers?.['range'] ?? '';
    asked.push(range);
    const [from = 0, to = 0] = (/^bytes=(\d+)-(\d+)$/.exec(range) ?? []).slice(1).map(Number);
    if (from >= file.length) return Promise.resolve({ error: true });
    const last = Math.min(to, file.length - 1);
    return Promise.resolve({
      error: false,
      status: 206,
      headers: { 'content-range': `bytes ${from}-${last}/${file.length}` },
      data: Uint8Array.from(file.subarray(from, last + 1)).buffer,
    });
  };
  return { host: { makeHttpRequest }, asked };
}

for (const size of [1, PART - 1, PART, PART + 1, 2 * PART, 4 * PART]) {
  test(`a file of ${size} bytes arrives whole, in as few queries as it takes`, async () => {
    const file = randomBytes(size);
    const { host, asked } = serve(file);
    assert.ok(Buffer.from(await fetchFile('https://files.example/f', host)).equals(file));
    assert.equal(asked.length, Math.ceil(size / PART));
  });
}

test('a file of more than 8,000,000 bytes is too large', async () => {
  const { host } = serve(randomBytes(4 * PART + 1));
  await assert.rejects(fetchFile('https://files.example/f', host), { message: 'FILE_TOO_LARGE' });
});

test('a server that knows no ranges answers with all of it', async () => {
  const file = randomBytes(PART);
  const data = Uint8Array.from(file).buffer;
  const host: FunctionsHost = {
    makeHttpRequest: () => Promise.resolve({ error: false, status: 200, data }),
  };
  assert.ok(Buffer.from(await fetchFile('https://files.example/f', host)).equals(file));
});

test('a file that is not there, or is empty, is missing', async () => {
  const { host } = serve(new Uint8Array());
  await assert.rejects(fetchFile('https://files.example/f', host), { message: 'FILE_MISSING' });
});
