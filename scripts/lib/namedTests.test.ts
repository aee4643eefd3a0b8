/** The pages for auditors name tests: each has to be there, by that name and in that file. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from './paths.ts';

const PAGES = ['docs/invariants.md', 'docs/security.md'];
const SOURCES = [
  'contracts/test',
  'test',
  'oracle',
  'indexer',
  'app/src',
  'protocol/src',
  'scripts',
];
const FILES = globSync(
  [...SOURCES, 'device-signer'].map((folder) => `${folder}/**/*.{ts,sol}`),
  { cwd: ROOT, exclude: (path) => path.includes('node_modules') },
);
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const solidity = FILES.filter((path) => path.startsWith('contracts/test'))
  .map(read)
  .join();

/** Each file that is named, with the names of tests in quotes that follow it. */
function namedIn(page: string): readonly (readonly [file: string, name: string])[] {
  return [...page.matchAll(/`([\w/.-]+\.(?:ts|sol))`((?:,? (?:and )?"[^"]+")+)/g)].flatMap(
    ([, file = '', names = '']) =>
      [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => [file, name] as const),
  );
}

for (const page of PAGES) {
  test(`${page} names tests that are there`, () => {
    const text = read(page);
    const named = namedIn(text);
    assert.ok(named.length > 10);
    for (const [file, name] of named) {
      const found = FILES.filter((path) => path.endsWith(file) || basename(path) === file);
      assert.ok(
        found.some((path) => read(path).includes(name)),
        `${file} has no "${name}"`,
      );
    }
    for (const [law] of text.matchAll(/\b(?:invariant|testFuzz)_\w+/g))
      assert.ok(solidity.includes(`function ${law}(`), `contracts/test has no ${law}`);
  });
}
