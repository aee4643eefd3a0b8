import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { TonneError } from '@truetonne/protocol';
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
 * @throws TonneError DATA_IN_USE, STORE_UNAVAILABLE, CONFIGURATION_INVALID
 */
export async function openStore(
  config: StoreConfig,
  onTrouble: (error: Error) => void,
): Promise<Database> {
  const unlock = takeFolder(config.dataFolder);
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

/** Throws CONFIGURATION_INVALID where nothing can be written, DATA_IN_USE. */
function takeFolder(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true });
    return lockFolder(folder);
  } catch (error) {
    if (error instanceof TonneError || !(error instanceof Error)) throw error;
    throw new TonneError('CONFIGURATION_INVALID', {
      field: 'ORACLE_DATA',
      value: `${folder}: ${error.message}`,
      expected: 'a folder that can be written to',
    });
  }
}
