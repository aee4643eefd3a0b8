/**
 * `npm run coverage [-- test files]`: lines and branches of contracts/ that the contract tests run.
 * Fails below 100 % of either; docs/contracts.md says how branches are counted.
 */
import {
  cpSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { instrument, type Branch } from './coverage/branches.ts';
import { readLcov, reportOf } from './coverage/report.ts';
import { ROOT } from './lib/paths.ts';
import { runCommand } from './lib/runCommand.ts';

const COPIED = ['contracts', 'test', 'scripts', 'protocol', 'ignition', 'device-signer', 'data'];
const FILES = ['hardhat.config.ts', 'package.json', 'tsconfig.json', 'tsconfig.base.json'];
/** What is not deployed, and what has no code. */
const LEFT_OUT = ['mocks', 'development', 'test', 'interfaces'];
/** They deploy to anvil, which has the limits of code and gas that instrumented contracts exceed. */
const ON_ANVIL = ['deploy.test.ts', 'sales.test.ts'];

const folder = mkdtempSync(join(tmpdir(), 'tonne-coverage-'));
try {
  const branches = copyInstrumented();
  const chosen = process.argv.slice(2);
  const files = chosen.length > 0 ? chosen : allTests();
  const { exitCode } = await runCommand(
    process.execPath,
    ['node_modules/hardhat/dist/src/cli.js', 'test', 'mocha', '--coverage', ...files],
    { cwd: folder, echo: true, env: { TRUETONNE_INSTRUMENTED: '1' } },
  );
  const lcov = readLcov(readFileSync(join(folder, 'coverage/lcov.info'), 'utf8'));
  const { text, complete } = reportOf(branches, lcov);
  console.log(text);
  process.exitCode = exitCode === 0 && complete ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The branches of each contract, after a copy of the project has them instrumented. */
function copyInstrumented(): Map<string, readonly Branch[]> {
  const filter = (path: string): boolean => !/[\\/](node_modules|dist)$/.test(path);
  for (const name of COPIED)
    cpSync(join(ROOT, name), join(folder, name), { recursive: true, filter });
  for (const name of FILES) cpSync(join(ROOT, name), join(folder, name));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const found = new Map<string, readonly Branch[]>();
  for (const name of globSync('contracts/**/*.sol', { cwd: folder })) {
    if (LEFT_OUT.some((part) => name.includes(`/${part}/`))) continue;
    const { source, branches } = instrument(name, readFileSync(join(folder, name), 'utf8'));
    writeFileSync(join(folder, name), source);
    found.set(name, branches);
  }
  return found;
}

function allTests(): string[] {
  return globSync('test/contracts/**/*.test.ts', { cwd: ROOT })
    .filter((path) => !ON_ANVIL.some((name) => path.endsWith(name)))
    .sort();
}
