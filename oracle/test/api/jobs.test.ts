import assert from 'node:assert/strict';
import { it } from 'node:test';
import { TonneError } from '@truetonne/protocol';
import { findJob, readJobs } from '../../src/jobs/jobStore.ts';
import { createJobs, type Jobs } from '../../src/jobs/jobs.ts';
import type { JobHandler } from '../../src/jobs/run.ts';
import { createLog } from '../../src/runtime/log.ts';
import type { Database } from '../../src/store/database/database.ts';
import { openStore } from '../../src/store/database/open.ts';
import { eventually } from '../support/service.ts';
import { describeOnBothStores, type StorePlace } from '../support/stores.ts';

interface Bench {
  readonly database: Database;
  readonly jobs: Jobs;
  readonly close: () => Promise<void>;
}

async function openBench(
  place: StorePlace,
  handlers: Readonly<Record<string, JobHandler>>,
): Promise<Bench> {
  const database = await openStore(place, () => undefined);
  const { dataFolder } = place;
  const jobs = createJobs({ database, dataFolder, now: () => 7, log: createLog('silent') });
  for (const [kind, handler] of Object.entries(handlers)) jobs.define(kind, handler);
  await jobs.start();
  const close = async (): Promise<void> => {
    await jobs.stop();
    await database.close();
  };
  return { database, jobs, close };
}

const owner = { name: 'wallet:0x01', source: null };

const untilEnded = (database: Database, id: string) =>
  eventually(
    () => findJob(database, id),
    (job) => job?.endedAt !== null,
  );

describeOnBothStores('background jobs', (store) => {
  it('run once, with progress and output, and fail with the code of their error', async () => {
    const inputs: unknown[] = [];
    const bench = await openBench(await store.place(), {
      count: async (input, { report }) => {
        inputs.push(input);
        await report(1, 2);
        return { counted: 2 };
      },
      fail: () => Promise.reject(new TonneError('DEVICE_UNKNOWN', { field: 'deviceId' })),
      crash: () => Promise.reject(new Error('secret')),
    });
    const { id } = await bench.jobs.enqueue('count', { to: 2 }, { owner });
    const done = await untilEnded(bench.database, id);
    assert.deepEqual(
      [done?.state, done?.output, done?.doneSteps, done?.totalSteps, done?.createdAt],
      ['done', '{"counted":2}', 1, 2, 7],
    );
    assert.deepEqual(inputs, [{ to: 2 }]);
    const failed = await untilEnded(
      bench.database,
      (await bench.jobs.enqueue('fail', {}, { owner })).id,
    );
    assert.deepEqual([failed?.state, failed?.code], ['failed', 'DEVICE_UNKNOWN']);
    const crashed = await untilEnded(
      bench.database,
      (await bench.jobs.enqueue('crash', {}, { owner })).id,
    );
    assert.deepEqual([crashed?.state, crashed?.code], ['failed', 'INTERNAL']);
    assert.doesNotMatch(String(crashed?.detail), /secret/);
    const page = { owner: owner.name, kind: 'count', before: undefined, limit: 10 };
    assert.equal((await readJobs(bench.database, page)).length, 1);
    await bench.close();
  });

  it('can be cancelled before and while they run', async () => {
    const begun = Promise.withResolvers<undefined>();
    const cancelled = Promise.withResolvers<undefined>();
    let finished = 0;
    const bench = await openBench(await store.place(), {
      long: async (_, { report }) => {
        begun.resolve(undefined);
        await cancelled.promise;
        await report(1);
        finished++;
        return {};
      },
    });
    const { id } = await bench.jobs.enqueue('long', {}, { owner });
    const waiting = await bench.jobs.enqueue('long', {}, { owner });
    await begun.promise;
    assert.equal(await bench.jobs.cancel(waiting.id), true);
    assert.equal(await bench.jobs.cancel(id), true);
    cancelled.resolve(undefined);
    assert.equal((await findJob(bench.database, id))?.state, 'cancelled');
    assert.equal(await bench.jobs.cancel(id), false);
    await bench.close();
    assert.equal(finished, 0);
  });

  it('are taken up again by the next process when one stops', async () => {
    const place = await store.place();
    const begun = Promise.withResolvers<undefined>();
    const first = await openBench(place, {
      slow: async (_, { signal, report }) => {
        begun.resolve(undefined);
        await new Promise((resolve) => {
          signal.addEventListener('abort', resolve);
        });
        await report(1);
        return {};
      },
    });
    const { id } = await first.jobs.enqueue('slow', {}, { owner });
    await begun.promise;
    await first.close();
    const second = await openBench(place, { slow: () => Promise.resolve({ again: true }) });
    const job = await untilEnded(second.database, id);
    assert.deepEqual([job?.state, job?.output], ['done', '{"again":true}']);
    await second.close();
  });
});
