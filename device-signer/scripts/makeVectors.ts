import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeVectors } from './vectors/all.ts';

/** Writes device-signer/vectors/*.json. They change only when the specification does. */
const FOLDER = resolve(import.meta.dirname, '../vectors');

for (const [name, text] of await makeVectors()) {
  writeFileSync(join(FOLDER, name), text);
  console.log(`${name}: ${text.length} characters`);
}
