import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import { fetchBalances, fetchBatches, fetchIndexedBlock, fetchProject } from './indexer/index.ts';
import {
  fetchBatchFile,
  fetchFindings,
  fetchLatest,
  fetchReadings,
  fetchWindow,
  Problem,
  Unreachable,
} from './index.ts';

const ORACLE = 'http://oracle';
const INDEXER = 'http://indexer';
const device = `0x${'ab'.repeat(32)}`;

interface Asked {
  readonly url: string;
  readonly body: string | undefined;
}

/** Answers the next requests with this, and remembers what was asked. */
function serve(body: unknown, status = 200): Asked[] {
  const asked: Asked[] = [];
  mock.method(globalThis, 'fetch', (url: string, init?: { readonly body?: string }) => {
    asked.push({ url, body: init?.body });
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  });
  return asked;
}

function serveGraph(data: unknown): Asked[] {
  return serve({ data });
}

function page(items: readonly unknown[], endCursor: string | null): unknown {
  const pageInfo = { hasNextPage: endCursor !== null, endCursor };
  return { items, totalCount: items.length, pageInfo };
}

afterEach(() => mock.restoreAll());

describe('the oracle', () => {
  const reading = {
    id: `${device}.7.0`,
    deviceId: device,
    sequence: 7,
    index: 0,
    at: 1_735_689_600,
    exportWh: '2941907',
    importWh: '3551',
    status: 1,
    fields: { activePowerMw: '-2476' },
    state: 'excluded',
    reason: { code: 'TIME_GAP', title: 'Time passed', todo: '-' },
    deductedWh: '12',
    flags: [],
    waiting: null,
    batch: null,
  };

  it('is asked for readings from a time on, page by page', async () => {
    const asked = serve({ readings: [reading], nextCursor: '1.2.3' });
    const { items, next } = await fetchReadings(ORACLE, { deviceId: device, from: 60 }, '0.0.0');
    const url = `${ORACLE}/v1/devices/${device}/readings?from=60&limit=50&cursor=0.0.0`;
    assert.equal(asked[0]?.url, url);
    assert.equal(next, '1.2.3');
    assert.equal(items[0]?.exportWh, 2_941_907n);
    assert.equal(items[0]?.fields.activePowerMw, -2_476n);
    assert.equal(items[0]?.reason?.code, 'TIME_GAP');
  });

  it('ends a list with a cursor of null', async () => {
    serve({ findings: [], nextCursor: null });
    const { items, next } = await fetchFindings(ORACLE, { batchId: 1_000_001n }, undefined);
    assert.deepEqual([items, next], [[], undefined]);
  });

  it('tells findings of a whole window from those of a reading', async () => {
    const { deviceId, sequence, at, reason, deductedWh } = reading;
    const finding = { id: 1, deviceId, sequence, at, reason, deductedWh };
    const findings = [
      { ...finding, index: null },
      { ...finding, index: 0 },
    ];
    const asked = serve({ findings, nextCursor: null });
    const { items } = await fetchFindings(ORACLE, { projectId: 1 }, undefined);
    assert.equal(asked[0]?.url, `${ORACLE}/v1/projects/1/findings?limit=50`);
    assert.deepEqual(
      items.map(({ index }) => index),
      [undefined, 0],
    );
  });

  it('hands out a window that no batch holds yet', async () => {
    serve({ header: '0x01', signature: '0x02', readingsBytes: '0x03', batchId: null, proof: null });
    const window = await fetchWindow(ORACLE, device, '7');
    assert.deepEqual([window.batchId, window.proof], [undefined, undefined]);
  });

  it('refuses with the code of the catalogue', async () => {
    serve({ status: 404, code: 'READING_UNKNOWN', title: 'No reading', detail: 'id = x' }, 404);
    await assert.rejects(fetchLatest(ORACLE, device), (error) => {
      assert.ok(error instanceof Problem);
      assert.deepEqual(
        [error.code, error.status, error.detail],
        ['READING_UNKNOWN', 404, 'id = x'],
      );
      return true;
    });
  });

  it('refuses without problem details, and still the status is told', async () => {
    serve('gateway', 502);
    await assert.rejects(fetchLatest(ORACLE, device), { code: 'HTTP_502', status: 502 });
  });

  it('gives the bytes of a batch file as they are', async () => {
    mock.method(globalThis, 'fetch', () => Promise.resolve(new Response(Uint8Array.of(31, 139))));
    assert.deepEqual(await fetchBatchFile(ORACLE, 1n), Uint8Array.of(31, 139));
  });

  it('is unreachable when nothing answers', async () => {
    mock.method(globalThis, 'fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await assert.rejects(fetchLatest(ORACLE, device), Unreachable);
  });

  it('is not believed when its answer has another shape', async () => {
    serve({ ...reading, exportWh: 1.5 });
    await assert.rejects(fetchLatest(ORACLE, device), /exportWh: expected an integer/);
  });
});

describe('the indexer', () => {
  it('knows nothing of an unknown project', async () => {
    serveGraph({ project: null });
    assert.equal(await fetchProject(INDEXER, 9), undefined);
  });

  it('is asked with variables and pages by cursor', async () => {
    const asked = serveGraph({ batchs: page([], 'abc') });
    const filter = { projectId_in: [1, 2], state: 'submitted' } as const;
    const { items, next } = await fetchBatches(INDEXER, filter, undefined);
    assert.deepEqual([items, next], [[], 'abc']);
    const body: unknown = JSON.parse(asked[0]?.body ?? '');
    assert.deepEqual((body as { variables: unknown }).variables, { where: filter, after: null });
  });

  it('finds the balances of an address however it is written', async () => {
    const asked = serveGraph({ balances: page([], null) });
    await fetchBalances(INDEXER, '0xABCD');
    assert.match(asked[0]?.body ?? '', /"account":"0xabcd"/);
  });

  it('says how far it has come', async () => {
    serveGraph({
      _meta: { status: { local: { id: 31337, block: { number: 41, timestamp: 1 } } } },
    });
    assert.equal(await fetchIndexedBlock(INDEXER), 41);
  });

  it('refuses a query with its reason', async () => {
    serve({ errors: [{ message: 'Unknown field' }] });
    await assert.rejects(fetchProject(INDEXER, 1), { code: 'GRAPHQL', detail: 'Unknown field' });
  });
});
