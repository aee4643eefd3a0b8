import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isErrorCode } from '@truetonne/protocol';
import { build, FIRMWARE, run } from './build.ts';

const CORE = globSync('core/{src,include}/*.{c,h}', { cwd: FIRMWARE }).sort();

/** Most bytes of stack on the deepest path through the core, without what the platform takes. */
const STACK_LIMIT = 1600;

/** Most bytes of one function's frame. */
const FRAME_LIMIT = 460;

const read = (path: string): string => readFileSync(join(FIRMWARE, path), 'utf8');

/** Numbers of errors that firmware in the field may have in its logs: never to be changed. */
const PUBLISHED = {
  OK: 0,
  CLAIM_INVALID: 1,
  WINDOW_TRUNCATED: 2,
  COUNT_MISMATCH: 3,
  COUNT_OUT_OF_RANGE: 4,
  VERSION_UNKNOWN: 5,
  FLAGS_UNKNOWN: 6,
  VALUE_OUT_OF_RANGE: 7,
  DOMAIN_MISMATCH: 8,
  TIME_ORDER: 9,
  READING_NOT_CANONICAL: 10,
  READING_TIME_ORDER: 11,
  READING_REGISTER_ORDER: 12,
  READINGS_HASH_MISMATCH: 13,
  SIGNATURE_HIGH_S: 14,
  PUBLIC_KEY_MISMATCH: 15,
  SIGNATURE_INVALID: 16,
  NOT_DEVICE_OWNER: 17,
  SEQUENCE_GAP: 18,
  SEQUENCE_REPLAY: 19,
  CHAIN_BROKEN: 20,
  TIME_OVERLAP: 21,
  REGISTER_ROLLBACK: 22,
  STATEMENT_INVALID: 23,
  CONFIGURATION_INVALID: 32,
  DEVICE_ALREADY_CLAIMED: 33,
  DEVICE_NOT_CLAIMED: 34,
  DEVICE_REVOKED: 35,
  DEVICE_CLOCK_NOT_SET: 36,
  DEVICE_BUFFER_FULL: 37,
  DEVICE_STORE_FAILED: 38,
  DEVICE_STORE_CORRUPT: 39,
  DEVICE_SIGNER_FAILED: 40,
  CAPACITY_EXCEEDED: 41,
  WINDOW_UNKNOWN: 42,
  ORACLE_UNREACHABLE: 43,
};

test('error names are codes of the catalogue with numbers that never change', () => {
  const header = read('core/include/tt_error.h');
  const named = [...header.matchAll(/^ {2}TT_([A-Z_]+) = (\d+)/gm)];
  assert.deepEqual(
    Object.fromEntries(named.map(([, name, number]) => [name, Number(number)])),
    PUBLISHED,
  );
  for (const [, name = ''] of named) assert.ok(name === 'OK' || isErrorCode(name), name);
});

test('each error has its code as text', () => {
  const source = read('core/src/error.c');
  for (const name of Object.keys(PUBLISHED)) {
    assert.ok(source.includes(`case TT_${name}: return "${name}";`), name);
  }
});

test('the core includes nothing of a platform and has no code for one', () => {
  const allowed = new Set(['stdbool.h', 'stddef.h', 'stdint.h', 'string.h']);
  for (const path of CORE) {
    const text = read(path);
    for (const [, name = ''] of text.matchAll(/^\s*#\s*include\s*<([^>]+)>/gm)) {
      assert.ok(allowed.has(name), `${path} includes <${name}>`);
    }
    for (const [, name = ''] of text.matchAll(/^\s*#\s*include\s*"([^"]+)"/gm)) {
      assert.ok(
        CORE.some((own) => own.endsWith(`/${name}`)),
        `${path} includes "${name}"`,
      );
    }
    const conditions = [...text.matchAll(/^\s*#\s*(if\w*|el\w+)\b.*$/gm)].map(([line]) =>
      line.trim(),
    );
    const guard = path.endsWith('.h')
      ? [`#ifndef ${/#ifndef (\w+_H)\n#define \1\n/.exec(text)?.[1] ?? 'a guard'}`]
      : [];
    assert.deepEqual(conditions, guard, path);
  }
});

test('the core allocates nothing and keeps no state of its own', async () => {
  const folder = await build(['libttcore.a']);
  const symbols = await run('nm', ['-A', join(folder, 'libttcore.a')]);
  const undefinedNames = [...symbols.matchAll(/ U (\S+)/g)].map(([, name = '']) => name);
  const foreign = new Set(undefinedNames.filter((name) => !name.startsWith('tt_')));
  for (const name of foreign)
    assert.match(name, /^(mem(cpy|move|set|cmp)|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_)$/);
  assert.doesNotMatch(symbols, / [BbDdC] /, 'a variable outside of tt_device');
});

for (const [compiler, flags] of [
  ['gcc', '-O2'],
  ['gcc', '-Os'],
  ['clang', '-O2'],
] as const) {
  test(`everything compiles with ${compiler} ${flags} without a warning`, async () => {
    await build(['ttdevice', 'powercut', 'lines', 'checks'], { CC: compiler, CFLAGS: flags });
  });
}

/** Frames by function and calls between functions, from gcc's call graph files. */
async function readCallGraph(): Promise<{
  frames: Map<string, number>;
  calls: Map<string, Set<string>>;
}> {
  const folder = await build(['stack']);
  const frames = new Map<string, number>();
  const calls = new Map<string, Set<string>>();
  const files = globSync('stack/*.ci', { cwd: folder });
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [, title = '', label = ''] of text.matchAll(
      /node: \{ title: "([^"]+)" label: "([^"]+)"/g,
    )) {
      const frame = /(\d+) bytes \((\w+)\)/.exec(label);
      if (frame === null) continue;
      assert.equal(frame[2], 'static', `${title} has a stack frame of no fixed size`);
      frames.set(title, Number(frame[1]));
    }
    for (const [, from = '', to = ''] of text.matchAll(
      /edge: \{ sourcename: "([^"]+)" targetname: "([^"]+)"/g,
    )) {
      calls.set(from, (calls.get(from) ?? new Set()).add(to));
    }
  }
  return { frames, calls };
}

test('the deepest path through the core fits its stack, and nothing calls itself', async (context) => {
  const { frames, calls } = await readCallGraph();
  assert.ok(frames.size > 60, `${frames.size} functions`);
  const depths = new Map<string, { readonly bytes: number; readonly path: readonly string[] }>();
  const deepest = (
    name: string,
    above: readonly string[],
  ): { bytes: number; path: readonly string[] } => {
    assert.ok(!above.includes(name), `${[...above, name].join(' > ')} calls itself`);
    const known = depths.get(name);
    if (known !== undefined) return known;
    let below: { readonly bytes: number; readonly path: readonly string[] } = {
      bytes: 0,
      path: [],
    };
    for (const callee of calls.get(name) ?? []) {
      const depth = deepest(callee, [...above, name]);
      if (depth.bytes > below.bytes) below = depth;
    }
    const found = { bytes: (frames.get(name) ?? 0) + below.bytes, path: [name, ...below.path] };
    depths.set(name, found);
    return found;
  };
  let worst: { readonly bytes: number; readonly path: readonly string[] } = { bytes: 0, path: [] };
  for (const [name, bytes] of frames) {
    assert.ok(bytes <= FRAME_LIMIT, `${name} takes ${bytes} bytes`);
    const depth = deepest(name, []);
    if (depth.bytes > worst.bytes) worst = depth;
  }
  context.diagnostic(`${worst.bytes} bytes: ${worst.path.join(' > ')}`);
  assert.ok(worst.bytes <= STACK_LIMIT, `${worst.bytes} bytes: ${worst.path.join(' > ')}`);
});

test('files and functions of the firmware in C keep to their length', () => {
  const own = [...CORE, ...globSync('{port/host,test/native}/*.{c,h}', { cwd: FIRMWARE })];
  for (const path of own) {
    const lines = read(path).split('\n');
    assert.ok(lines.length <= 400, `${path} has ${lines.length} lines`);
    let start = 0;
    for (const [index, line] of lines.entries()) {
      if (/^[a-z].*[^;]$/.test(line)) start = index;
      if (line === '}') assert.ok(index - start <= 60, `${path}:${start + 1} is too long`);
      assert.ok(line.length <= 110, `${path}:${index + 1} is too wide`);
    }
  }
});
