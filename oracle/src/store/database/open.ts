import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase, type Database } from './database.ts';
import { lockFolder } from './folderLock.ts';
import { migrate } from './migrate.ts';
import { openPglite } from './pglite.ts';
import { openPostgres } from './postgres.ts';

export interface StoreConfig {
  /** Folder of batch files, and of the embedded database. */
  readonly dataFolder: string;
  /** PostgreSQL to use instead of the embedded database. */
  readonly databaseUrl: string | undefined;
}

/**
 * Opens the store and brings its tables up to date: PGlite in the data folder, or PostgreSQL.
 *
 * @throws TonneError DATA_IN_USE, STORE_UNAVAILABLE
 */
export async function openStore(
  config: StoreConfig,
  onTrouble: (error: Error) => void,
): Promise<Database> {
  mkdirSync(config.dataFolder, { recursive: true });
  const unlock = lockFolder(config.dataFolder);
  try {
    const engine =
      config.databaseUrl === undefined
        ? await openPglite(join(config.dataFolder, 'pglite'))
        : await openPostgres(config.databaseUrl, onTrouble);
    await migrate(engine);
    const close = async (): Promise<void> => {
      await engine.close();
      unlock();
    };
    return createDatabase({ ...engine, close });
  } catch (error) {
    unlock();
    throw error;
  }
}
