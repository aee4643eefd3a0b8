import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Engine } from '../../src/store/database/engine.ts';
import { migrate } from '../../src/store/database/migrate.ts';
import { openPglite } from '../../src/store/database/pglite.ts';

const STORE = join(import.meta.dirname, '../../src/store');

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

/** A temporary data folder with an empty store on PGlite, its tables up to date. */
export function makeDataFolder(): Promise<TestFolder> {
  return copyTemplate(`store-${digestOfStore()}`, migrate);
}

/** As `makeDataFolder`, with no table made yet. */
export function makeBlankFolder(): Promise<TestFolder> {
  return copyTemplate('blank', () => Promise.resolve());
}

/** Templates are made once and kept beside the packages, because making one takes seconds. */
async function copyTemplate(
  name: string,
  prepare: (engine: Engine) => Promise<void>,
): Promise<TestFolder> {
  const { resolve } = createRequire(import.meta.url);
  const modules = join(dirname(resolve('@electric-sql/pglite')), '../../..');
  const template = join(modules, '.cache/truetonne', `pglite-${versionOf(modules)}-${name}`);
  if (!existsSync(template)) await makeTemplate(template, prepare);
  const folder = makeFolder();
  cpSync(template, join(folder.path, 'pglite'), { recursive: true });
  return folder;
}

async function makeTemplate(
  template: string,
  prepare: (engine: Engine) => Promise<void>,
): Promise<void> {
  mkdirSync(dirname(template), { recursive: true });
  const making = mkdtempSync(`${template}-`);
  const engine = await openPglite(making);
  await prepare(engine);
  await engine.close();
  try {
    renameSync(making, template);
  } catch {
    // Another test run was first.
    rmSync(making, { recursive: true });
  }
}

function versionOf(modules: string): string {
  const text = readFileSync(join(modules, '@electric-sql/pglite/package.json'), 'utf8');
  // Proof: every package.json names its version.
  return (JSON.parse(text) as { version: string }).version;
}

/** Of all that makes tables: a template is of no use once any of it changed. */
function digestOfStore(): string {
  const hash = createHash('sha256');
  const files = globSync(['migrations/*', 'database/*.ts', 'months.ts'], { cwd: STORE });
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(STORE, file)));
  return hash.digest('hex').slice(0, 16);
}
