/**
 * `npm test [-- suite ...]`: every suite, one after the other, on this machine alone. The last line is
 * `N passed, N failed` over all of them. `TEST_FILES=4` runs so many files of a suite at a time.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { installTools } from '../functions/toolkit.ts';
import { buildApp, buildContracts } from './lib/build.ts';
import { countTests, failuresOf, type TestCount } from './lib/count.ts';
import { ROOT } from './lib/paths.ts';
import { runCommand } from './lib/runCommand.ts';
import { ensurePackages, ensurePostgres, keepTemporaryFilesInMemory } from './lib/testTools.ts';

interface Suite {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name);

/** Files of a suite that run at a time: most wait for a chain, a database or a page half of theirs. */
const FILES = process.env['TEST_FILES'] ?? '2';
/** What hangs is a failure with a name; the slowest file takes a sixth of that. */
const LONGEST_MS = 900_000;

/** A suite of node's test runner. */
const nodeSuite = (name: string, patterns: readonly string[]): Suite => ({
  name,
  command: process.execPath,
  args: [
    '--test',
    '--test-reporter=spec',
    `--test-concurrency=${FILES}`,
    `--test-timeout=${LONGEST_MS}`,
    ...globSync([...patterns], {
      cwd: ROOT,
      exclude: (path) => path.includes('node_modules'),
    }).sort(),
  ],
});

const SUITES: readonly Suite[] = [
  { name: 'quality', command: process.execPath, args: ['scripts/check.ts'] },
  { name: 'contracts', command: bin('hardhat'), args: ['test'] },
  nodeSuite('protocol', ['protocol/src/**/*.test.ts']),
  nodeSuite('device-signer', ['device-signer/**/*.test.ts']),
  nodeSuite('oracle', ['oracle/**/*.test.ts']),
  nodeSuite('indexer', ['indexer/**/*.test.ts']),
  nodeSuite('app', ['app/src/**/*.test.ts']),
  nodeSuite('scripts', ['scripts/**/*.test.ts', 'bench/**/*.test.ts']),
  nodeSuite('chaos', ['test/chaos/**/*.test.ts']),
  nodeSuite('outsiders', ['test/*.test.ts']),
  nodeSuite('end-to-end', ['test/e2e/**/*.test.ts']),
];

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !SUITES.some((suite) => suite.name === name));
if (unknown.length > 0) {
  const names = SUITES.map(({ name }) => name).join(', ');
  console.error(`no suite "${unknown.join('", "')}"; there are ${names}`);
  process.exit(2);
}

const say = (text: string): void => {
  console.log(`[test] ${text}`);
};
keepTemporaryFilesInMemory();
await ensurePostgres(say);
await ensurePackages(say);
// Before two files at a time would both find that they are missing.
await installTools();
await buildContracts();
await buildApp();
interface Result extends TestCount {
  readonly name: string;
  readonly seconds: number;
  /** What was said of the failures; empty without any. */
  readonly failures: string;
}
const results: Result[] = [];
for (const suite of SUITES.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
  console.log(`\n━━ ${suite.name}`);
  const started = Date.now();
  const { exitCode, output } = await runCommand(suite.command, suite.args, { echo: true });
  const seconds = Math.round((Date.now() - started) / 1000);
  const count = countTests(output, exitCode);
  const failures = count.failed === 0 ? '' : failuresOf(output);
  results.push({ name: suite.name, seconds, failures, ...count });
}

// Once more, in one place: the suites print some ten thousand lines.
for (const { name, failures } of results) {
  if (failures !== '') console.log(`\n━━ what failed in ${name}\n${failures}`);
}
console.log('');
for (const { name, passed, failed, seconds } of results) {
  console.log(
    `${failed === 0 ? '✔' : '✖'} ${name}: ${passed} passed, ${failed} failed, ${seconds} s`,
  );
}
const passed = results.reduce((sum, count) => sum + count.passed, 0);
const failed = results.reduce((sum, count) => sum + count.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
