import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import { fetchUploads, reportUrl } from './uploads.ts';
import { endExport, startExport } from './exports.ts';
import type { Filer } from './filer.ts';

const NOBODY: Filer = {
  ...{ oracleUrl: 'http://oracle', csrfToken: undefined, visitorToken: undefined },
};
const EXPORT = {
  ...{ id: 'e1', status: 'queued', progress: { done: 0, total: null }, requestedAt: 0 },
  request: { kind: 'energy', bucket: 'hour', format: 'csv', projectId: 1, from: 0, to: 1 },
  ...{ rows: null, size: null, url: null, code: null, detail: null },
};

/** Answers the next requests with this, and remembers how they were sent. */
function serve(body: unknown): RequestInit[] {
  const sent: RequestInit[] = [];
  mock.method(globalThis, 'fetch', (_url: string, init: RequestInit = {}) => {
    sent.push(init);
    return Promise.resolve(new Response(JSON.stringify(body)));
  });
  return sent;
}

afterEach(() => mock.restoreAll());

describe('uploads and exports', () => {
  it('are asked for with the cookie and the token of the session', async () => {
    const sent = serve({ uploads: [], nextCursor: null });
    await fetchUploads({ ...NOBODY, csrfToken: 'c', visitorToken: 'v' }, undefined);
    assert.deepEqual(
      [sent[0]?.credentials, sent[0]?.headers],
      ['include', { 'x-csrf-token': 'c' }],
    );
  });

  it("are asked for by the browser's own token, without a cookie, where nobody is signed in", async () => {
    const sent = serve(EXPORT);
    await endExport({ ...NOBODY, visitorToken: 'v' }, 'e1');
    assert.deepEqual(
      [sent[0]?.method, sent[0]?.credentials, sent[0]?.headers],
      ['DELETE', 'omit', { 'x-visitor-token': 'v' }],
    );
  });

  it('give a browser that has none its token once', async () => {
    const request = { kind: 'energy', format: 'csv', projectId: 1, from: 0, to: 1 } as const;
    const sent = serve({ ...EXPORT, visitorToken: 'new' });
    assert.equal((await startExport(NOBODY, request)).visitorToken, 'new');
    assert.deepEqual(sent[0]?.headers, { 'content-type': 'application/json' });
    serve({ ...EXPORT, visitorToken: null });
    assert.equal((await startExport(NOBODY, request)).visitorToken, undefined);
  });

  it('are fetched by the path that the oracle gave, which holds its key', () => {
    const report = '/v1/uploads/u1/report?key=k';
    assert.equal(reportUrl('http://oracle', { report }), `http://oracle${report}&format=csv`);
  });
});
