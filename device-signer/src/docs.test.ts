import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { makeTemporaryFolder, startFakeOracle } from '../test/fakeOracle.ts';
import { startRegistry } from '../test/registry.ts';

const GUIDE = join(import.meta.dirname, '../../docs/device.md');
const PROGRAM = join(import.meta.dirname, 'cli.ts');

/** npm's part of `npm run -s device -- ...`, without the set-up. */
const NPM = `npm() { shift 4; '${process.execPath}' '${PROGRAM}' "$@"; }`;

test('the commands of docs/device.md take a device through its life', async (context) => {
  const oracle = await startFakeOracle(context);
  const { book, world, stop } = await startRegistry(6_000);
  context.after(stop);
  const cwd = makeTemporaryFolder(context);
  const deployment = join(cwd, 'deployment.json');
  writeFileSync(deployment, JSON.stringify(book));
  const blocks = [...readFileSync(GUIDE, 'utf8').matchAll(/^```sh\n(.*?)^```/gms)];
  const commands = blocks.map(([, block = '']) => block).join('');
  const script = `set -eu\n${NPM}\n${commands.replaceAll('http://127.0.0.1:4000', oracle.url)}`;
  const env = { ...process.env, TRUETONNE_DEPLOYMENT: deployment };
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd, env });
  assert.equal(blocks.length, 7);
  assert.match(stdout, /"status":"accepted"/);
  assert.match(stdout, /1 posted, none wait/);
  assert.equal(oracle.accepted.length, 1);
  assert.equal(oracle.accepted[0]?.header.exportWh, 7_698n);
  assert.match(stdout, /2 devices, 488 bytes in fleet\.bin/);
  assert.match(stdout, /2 of 2 registered: 0x/);
  assert.equal((await world.registry.read.project([1])).boundCapacityW, 6_000);
  assert.equal(oracle.replacements.length, 1);
  assert.match(stdout, /"step": "claim",\s+"transaction": "0x/);
  assert.match(readFileSync(join(cwd, 'rotation.json'), 'utf8'), /"successor": "0x/);
});
