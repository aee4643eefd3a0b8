/**
 * `npm run fuzz [-- [--lives N] files]`: the Solidity tests with 100,000 fuzz runs and 1,024 lives of 64
 * moves for each invariant. Takes hours; a file under contracts/test narrows it down. A million random
 * moves on the books of subscriptions: `--lives 16384 contracts/test/subscriptions/Books.t.sol`.
 */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

import { ROOT } from './lib/paths.ts';

const hardhat = 'node_modules/hardhat/dist/src/cli.js';
const { values, positionals } = parseArgs({
  options: { lives: { type: 'string', default: '1024' } },
  allowPositionals: true,
});
const run = (args: readonly string[]) =>
  spawn(process.execPath, [hardhat, ...args], {
    cwd: ROOT,
    env: { ...process.env, TRUETONNE_FUZZ: values.lives },
    stdio: 'inherit',
  });

for (const args of [['build'], ['test', 'solidity', ...positionals]]) {
  const code = await new Promise<number | null>((resolve) => run(args).once('exit', resolve));
  if (code !== 0) {
    process.exitCode = code ?? 1;
    break;
  }
}
