import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What decides the rows besides the chain; src/api only reads them. */
const SOURCES = ['model', 'ponder.config.ts', 'ponder.schema.ts', 'schema', 'src'];

/**
 * SHA-256 over the code that turns events into rows, and the ABIs: other code, other rows. Ponder's
 * own build id doesn't see files outside src/ and ponder.schema.ts.
 */
export function fingerprintOf(root: string, abis: readonly unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(abis));
  for (const path of sourcesOf(root)) {
    hash.update(`${relative(root, path)}\0`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

function sourcesOf(root: string): string[] {
  return SOURCES.flatMap((name) => filesOf(join(root, name)))
    .filter((path) => !path.startsWith(join(root, 'src', 'api')) && !path.endsWith('.test.ts'))
    .sort();
}

function filesOf(path: string): string[] {
  if (path.endsWith('.ts')) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
}
