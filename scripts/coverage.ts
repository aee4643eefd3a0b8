/**
 * `npm run coverage [-- test files]`: lines and branches of contracts/ that the contract tests run.
 * Fails below 100 % of either; docs/contracts.md says how branches are counted.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { instrument, type Branch } from './coverage/branches.ts';
import { readLcov, reportOf } from './coverage/report.ts';
import { copyProject, findContracts, findContractTests } from './lib/projectCopy.ts';
import { runCommand } from './lib/runCommand.ts';

const { folder, remove } = copyProject();
try {
  const branches = instrumentAll();
  const chosen = process.argv.slice(2);
  const files = chosen.length > 0 ? chosen : findContractTests();
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
  remove();
}

/** The branches of each contract, after the copy has them instrumented. */
function instrumentAll(): Map<string, readonly Branch[]> {
  const found = new Map<string, readonly Branch[]>();
  for (const name of findContracts()) {
    const { source, branches } = instrument(name, readFileSync(join(folder, name), 'utf8'));
    writeFileSync(join(folder, name), source);
    found.set(name, branches);
  }
  return found;
}
