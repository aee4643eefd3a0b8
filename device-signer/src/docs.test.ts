import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { makeTemporaryFolder, startFakeOracle } from '../test/fakeOracle.ts';

const GUIDE = join(import.meta.dirname, '../../docs/device.md');
const PROGRAM = join(import.meta.dirname, 'cli.ts');

/** npm's part of `npm run -s device -- ...`, without the set-up. */
const NPM = `npm() { shift 4; '${process.execPath}' '${PROGRAM}' "$@"; }`;

test('the commands of docs/device.md take a flat reading to an oracle', async (context) => {
  const oracle = await startFakeOracle(context);
  const blocks = [...readFileSync(GUIDE, 'utf8').matchAll(/^```sh\n(.*?)^```/gms)];
  const commands = blocks.map(([, block = '']) => block).join('');
  const script = `set -eu\n${NPM}\n${commands.replaceAll('http://127.0.0.1:4000', oracle.url)}`;
  const cwd = makeTemporaryFolder(context);
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd });
  assert.equal(blocks.length, 3);
  assert.match(stdout, /"status":"accepted"/);
  assert.match(stdout, /1 posted, none wait/);
  assert.equal(oracle.accepted.length, 1);
  assert.equal(oracle.accepted[0]?.header.exportWh, 7_698n);
});
