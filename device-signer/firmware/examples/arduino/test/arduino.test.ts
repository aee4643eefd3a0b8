import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { makeBuildFolder, runTool, WARNINGS } from '../../../port/toolchain.ts';
import { packLibrary } from '../pack.ts';

const IDF_STUBS = join(import.meta.dirname, '../../../port/esp-idf/test/stubs');
const STUBS = ['-I', join(import.meta.dirname, 'stubs'), '-I', IDF_STUBS];

test('the packed library is what the Arduino IDE looks for', (context) => {
  const folder = makeBuildFolder(context);
  packLibrary(folder);
  const properties = readFileSync(join(folder, 'library.properties'), 'utf8');
  // Arduino library specification 1.5: these fields are required.
  for (const field of ['name', 'version', 'author', 'maintainer', 'sentence', 'paragraph', 'url'])
    assert.match(properties, new RegExp(`^${field}=.+$`, 'm'));
  assert.match(properties, /^architectures=esp32$/m);
  const [, header] = /^includes=(.+)$/m.exec(properties) ?? [];
  assert.deepEqual(globSync(join(folder, 'src', header ?? '')).length, 1);
  for (const sketch of globSync(join(folder, 'examples/*/*.ino')))
    assert.equal(basename(sketch, '.ino'), basename(join(sketch, '..')));
});

test('library and sketches compile without a warning against stub headers', async (context) => {
  const folder = makeBuildFolder(context);
  packLibrary(folder);
  const include = [...STUBS, '-I', join(folder, 'src')];
  const warnings = WARNINGS.filter((flag) => flag !== '-Wpedantic');
  const flags = ['-fsyntax-only', ...warnings, ...include];
  const sources = globSync(join(folder, 'src/*.c'));
  assert.ok(sources.length >= 20);
  await runTool('gcc', ['-std=gnu17', ...flags, ...sources]);
  const sketches = globSync(join(folder, 'examples/*/*.ino'));
  assert.equal(sketches.length, 2);
  for (const sketch of sketches) {
    const cpp = ['-std=gnu++2b', ...flags, '-include', 'Arduino.h', '-x', 'c++', sketch];
    await runTool('g++', cpp, { debianPackage: 'g++' });
  }
});
