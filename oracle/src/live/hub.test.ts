import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { closeServer, listen } from '../service/server.ts';
import type { LiveFeed } from './feed.ts';
import { attachHub } from './hub.ts';

const READING = { at: 1, exportWh: 1n, importWh: 0n, status: 0, fields: {} };
const DEVICE = {
  deviceId: `0x${'11'.repeat(32)}`,
  owner: `0x${'22'.repeat(20)}`,
  projectId: 1,
  claimExportWh: 0n,
  claimImportWh: 0n,
  factorUgPerWh: 352_000n,
} as const;

/** A feed with `windows` windows of 256 readings, all there from the start. */
function createFullFeed(windows: number): LiveFeed {
  const all = Array.from({ length: windows }, (_, index) => ({
    ...{ id: index + 1, deviceNumber: 1, sequence: index + 1 },
    readings: new Array<typeof READING>(256).fill(READING),
  }));
  return {
    start: () => Promise.resolve(),
    reload: () => Promise.resolve(),
    publish: () => undefined,
    stop: () => Promise.resolve(),
    readAfter: (id) => {
      const [start, end] = [Math.max(id, 0), Math.min(Math.max(id, 0) + 10, windows)];
      return Promise.resolve({ windows: all.slice(start, end), through: end });
    },
    newestId: () => windows,
    deviceOf: () => DEVICE,
    onNews: () => () => undefined,
  };
}

describe('a watcher that does not read', () => {
  const server = createServer();
  const pace = { eventsPerTurn: 10_000, turnMs: 1, maxBuffered: 64_000, patienceMs: 500 };
  const hub = attachHub(server, createFullFeed(150), { pace });
  after(async () => {
    await hub.close();
    await closeServer(server);
  });

  it('is let go with a code, and misses nothing when it comes back', async () => {
    const url = (await listen(server, '127.0.0.1', 0)).replace('http', 'ws');
    const total = 150 * 256;
    const ids: number[] = [];
    const collect = (data: Buffer): void => {
      ids.push(Number((JSON.parse(data.toString()) as { id: string }).id));
    };

    const slow = new WebSocket(`${url}/v1/live?since=0`);
    slow.on('message', collect);
    let said = '';
    const closed = new Promise<number>((resolve) =>
      slow.on('close', (code, reason) => {
        said = reason.toString();
        resolve(code);
      }),
    );
    await new Promise((resolve) => slow.once('open', resolve));
    slow.pause();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    slow.resume();
    assert.equal(await closed, 1013);
    assert.equal(said, 'CONSUMER_TOO_SLOW');
    assert.ok(ids.length > 0 && ids.length < total);

    while (ids.length < total) {
      const back = new WebSocket(`${url}/v1/live?since=${ids.at(-1) ?? 0}`);
      back.on('message', (data: Buffer) => {
        collect(data);
        if (ids.length === total) back.close();
      });
      await new Promise((resolve) => back.once('close', resolve));
    }
    assert.deepEqual(
      ids,
      Array.from({ length: total }, (_, index) => index + 256),
    );
  });
});

describe('many watchers who are behind', () => {
  const WATCHERS = 60;
  const server = createServer();
  const pace = { eventsPerTurn: 100, turnMs: 50, maxBuffered: 1 << 20, patienceMs: 30_000 };
  const hub = attachHub(server, createFullFeed(150), { pace });
  after(async () => {
    await hub.close();
    await closeServer(server);
  });

  it('are together sent no more than ten at full pace, and each goes on', async () => {
    const url = (await listen(server, '127.0.0.1', 0)).replace('http', 'ws');
    const started = performance.now();
    const counts = Array<number>(WATCHERS).fill(0);
    const watchers = counts.map((_, index) => {
      const watcher = new WebSocket(`${url}/v1/live?since=0`);
      watcher.on('message', () => (counts[index] = (counts[index] ?? 0) + 1));
      return watcher;
    });
    const seconds = (): number => (performance.now() - started) / 1_000;
    while (seconds() < 2 || Math.min(...counts) < 200) await sleep(20);
    const total = counts.reduce((sum, count) => sum + count, 0);
    // Each has its first turns before it is known how many there are.
    assert.ok(total < 10 * 2_000 * seconds() + WATCHERS * 300, `${total} in ${seconds()} s`);
    for (const watcher of watchers) watcher.terminate();
  });
});
