import assert from 'node:assert/strict';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { startPostgres, type PostgresCluster } from '../../../test/support/postgres.ts';
import { isStoreTrouble } from '../../runtime/problem.ts';
import type { Engine, Run } from './engine.ts';
import { openPostgres } from './postgres.ts';

/** A way to a server on which nothing arrives any more, though no end of it is told. */
async function startLink(url: string) {
  let silent = false;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => undefined).on('close', () => to.destroy());
      let lost = false;
      from.on('data', (chunk) => {
        lost ||= silent;
        if (!lost) to.write(chunk);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const linked = new URL(url);
  // Proof: a server that listens on TCP has such an address.
  linked.port = String((server.address() as AddressInfo).port);
  return {
    url: linked.href,
    fallSilent: () => (silent = true),
    talkToNewcomers: () => (silent = false),
    stop: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

describe('statements on PostgreSQL', () => {
  let cluster: PostgresCluster;
  let engine: Engine;
  let url: string;
  before(async () => {
    cluster = await startPostgres();
    url = await cluster.createDatabase();
    engine = await openPostgres(url, () => undefined);
  });
  after(async () => {
    await engine.close();
    await cluster.stop();
  });

  const addOften = async (run: Run, more: number): Promise<unknown> => {
    let sum: unknown;
    for (let time = 0; time < 6; time++)
      sum = (await run(`SELECT $1::int + ${more}`, [time]))[0]?.[0];
    return sum;
  };
  const countPrepared = async (run: Run): Promise<number> => {
    const [row] = await run('SELECT count(*)::int FROM pg_prepared_statements', []);
    return Number(row?.[0]);
  };

  it('of a server that says nothing more end, and later ones find another connection', async () => {
    const link = await startLink(url);
    const linked = await openPostgres(link.url, () => undefined, 500);
    const ask = (): Promise<unknown> => linked.run('SELECT 1', []);
    await Promise.all(Array.from({ length: 8 }, ask));
    link.fallSilent();
    const stuck = [
      ...Array.from({ length: 12 }, ask),
      linked.transaction((run) => run('SELECT 1', [])),
    ];
    for (const one of await Promise.allSettled(stuck)) {
      assert.equal(one.status, 'rejected');
      assert.ok(isStoreTrouble(one.reason), String(one.reason));
    }
    link.talkToNewcomers();
    assert.deepEqual(await Promise.all(Array.from({ length: 8 }, ask)), Array(8).fill([[1]]));
    const slow = (run: Run): Promise<unknown> => run('SELECT pg_sleep(0.8)', []);
    await linked.transaction(slow, 5_000);
    await linked.close();
    link.stop();
  });

  it('are prepared once they are asked for often', async () => {
    await engine.transaction(async (run) => {
      const before = await countPrepared(run);
      assert.equal(await addOften(run, 1), 6);
      assert.equal(await countPrepared(run), before + 1);
    });
  });

  it('are not all prepared where there are very many, and answer all the same', async () => {
    await engine.transaction(async (run) => {
      for (let more = 2; more < 302; more++) assert.equal(await addOften(run, more), 5 + more);
      assert.equal(await countPrepared(run), 200);
    });
  });
});
