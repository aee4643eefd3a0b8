import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { findFreePort } from '../../../scripts/lib/ports.ts';
import { activitySchema, inventorySchema } from '../../src/api/schemas/inventory.ts';
import { periodSchema } from '../../src/api/schemas/period.ts';
import { startOracle, type Oracle } from '../../src/index.ts';
import type { OracleConfig } from '../../src/service/config.ts';
import { GAS, loadChanged } from '../support/changedFactors.ts';
import { DEAD_DEPLOYMENT } from '../support/noChain.ts';
import { openBooks, signInAs, type Person } from '../support/people.ts';
import { APP_ORIGIN, configOf, eventually } from '../support/service.ts';
import { describeOnBothStores } from '../support/stores.ts';

const totals = inventorySchema.omit({ groups: true });

interface Seen {
  /** Which connection it came over, from 1. */
  readonly connection: number;
  readonly version: number;
  readonly kgCo2e: number;
}

/** Looks at live totals as a page does: a connection that ends is made anew, with the same cookie. */
function watchTotals(url: string, cookie: string) {
  const seen: Seen[] = [];
  const codes: number[] = [];
  let connection = 0;
  let socket: WebSocket | undefined;
  let stopped = false;
  const open = (): void => {
    const current = new WebSocket(url, { headers: { cookie, origin: APP_ORIGIN } });
    socket = current;
    current.on('open', () => connection++);
    current.on('error', () => undefined);
    current.on('message', (data: Buffer) => {
      const { version, scopes } = totals.parse(JSON.parse(data.toString()));
      seen.push({ connection, version, kgCo2e: Number(scopes[0]?.kgCo2e ?? 0) });
    });
    current.on('close', (code) => {
      codes.push(code);
      if (!stopped) setTimeout(open, 50);
    });
  };
  open();
  return {
    seen,
    codes,
    until: (passes: (last: Seen | undefined) => boolean) =>
      eventually(
        () => Promise.resolve(seen.at(-1)),
        (last) => passes(last),
      ),
    stop: () => {
      stopped = true;
      socket?.close();
    },
  };
}

describeOnBothStores('who looks at live totals while the oracle is upgraded', (store) => {
  let config: OracleConfig;
  let oracle: Oracle;
  let owner: Person;
  let query: string;
  let workspaceId: string;
  let watcher: ReturnType<typeof watchTotals> | undefined;

  before(async () => {
    const { dataFolder, databaseUrl } = await store.place();
    const port = await findFreePort();
    config = configOf(DEAD_DEPLOYMENT, dataFolder, { databaseUrl, port });
    oracle = await startOracle(config);
    owner = await signInAs(oracle.url);
    ({ query, workspaceId } = await openBooks(owner));
  });
  after(async () => {
    watcher?.stop();
    await oracle.stop();
  });

  const log = (date: string) => {
    const inputs = { fuel: { value: '10', unit: 'MMBtu_gross' } };
    const items = [{ inputs, factor: { kind: 'id', id: GAS } }];
    const body = { workspaceId, method: 'stationary-combustion', date, items };
    return owner.get(`/v1/activities${query}`, activitySchema, { method: 'POST', body });
  };
  const liveUrl = (): string =>
    `${oracle.url.replace('http', 'ws')}/v1/live/inventory${query}&from=2024-01&until=2024-12`;

  it('is told that it ends, comes back, and sees what the new engine makes of it, closed days but for', async () => {
    await log('2024-03-31');
    await log('2024-07-31');
    await log('2024-08-31');
    const days = { firstDay: '2024-01-01', lastDay: '2024-06-30' };
    await owner.get(`/v1/periods${query}`, periodSchema, { method: 'POST', body: days });
    watcher = watchTotals(liveUrl(), owner.cookie);
    const before = await watcher.until((last) => last !== undefined);
    const one = (before?.kgCo2e ?? 0) / 3;
    assert.ok(one > 500);
    await oracle.stop();
    assert.deepEqual(watcher.codes, [1001]);

    oracle = await startOracle({ ...config, loadFactors: loadChanged });
    const after = await watcher.until((last) => isAbout(last?.kgCo2e, 5 * one));
    assert.deepEqual([before?.connection, after?.connection], [1, 2]);
    // Each message is a whole state: versions never go back, and no total was of a part of the change.
    const versions = watcher.seen.map(({ version }) => version);
    assert.deepEqual(
      versions,
      versions.toSorted((a, b) => a - b),
    );
    for (const { kgCo2e } of watcher.seen)
      assert.ok(
        [3, 5].some((activities) => isAbout(kgCo2e, activities * one)),
        String(kgCo2e),
      );
    const path = `/v1/inventory${query}&from=2024-01&until=2024-12`;
    const { scopes } = await owner.get(path, inventorySchema);
    assert.equal(Number(scopes[0]?.kgCo2e), after?.kgCo2e);
  });

  it('holds up nobody when it is gone without a word', async () => {
    const gone = connect(config.port, '127.0.0.1');
    gone.on('error', () => undefined);
    const { pathname, search } = new URL(liveUrl());
    gone.write(
      `GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n` +
        'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: ${owner.cookie}\r\n` +
        `Origin: ${APP_ORIGIN}\r\n\r\n`,
    );
    const head = await once(gone);
    assert.match(head, /^HTTP\/1.1 101 /);
    gone.pause();
    const stopped = oracle.stop().then(() => true);
    assert.equal(
      await Promise.race([stopped, sleep(8_000, false)]),
      true,
      'it waits for a watcher',
    );
    gone.destroy();
    oracle = await startOracle(config);
  });
});

/** Equal but for the last binary digits. */
function isAbout(a: number | undefined, b: number): boolean {
  return a !== undefined && Math.abs(a - b) < 1e-6;
}

function once(socket: ReturnType<typeof connect>): Promise<string> {
  return new Promise((resolve) => {
    socket.once('data', (data) => {
      resolve(data.toString('latin1'));
    });
  });
}
