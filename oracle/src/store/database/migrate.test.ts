import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { encodeWindow } from '@truetonne/protocol';
import { createTestDevice } from '../../../test/support/device.ts';
import { describeOnBothStores } from '../../../test/support/stores.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';
import { migrate } from './migrate.ts';
import { openStore } from './open.ts';
import { readHistory } from '../history.ts';
import { readEnergy, readProjectDays } from '../rollups.ts';
import { findWindow, insertWindows } from '../windows.ts';

const DOMAIN = `0x${'d0'.repeat(32)}` as const;
const START = Date.parse('2016-06-30T22:00:00-07:00') / 1000;

/** The tables as the first release made them. */
const FIRST = readFileSync(join(import.meta.dirname, '../migrations/0001_start.sql'), 'utf8')
  .replace(/--.*$/gm, '')
  .split(';')
  .map((statement) => statement.trim())
  .filter((statement) => statement !== '');

describeOnBothStores('a store of the first release', (store) => {
  it('is brought up to date with everything that it held', async () => {
    const place = await store.blank();
    const folder = join(place.dataFolder, 'pglite');
    const engine =
      place.databaseUrl === undefined
        ? await openPglite(folder)
        : await openPostgres(place.databaseUrl, () => undefined);
    const device = createTestDevice({ domain: DOMAIN, claimedAt: START });
    const windows = Array.from({ length: 6 }, () => device.seal({ seconds: 3_600 }));
    const { run } = engine;
    await run('CREATE TABLE migrations (name text PRIMARY KEY)', []);
    for (const statement of FIRST) await run(statement, []);
    await run("INSERT INTO migrations VALUES ('0001_start.sql')", []);
    await run("INSERT INTO settings VALUES ('judgedThrough', '6'), ('chainCursor', '{}')", []);
    await run(`INSERT INTO projects VALUES (1, '\\x01', 'Old', 'US', 0, 0, -420, 1, 1, 0, 1)`, []);
    await run(
      `INSERT INTO devices (device_id, owner, public_key, claim_hash, claimed_at, claim_export_wh,
         claim_import_wh, project_id, capacity_w, credited_sequence, credited_closed_at,
         credited_export_wh, credited_import_wh)
       VALUES ('\\x01', '\\x01', '\\x01', '\\x01', $1, 0, 0, 1, 6000, 0, $1, 0, 0)`,
      [START],
    );
    for (const { header, headerHash, ...window } of windows) {
      // The fourth is missing, so those after it wait.
      if (header.sequence === 4) continue;
      const bytes = Buffer.from(encodeWindow({ header, headerHash, ...window }));
      const hash = Buffer.from(headerHash.slice(2), 'hex');
      await run(
        `INSERT INTO windows (device_number, sequence, closed_at, header_hash, bytes, received_at)
         VALUES (1, $1, $2, $3, $4, 77)`,
        [header.sequence, header.closedAt, hash, bytes],
      );
      await run('INSERT INTO energy_hours VALUES (1, $1, 1, 100, 0, 10)', [header.closedAt - 3600]);
    }
    await run(
      `INSERT INTO heads (device_number, sequence, closed_at, export_wh, import_wh, last_sequence)
       VALUES (1, 3, $1, 300, 0, 3)`,
      [START + 3 * 3600],
    );
    await migrate(engine);
    await engine.close();

    const database = await openStore(place, () => undefined);
    try {
      const kept = await readHistory(database, 1, { closedAt: 0, sequence: 0 }, 10);
      assert.deepEqual(
        kept.map(({ id, sequence }) => [id, sequence]),
        [
          [1, 1],
          [2, 2],
          [3, 3],
          [4, 5],
          [5, 6],
        ],
      );
      const [first] = windows;
      assert.ok(first);
      assert.deepEqual(
        Buffer.from((await findWindow(database, 1, 1))?.bytes ?? []),
        Buffer.from(encodeWindow(first)),
      );
      const waiting = await database.run('SELECT sequence FROM waiting_windows ORDER BY 1', []);
      assert.deepEqual(waiting.flat().map(Number), [5, 6]);
      // Two hours lie in June and the rest in July, in the project's own time.
      const months = await readEnergy(database, 1, 'month', { from: 0, to: 2 ** 40 }, 10);
      assert.deepEqual(
        months.map(({ startsAt, readings, exportedWh }) => [startsAt, readings, exportedWh]),
        [
          [Date.parse('2016-06-01T00:00:00-07:00') / 1000, 2, 200n],
          [Date.parse('2016-07-01T00:00:00-07:00') / 1000, 3, 300n],
        ],
      );
      const days = await readProjectDays(database, 1, 0, 2 ** 40);
      assert.deepEqual(
        days.map(({ readings, deductedWh }) => [readings, deductedWh]),
        [
          [2, 20n],
          [3, 30n],
        ],
      );
      const [, , , fourth] = windows;
      assert.ok(fourth);
      const sent = { deviceNumber: 1, window: fourth, bytes: encodeWindow(fourth), receivedAt: 78 };
      assert.deepEqual(await insertWindows(database, [sent]), [{ status: 'accepted', id: 6 }]);
      const duplicate = { ...sent, window: first, bytes: encodeWindow(first) };
      assert.deepEqual(await insertWindows(database, [duplicate]), [{ status: 'duplicate' }]);
    } finally {
      await database.close();
    }
  });
});
