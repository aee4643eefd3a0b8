import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { startLoneOracle, type LoneOracle } from '../support/noChain.ts';
import { eventually } from '../support/service.ts';

const eventSchema = z
  .object({
    id: z.string().regex(/^\d+$/),
    type: z.literal('reading'),
    projectId: z.number().nullable(),
    deviceId: z.string(),
    sequence: z.number(),
    index: z.number(),
    at: z.number(),
    exportWh: z.string(),
    importWh: z.string(),
    activePowerMw: z.string().nullable(),
    gramsEstimate: z.string().nullable(),
  })
  .strict();
type Event = z.infer<typeof eventSchema>;

let lone: LoneOracle;
before(async () => {
  lone = await startLoneOracle();
});
after(async () => {
  await lone.stop();
});

/** Connects and collects events; resolves once the connection is open. */
async function watch(query = '') {
  const events: Event[] = [];
  const socket = new WebSocket(`${lone.oracle.url.replace('http', 'ws')}/v1/live${query}`);
  socket.on('message', (data: Buffer) =>
    events.push(eventSchema.parse(JSON.parse(data.toString()))),
  );
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return {
    events,
    socket,
    closed,
    seen: (count: number) =>
      eventually(
        () => Promise.resolve(events.length),
        (length) => length >= count,
      ),
  };
}

describe('watching readings live', () => {
  it('sends an event per accepted reading, with the registers and an estimate of the grams', async () => {
    const watcher = await watch();
    await lone.client.post([
      lone.device.seal({ exportWh: 1_000n, count: 2, fields: { activePowerMw: 4_000_000n } }),
      lone.unbound.seal(),
    ]);
    await watcher.seen(3);
    const [first, second, third] = watcher.events;
    assert.deepEqual(
      [first?.exportWh, first?.index, second?.exportWh, second?.index],
      ['500', 0, '1000', 1],
    );
    assert.deepEqual([second?.activePowerMw, second?.gramsEstimate], ['4000000', '352']);
    assert.deepEqual([third?.projectId, third?.gramsEstimate], [null, null]);
    const ids = watcher.events.map(({ id }) => Number(id));
    assert.deepEqual(
      ids,
      [...ids].sort((a, b) => a - b),
    );
    watcher.socket.close();
  });

  it('sends nothing for duplicates and refused windows', async () => {
    const watcher = await watch();
    const window = lone.device.seal();
    await lone.client.post([window]);
    await lone.client.post([window]);
    const last = lone.device.seal();
    await lone.client.post([last]);
    await watcher.seen(2);
    assert.deepEqual(
      watcher.events.map(({ sequence }) => sequence),
      [window.header.sequence, last.header.sequence],
    );
    watcher.socket.close();
  });

  it('sends only what was asked for', async () => {
    const ofDevice = await watch(`?device=${lone.device.deviceId}`);
    const ofProject = await watch('?project=1');
    const ofOther = await watch('?project=2');
    await lone.client.post([lone.unbound.seal(), lone.device.seal(), lone.fast.seal()]);
    await Promise.all([ofDevice.seen(1), ofProject.seen(2)]);
    assert.deepEqual(
      ofDevice.events.map(({ deviceId }) => deviceId),
      [lone.device.deviceId],
    );
    assert.deepEqual(
      ofProject.events.map(({ deviceId }) => deviceId),
      [lone.device.deviceId, lone.fast.deviceId],
    );
    assert.deepEqual(ofOther.events, []);
    for (const { socket } of [ofDevice, ofProject, ofOther]) socket.close();
  });

  it('goes on after a break where it was, also in the middle of a window, with nothing lost or twice', async () => {
    const all = await watch('?since=0');
    const first = await watch();
    await lone.client.post([lone.device.seal({ count: 3 })]);
    await first.seen(3);
    const seen = first.events[1];
    assert.ok(seen);
    first.socket.close();
    await lone.client.post([lone.device.seal(), lone.device.seal({ count: 2 })]);
    const again = await watch(`?since=${seen.id}`);
    await lone.client.post([lone.device.seal()]);
    await again.seen(5);
    await all.seen(1);
    await eventually(
      () => Promise.resolve(all.events.at(-1)?.id),
      (id) => id === again.events.at(-1)?.id,
    );
    const place = all.events.findIndex(({ id }) => id === seen.id);
    assert.deepEqual(again.events, all.events.slice(place + 1));
    assert.equal(new Set(all.events.map(({ id }) => id)).size, all.events.length);
    all.socket.close();
    again.socket.close();
  });

  it('catches up from the store with what was sent before a restart, then goes on live', async () => {
    const before = Array.from({ length: 1_200 }, () => lone.device.seal({ seconds: 60 }));
    await lone.client.post(before);
    lone = await lone.restart();
    const watcher = await watch(`?since=0&device=${lone.device.deviceId}`);
    await lone.client.post([lone.fast.seal(), lone.device.seal()]);
    const newest = (before.at(-1)?.header.sequence ?? 0) + 1;
    await eventually(
      () => Promise.resolve(watcher.events.at(-1)?.sequence),
      (sequence) => sequence === newest,
    );
    const sequences = watcher.events
      .filter(({ index }) => index === 0)
      .map(({ sequence }) => sequence);
    assert.deepEqual(
      sequences,
      Array.from({ length: newest }, (_, index) => index + 1),
    );
    watcher.socket.close();
  });

  for (const [query, code] of [
    ['?since=x', 'PARAMETER_INVALID'],
    ['?project=-1', 'PARAMETER_INVALID'],
    ['?device=0x12', 'PARAMETER_INVALID'],
    ['?organisation=1', 'PARAMETER_INVALID'],
    ['?organization=1', 'PARAMETER_INVALID'],
  ] as const) {
    it(`refuses ${query}`, async () => {
      assert.match(
        await upgrade(`/v1/live${query}`),
        new RegExp(`^HTTP/1.1 400 [^]*"code":"${code}"`),
      );
    });
  }

  it('refuses other addresses', async () => {
    assert.match(await upgrade('/v1/windows'), /^HTTP\/1\.1 404 [^]*"code":"NOT_FOUND"/);
  });

  it('does not mind what a watcher says, and lets go of one that shouts', async () => {
    const watcher = await watch();
    watcher.socket.send('hello');
    watcher.socket.send('x'.repeat(5_000));
    assert.equal(await watcher.closed, 1009);
    assert.equal((await fetch(`${lone.oracle.url}/ready`)).status, 200);
  });

  it('lets nobody wait for a watcher that never reads', async () => {
    const frozen = connect(Number(new URL(lone.oracle.url).port), '127.0.0.1');
    frozen.pause();
    frozen.write(
      `GET /v1/live?since=0 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    const reader = await watch(`?device=${lone.device.deviceId}`);
    const windows = Array.from({ length: 40 }, () => lone.device.seal({ count: 200 }));
    for (let start = 0; start < windows.length; start += 8) {
      await lone.client.post(windows.slice(start, start + 8));
    }
    await reader.seen(40 * 200);
    reader.socket.close();
    frozen.destroy();
  });

  it('says goodbye when the service ends', async () => {
    const other = await startLoneOracle();
    const socket = new WebSocket(`${other.oracle.url.replace('http', 'ws')}/v1/live`);
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    await other.stop();
    assert.equal(await closed, 1001);
  });
});

/** The raw answer to a request to speak WebSocket. */
function upgrade(path: string): Promise<string> {
  const { hostname, port } = new URL(lone.oracle.url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
      );
    });
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
}
