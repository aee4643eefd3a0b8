import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startPostgres, type PostgresCluster } from '../../../test/support/postgres.ts';
import type { Engine, Run } from './engine.ts';
import { openPostgres } from './postgres.ts';

describe('statements on PostgreSQL', () => {
  let cluster: PostgresCluster;
  let engine: Engine;
  before(async () => {
    cluster = await startPostgres();
    engine = await openPostgres(await cluster.createDatabase(), () => undefined);
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
