/**
 * `npm run fuzz [-- files]`: the Solidity tests with 100,000 fuzz runs and 1,024 lives of 64 moves for
 * each invariant. Takes hours; a file under contracts/test narrows it down.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { ROOT } from './lib/paths.ts';

const hardhat = 'node_modules/hardhat/dist/src/cli.js';
const run = (args: readonly string[]) =>
  spawn(process.execPath, [hardhat, ...args], {
    cwd: ROOT,
    env: { ...process.env, TRUETONNE_FUZZ: 'deep' },
    stdio: 'inherit',
  });

for (const args of [['build'], ['test', 'solidity', ...process.argv.slice(2)]]) {
  const [code]: unknown[] = await once(run(args), 'exit');
  if (code !== 0) {
    process.exitCode = typeof code === 'number' ? code : 1;
    break;
  }
}
