/**
 * Brings what the project needs, once: a Node that Hardhat 3 runs on, and the locked dependencies
 * installed under that Node (under an older one npm leaves native packages out without a word).
 * Progress goes to standard error, so that a command's own output stays clean.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const TOOLCHAIN = join(ROOT, '.toolchain');
/** The version that the project is tested with; installed where the machine's own Node is too old. */
const NODE_VERSION = '24.21.0';
/** Oldest Node that runs TypeScript without a flag and that Hardhat 3 accepts. */
const LEAST_NODE = [22, 18];

/** @returns {Promise<{root: string, node: string}>} the project's folder and the Node to run it with */
export async function ensureSetup() {
  const node = isRecentEnough(process.versions.node) ? process.execPath : ensureNode();
  ensureDependencies(node);
  return { root: ROOT, node };
}

function isRecentEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
}

function ensureNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const node = join(TOOLCHAIN, 'node_modules', name, 'bin', 'node');
  if (existsSync(node)) return node;
  say(`Node ${process.versions.node} is too old; bringing Node ${NODE_VERSION} into .toolchain/`);
  mkdirSync(TOOLCHAIN, { recursive: true });
  writeFileSync(join(TOOLCHAIN, 'package.json'), '{ "private": true }\n');
  runNpm(
    process.execPath,
    ['install', '--no-save', '--no-audit', '--no-fund', `${name}@${NODE_VERSION}`],
    TOOLCHAIN,
  );
  return node;
}

function ensureDependencies(node) {
  const lock = readFileSync(join(ROOT, 'package-lock.json'));
  const stamp = createHash('sha256').update(lock).update(node).digest('hex');
  const stampFile = join(ROOT, 'node_modules', '.truetonne-setup');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  say('installing the locked dependencies (about a minute, once)');
  runNpm(node, ['ci', '--no-audit', '--no-fund'], ROOT);
  writeFileSync(stampFile, stamp);
}

/** Runs npm's own script under the given Node: the one that `npm` would start may be another. */
function runNpm(node, args, cwd) {
  const env = {
    ...process.env,
    PATH: `${dirname(node)}:${process.env.PATH ?? ''}`,
    SCARF_ANALYTICS: 'false',
    npm_config_loglevel: 'error',
  };
  const { status, error } = spawnSync(node, [findNpm(), ...args], {
    cwd,
    env,
    stdio: ['ignore', 2, 2],
  });
  if (error) throw error;
  if (status !== 0) {
    say(`npm ${args[0]} failed; the lines above say why`);
    process.exit(1);
  }
}

function findNpm() {
  const beside = join(
    dirname(process.execPath),
    '..',
    'lib',
    'node_modules',
    'npm',
    'bin',
    'npm-cli.js',
  );
  const candidates = [process.env.npm_execpath, beside];
  const found = candidates.find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
  if (found === undefined) throw new Error('npm was not found: run this through `npm run`');
  return found;
}

function say(text) {
  process.stderr.write(`[setup] ${text}\n`);
}
