/**
 * `node device-signer/firmware/examples/arduino/pack.ts FOLDER`: writes the library as Arduino wants it,
 * all sources in one `src`. FOLDER is usually `~/Arduino/libraries/TrueTonne`.
 */
import { cpSync, globSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const HERE = import.meta.dirname;
const FIRMWARE = join(HERE, '../..');

const SOURCES = [
  'core/include/*.h',
  'core/src/*.{c,h}',
  'sensors/*.{c,h}',
  'port/esp-idf/truetonne/include/truetonne_esp.h',
  'port/esp-idf/truetonne/src/*.{c,h}',
] as const;

/** What needs a library that Arduino does not have. */
const LEFT_OUT = new Set(['tt_esp_signer_atecc608.c']);

/** Throws when two sources have one name: Arduino's folder has room for one. */
export function packLibrary(folder: string): void {
  cpSync(join(HERE, 'library'), folder, { recursive: true });
  mkdirSync(join(folder, 'src'), { recursive: true });
  const names = new Set<string>();
  for (const path of globSync([...SOURCES], { cwd: FIRMWARE })) {
    const name = basename(path);
    if (LEFT_OUT.has(name)) continue;
    if (names.has(name)) throw new Error(`two sources of the firmware are called ${name}`);
    names.add(name);
    cpSync(join(FIRMWARE, path), join(folder, 'src', name));
  }
}

const [, program, target] = process.argv;
if (program === import.meta.filename) {
  if (target === undefined) {
    process.stderr.write('say where: node pack.ts ~/Arduino/libraries/TrueTonne\n');
    process.exit(2);
  }
  packLibrary(target);
}
