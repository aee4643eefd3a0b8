import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { encodeWindow } from '@truetonne/protocol';
import { joinWindows } from '../support/client.ts';
import { startLoneOracle, type LoneOracle } from '../support/noChain.ts';
import { eventually } from '../support/service.ts';

let lone: LoneOracle;
before(async () => {
  lone = await startLoneOracle();
});
after(async () => {
  await lone.stop();
});

/** Values by name and labels, as Prometheus reads them. */
async function readMetrics(): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`${lone.oracle.url}/metrics`);
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain/);
  const lines = (await response.text()).split('\n').filter((line) => /^[a-z]/.test(line));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

describe('/metrics', () => {
  it('serves what docs/operations.md names, and nothing else', async () => {
    const text = await (await fetch(`${lone.oracle.url}/metrics`)).text();
    const served = [...text.matchAll(/^# TYPE (truetonne_\w+)/gm)].map(([, name = '']) => name);
    const guide = readFileSync(join(import.meta.dirname, '../../../docs/operations.md'), 'utf8');
    const [, section = ''] = /\n## Metrics\n(.*?)\n## /s.exec(guide) ?? [];
    const named = [...section.matchAll(/`(truetonne_\w+)`/g)].map(([, name = '']) => name);
    const own = (name: string): boolean => !/^truetonne_(process|nodejs)_/.test(name);
    assert.deepEqual(served.filter(own).sort(), named.filter(own).sort());
  });

  it('counts what was accepted, came twice, and was refused by reason', async () => {
    const [first, second] = [lone.device.seal({ count: 3 }), lone.device.seal()];
    const spoiled = encodeWindow(second);
    spoiled[180] = (spoiled[180] ?? 0) ^ 1;
    await lone.client.post([first]);
    await lone.client.post([first]);
    await lone.client.postRefused('application/octet-stream', Uint8Array.from(spoiled));
    const metrics = await readMetrics();
    const of = (name: string): number | undefined => metrics.get(`truetonne_${name}`);
    assert.equal(of('windows_accepted_total{transport="http"}'), 1);
    assert.equal(of('readings_accepted_total{transport="http"}'), 3);
    assert.equal(of('windows_duplicate_total{transport="http"}'), 1);
    assert.equal(of('windows_refused_total{transport="http",code="SIGNATURE_INVALID"}'), 1);
    assert.equal(of('verification_seconds_count'), 3);
    assert.equal(of('commit_seconds_count'), 2);
    assert.equal(of('ingest_lag_seconds_count'), 1);
  });

  it('says how store, chain and judgement stand', async () => {
    await lone.client.post([lone.device.seal()]);
    const metrics = await eventually(
      readMetrics,
      (all) => all.get('truetonne_windows_unjudged') === 0,
    );
    const of = (name: string): number | undefined => metrics.get(`truetonne_${name}`);
    assert.deepEqual(
      [of('store_up'), of('chain_up'), of('leader'), of('windows_waiting'), of('queue_windows')],
      // The spoiled window never came, so the one after it waits.
      [1, 0, 1, 1, 0],
    );
    assert.ok((of('process_resident_memory_bytes') ?? 0) > 1e7);
    assert.ok(metrics.has('truetonne_nodejs_eventloop_lag_seconds'));
  });

  it('names nothing that identifies a device', async () => {
    await lone.client.postRefused(
      'application/octet-stream',
      joinWindows([lone.unbound.seal({ pause: -1 })]),
    );
    const text = await (await fetch(`${lone.oracle.url}/metrics`)).text();
    assert.doesNotMatch(text, /0x|[0-9a-f]{40}/);
  });
});

describe('/ready and /health', () => {
  it('are ready without a chain, and say that it is down', async () => {
    assert.equal((await fetch(`${lone.oracle.url}/ready`)).status, 200);
    const { status, chain, leader, broker } = await lone.client.health();
    assert.deepEqual(
      { status, chain, leader, broker },
      { status: 'degraded', chain: 'down', leader: true, broker: 'none' },
    );
  });
});
