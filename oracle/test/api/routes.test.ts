import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { toHex, type SealedWindow } from '@truetonne/protocol';
import { eventually } from '../support/service.ts';
import { startLoneOracle, CLAIMED_AT, type LoneOracle } from '../support/noChain.ts';

let lone: LoneOracle;
let windows: readonly SealedWindow[];

before(async () => {
  lone = await startLoneOracle();
  windows = [
    lone.device.seal({
      exportWh: 900n,
      seconds: 3600,
      count: 4,
      fields: { activePowerMw: 900_000n },
    }),
    lone.device.seal({ exportWh: 500n, seconds: 3600, fields: { ambientMc: -999_000n } }),
    lone.device.seal({ exportWh: 0n, importWh: 2n, seconds: 86_400 }),
  ];
  await lone.client.post(windows);
  await eventually(
    () => lone.client.status(lone.device.deviceId, 3),
    ({ state }) => state === 'counted',
  );
});
after(async () => {
  await lone.stop();
});

describe('reading what devices sent', () => {
  it('answers the latest reading with its fields and state', async () => {
    const latest = await lone.client.latest(lone.device.deviceId);
    assert.equal(latest.id, `${lone.device.deviceId}.3.0`);
    assert.deepEqual([latest.exportWh, latest.importWh, latest.state], ['1400', '2', 'counted']);
  });

  it('says why a reading does not count', async () => {
    const status = await lone.client.status(lone.device.deviceId, 2);
    assert.deepEqual([status.state, status.deductedWh, status.batch], ['excluded', '500', null]);
    assert.equal(status.reason?.code, 'SENTINEL_VALUE');
    assert.match(status.reason.todo, /sensor/);
  });

  it('says that a device without a project waits for one', async () => {
    await lone.client.post([lone.unbound.seal()]);
    const status = await lone.client.status(lone.unbound.deviceId, 1);
    assert.deepEqual([status.state, status.reason?.code], ['received', 'DEVICE_UNBOUND']);
  });

  it('pages through the history without losing or repeating a reading', async () => {
    const ids: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? 'limit=2' : `limit=2&cursor=${cursor}`;
      const page = await lone.client.readings(lone.device.deviceId, query);
      assert.ok(page.readings.length <= 2);
      ids.push(...page.readings.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    const id = lone.device.deviceId;
    assert.deepEqual(ids, [
      `${id}.1.0`,
      `${id}.1.1`,
      `${id}.1.2`,
      `${id}.1.3`,
      `${id}.2.0`,
      `${id}.3.0`,
    ]);
  });

  it('cuts the history at both ends, from inclusive and to exclusive', async () => {
    const [from, to] = [CLAIMED_AT + 1_800, CLAIMED_AT + 3_600];
    const { readings } = await lone.client.readings(lone.device.deviceId, `from=${from}&to=${to}`);
    assert.deepEqual(
      readings.map(({ at }) => at),
      [from, from + 900],
    );
  });

  it('answers a window byte for byte', async () => {
    const [first] = windows;
    assert.ok(first);
    const window = await lone.client.window(lone.device.deviceId, 1);
    assert.equal(window.header, toHex(first.headerBytes));
    assert.equal(window.signature, toHex(first.signature));
    assert.equal(window.readingsBytes, toHex(first.readingsBytes));
    assert.deepEqual(
      [window.headerHash, window.batchId, window.proof],
      [first.headerHash, null, null],
    );
    assert.equal(window.readings[3]?.fields['activePowerMw'], '900000');
  });

  it('sums energy by hour, day and month of the project', async () => {
    const hours = await lone.client.energy(lone.device.deviceId, 'bucket=hour');
    assert.deepEqual(
      hours.map(({ startsAt, readings, exportedWh, deductedWh }) => [
        startsAt - CLAIMED_AT,
        readings,
        exportedWh,
        deductedWh,
      ]),
      [
        [0, 4, '900', '0'],
        [3_600, 1, '500', '500'],
        [90_000, 1, '0', '0'],
      ],
    );
    // The claim is at midnight UTC, which is still June where the project is.
    const months = await lone.client.energy(lone.device.deviceId, 'bucket=month');
    assert.deepEqual(
      months.map(({ exportedWh, importedWh, deductedWh }) => [exportedWh, importedWh, deductedWh]),
      [
        ['1400', '0', '500'],
        ['0', '2', '0'],
      ],
    );
  });

  it('answers the device and its project with the same totals', async () => {
    const device = await lone.client.device(lone.device.deviceId);
    assert.deepEqual(device.totals, {
      ...{ windows: 3, readings: 6, exportedWh: '1400', importedWh: '2', deductedWh: '500' },
    });
    assert.deepEqual(
      [device.status, device.lastReading?.at],
      ['bound', windows[2]?.header.closedAt],
    );
    const project = await lone.client.project(1);
    assert.deepEqual(project.totals, device.totals);
    assert.deepEqual([project.pendingWindows, project.period, project.country], [3, 'month', 'US']);
    assert.deepEqual(
      (await lone.client.projects()).map(({ id }) => id),
      [1],
    );
  });

  it('lists findings of a project, of one device, page by page', async () => {
    const { findings, nextCursor } = await lone.client.findings(1);
    assert.deepEqual(
      findings.map(({ sequence, index, reason }) => [sequence, index, reason.code]),
      [[2, 0, 'SENTINEL_VALUE']],
    );
    assert.equal(nextCursor, null);
    const none = await lone.client.findings(1, `?device=${lone.fast.deviceId}`);
    assert.deepEqual(none.findings, []);
    const afterwards = await lone.client.findings(1, `?cursor=${findings[0]?.id ?? 0}`);
    assert.deepEqual(afterwards.findings, []);
  });
});

describe('the service around it', () => {
  it('says in /health that the chain is down, and stays ready', async () => {
    const health = await lone.client.health();
    assert.deepEqual([health.status, health.chain, health.store], ['degraded', 'down', 'pglite']);
    assert.ok(health.chainError !== null);
    assert.deepEqual(health.queued, { windows: 3, batches: 0 });
    assert.equal((await fetch(`${lone.oracle.url}/ready`)).status, 200);
  });

  it('describes every route in /openapi.json', async () => {
    const response = await fetch(`${lone.oracle.url}/openapi.json`);
    const { paths } = (await response.json()) as {
      paths: Record<string, Record<string, { readonly security?: readonly object[] }>>;
    };
    const asksWho = ({ security = [{}] }: { readonly security?: readonly object[] }): boolean =>
      security.every((need) => Object.keys(need).length > 0);
    // Routes of those who are signed in have tests of their own.
    const open = Object.entries(paths).filter(
      ([path, methods]) => !path.startsWith('/v1/session') && !Object.values(methods).some(asksWho),
    );
    assert.deepEqual(open.map(([path]) => path).sort(), [
      '/health',
      '/metrics',
      '/ready',
      '/v1/alerts',
      '/v1/batches',
      '/v1/batches/{id}',
      '/v1/batches/{id}/cad-trust',
      '/v1/batches/{id}/comparison',
      '/v1/batches/{id}/dry-run',
      '/v1/batches/{id}/file',
      '/v1/batches/{id}/findings',
      '/v1/batches/{id}/monitoring-report',
      '/v1/batches/{id}/statements',
      '/v1/devices',
      '/v1/devices/{id}',
      '/v1/devices/{id}/energy',
      '/v1/devices/{id}/energy.csv',
      '/v1/devices/{id}/equivocations',
      '/v1/devices/{id}/latest',
      '/v1/devices/{id}/mqtt-credentials',
      '/v1/devices/{id}/readings',
      '/v1/devices/{id}/readings.csv',
      '/v1/devices/{id}/statistics',
      '/v1/entitlements/{wallet}',
      '/v1/exports',
      '/v1/exports/{id}',
      '/v1/exports/{id}/file',
      '/v1/factor-sets',
      '/v1/factors',
      '/v1/factors/{id}',
      '/v1/files/{cid}',
      '/v1/fleet',
      '/v1/gases',
      '/v1/meter-replacements',
      '/v1/methodologies',
      '/v1/methodologies/{id}',
      '/v1/methodology-difference',
      '/v1/methods',
      '/v1/projects',
      '/v1/projects/{id}',
      '/v1/projects/{id}/close',
      '/v1/projects/{id}/dry-run',
      '/v1/projects/{id}/energy',
      '/v1/projects/{id}/findings',
      '/v1/projects/{id}/flags',
      '/v1/readings/{id}/status',
      '/v1/reasons',
      '/v1/units',
      '/v1/unverified',
      '/v1/unverified/{source}',
      '/v1/uploads',
      '/v1/uploads/{id}',
      '/v1/uploads/{id}/report',
      '/v1/windows',
      '/v1/windows/{deviceId}/{sequence}',
    ]);
  });

  it('serves the page at /docs with nothing from outside', async () => {
    const page = await (await fetch(`${lone.oracle.url}/docs`)).text();
    const links = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '');
    assert.ok(links.length >= 2);
    for (const link of links) {
      assert.match(link, /^\//);
      assert.equal((await fetch(`${lone.oracle.url}${link}`)).status, 200);
    }
  });

  it('lets any page read, with preflight', async () => {
    const headers = { origin: 'https://any.example', 'access-control-request-method': 'POST' };
    const preflight = await fetch(`${lone.oracle.url}/v1/windows`, { method: 'OPTIONS', headers });
    assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
    const read = await fetch(`${lone.oracle.url}/v1/projects`, { headers });
    assert.equal(read.headers.get('access-control-allow-origin'), '*');
  });

  it('hides the request to close unless the operator allows it', async () => {
    const closed = await startLoneOracle({ allowClose: false });
    const answer = await closed.client.postJson('/v1/projects/1/close', { until: CLAIMED_AT });
    assert.equal(answer.status, 404);
    await closed.stop();
  });
});
