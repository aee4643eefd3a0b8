/**
 * Entry of every npm script: sets the machine up when needed, then runs `scripts/<command>.ts` under a
 * Node that runs TypeScript. Plain JavaScript, because it has to run on Node 20.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureSetup } from './setup.mjs';

const COMMANDS = new Map([
  ['start', 'scripts/start.ts'],
  ['test', 'scripts/test.ts'],
  ['demo', 'scripts/demo.ts'],
  ['fuzz', 'scripts/fuzz.ts'],
  ['verify', 'scripts/verify.ts'],
  ['report', 'scripts/report.ts'],
  ['recompute', 'scripts/recompute.ts'],
  ['bench', 'bench/run.ts'],
  ['check', 'scripts/check.ts'],
  ['coverage', 'scripts/coverage.ts'],
  ['mutation', 'scripts/mutation.ts'],
  ['slither', 'scripts/slither.ts'],
  ['chaos', 'scripts/chaos.ts'],
  ['deploy', 'scripts/deploy.ts'],
  ['sales', 'scripts/sales.ts'],
  ['promo', 'scripts/promo.ts'],
  ['keeper', 'scripts/keeper.ts'],
  ['device', 'device-signer/src/cli.ts'],
]);

const [command = '', ...args] = process.argv.slice(2);
const script = COMMANDS.get(command);
if (script === undefined && command !== 'setup') {
  console.error(`unknown command "${command}"; one of ${[...COMMANDS.keys(), 'setup'].join(', ')}`);
  process.exit(2);
}
const { root, node } = await ensureSetup();
if (script !== undefined) {
  const path = join(root, script);
  if (!existsSync(path)) throw new Error(`missing ${path}`);
  await runAndLeave(node, [path, ...args], root);
}

/** Runs the script in this terminal and leaves with its exit code; it handles the signals itself. */
async function runAndLeave(node, parameters, cwd) {
  const env = {
    // A fifth of the time until a service or a test is loaded.
    NODE_COMPILE_CACHE: join(root, '.toolchain/compile-cache'),
    ...process.env,
    PATH: `${dirname(node)}:${process.env.PATH ?? ''}`,
  };
  const child = spawn(node, parameters, { cwd, env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  const code = await new Promise((resolve) => {
    child.on('exit', (exitCode, signal) => resolve(exitCode ?? (signal === 'SIGINT' ? 130 : 1)));
  });
  process.exit(code);
}
