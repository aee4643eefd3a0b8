import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { describeOnBothStores } from '../../../test/support/stores.ts';
import { migrate } from './migrate.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

const STEP = '0085_owners_of_files.sql';

describeOnBothStores('jobs of before they had owners', (store) => {
  it('are the organisation of an import, and nobody of an upload or an export', async () => {
    const place = await store.blank();
    const engine =
      place.databaseUrl === undefined
        ? await openPglite(join(place.dataFolder, 'pglite'))
        : await openPostgres(place.databaseUrl, () => undefined);
    const { run } = engine;
    await run('CREATE TABLE migrations (name text PRIMARY KEY)', []);
    await run('INSERT INTO migrations VALUES ($1)', [STEP]);
    await migrate(engine);
    for (const [id, kind, input] of [
      ['1', 'activities', { organisationId: 'a1' }],
      ['2', 'upload', { options: {} }],
      ['3', 'export', { kind: 'energy' }],
    ] as const) {
      await run(
        `INSERT INTO jobs (id, kind, instance, state, input, created_at)
         VALUES ($1, $2, 'i', 'done', $3, 1)`,
        [id, kind, JSON.stringify(input)],
      );
    }
    await run(`INSERT INTO uploads VALUES ('2', '\\x01', 'windows', '{}', 5, 1)`, []);
    await run('DELETE FROM migrations WHERE name = $1', [STEP]);
    await migrate(engine);
    assert.deepEqual(await run('SELECT owner FROM jobs ORDER BY id', []), [
      ['organisation:a1'],
      ['nobody'],
      ['nobody'],
    ]);
    assert.deepEqual(await run('SELECT owner FROM uploads', []), [['nobody']]);
    await engine.close();
  });
});
