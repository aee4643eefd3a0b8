import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What decides the rows besides the chain; src/api only reads them. */
const SOURCES = ['model', 'ponder.config.ts', 'ponder.schema.ts', 'schema', 'src'];

/** What src/ and model/ call of protocol/src; the test holds that none is missing. */
export const PROTOCOL_SOURCES = [
  'abi/recomputation.ts',
  'abi/verification.ts',
  'batch/crediting.ts',
  'batch/deviceSlot.ts',
  'batch/ids.ts',
  'credit/listing.ts',
  'errors/catalogue.ts',
  'subscriptions/names.ts',
  'subscriptions/reasons.ts',
];

/** Folders of the code: this workspace, and `src` of the protocol package. */
export interface Roots {
  readonly indexer: string;
  readonly protocol: string;
}

/**
 * SHA-256 over the code that turns events into rows, and the ABIs: other code, other rows. Ponder's
 * own build id doesn't see files outside src/ and ponder.schema.ts.
 */
export function fingerprintOf({ indexer, protocol }: Roots, abis: readonly unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(abis));
  const add = (root: string, path: string) => {
    hash.update(`${relative(root, path)}\0`).update(readFileSync(path));
  };
  for (const path of sourcesOf(indexer)) add(indexer, path);
  for (const path of PROTOCOL_SOURCES) add(protocol, join(protocol, path));
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
