import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

export interface TestFolder {
  readonly path: string;
  readonly remove: () => void;
}

/** An empty temporary folder. */
export function makeFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), 'tonne-oracle-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/**
 * A temporary data folder in which PGlite's empty database is made already: a copy of one that is kept
 * beside the packages, because making one takes seconds.
 */
export async function makeDataFolder(): Promise<TestFolder> {
  const folder = makeFolder();
  cpSync(await getTemplate(), join(folder.path, 'pglite'), { recursive: true });
  return folder;
}

async function getTemplate(): Promise<string> {
  const { resolve } = createRequire(import.meta.url);
  const modules = join(dirname(resolve('@electric-sql/pglite')), '../../..');
  const template = join(modules, '.cache/truetonne', `pglite-${versionOf(modules)}`);
  if (existsSync(template)) return template;
  mkdirSync(dirname(template), { recursive: true });
  const making = mkdtempSync(`${template}-`);
  const database = await PGlite.create({ dataDir: making });
  await database.close();
  try {
    renameSync(making, template);
  } catch {
    // Another test run was first.
    rmSync(making, { recursive: true });
  }
  return template;
}

function versionOf(modules: string): string {
  const text = readFileSync(join(modules, '@electric-sql/pglite/package.json'), 'utf8');
  // Proof: every package.json names its version.
  return (JSON.parse(text) as { version: string }).version;
}
