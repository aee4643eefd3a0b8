import { after, before, describe } from 'node:test';
import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from '../../src/store/database/database.ts';
import { openStore } from '../../src/store/database/open.ts';
import * as schema from '../../src/store/tables/schema.ts';
import { startPostgres, type PostgresCluster } from './postgres.ts';
import { makeBlankFolder, makeDataFolder, makeFolder, type TestFolder } from './folders.ts';

const TABLES = Object.values(schema)
  .filter((value) => is(value, PgTable))
  .map((table) => getTableConfig(table).name);

/**
 * What `TRUNCATE ... RESTART IDENTITY` does, a tenth of a second sooner: that makes new files for every
 * table and index, and most are empty. A replica checks no keys and calls no triggers meanwhile.
 */
const EMPTY_ALL = `DO $$ BEGIN
  SET LOCAL session_replication_role = replica;
  ${TABLES.map((name) => `DELETE FROM ${name};`).join('\n  ')}
  PERFORM setval(format('%I.%I', schemaname, sequencename), 1, false)
    FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$`;

/** Where a store lies, so that a test may open it again. */
export interface StorePlace {
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
}

/** A store for tests: on PGlite or on PostgreSQL. */
export interface TestStore {
  /** The suite's own database, with all tables empty and ids beginning at 1. */
  readonly empty: () => Promise<Database>;
  /** The place of a new store that the test itself opens and closes. */
  readonly place: () => Promise<StorePlace>;
  /** As `place`, with no table made yet. */
  readonly blank: () => Promise<StorePlace>;
}

/** Runs the same tests on PGlite and on a real PostgreSQL. */
export function describeOnBothStores(name: string, define: (store: TestStore) => void): void {
  for (const kind of ['PGlite', 'PostgreSQL'] as const) {
    describe(`${name}, on ${kind}`, () => {
      const folders: TestFolder[] = [];
      let shared: Database | undefined;
      let cluster: PostgresCluster | undefined;
      before(async () => {
        if (kind === 'PostgreSQL') cluster = await startPostgres();
      });
      const placeIn = async (makePgliteFolder: typeof makeDataFolder): Promise<StorePlace> => {
        const folder = kind === 'PGlite' ? await makePgliteFolder() : makeFolder();
        folders.push(folder);
        return { dataFolder: folder.path, databaseUrl: await cluster?.createDatabase() };
      };
      const place = (): Promise<StorePlace> => placeIn(makeDataFolder);
      define({
        place,
        blank: () => placeIn(makeBlankFolder),
        empty: async () => {
          shared ??= await openStore(await place(), () => undefined);
          await shared.run(EMPTY_ALL, []);
          return shared;
        },
      });
      // After the hooks of the suite: what it started ends while its database still answers.
      after(async () => {
        await shared?.close();
        await cluster?.stop();
        for (const folder of folders) folder.remove();
      });
    });
  }
}
