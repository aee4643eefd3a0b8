import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { Hex } from '@truetonne/protocol';
import { startOracle } from '../../oracle/src/index.ts';
import { startChain } from '../../oracle/test/chain.ts';
import { createClient } from '../../oracle/test/client.ts';
import { makeDataFolder } from '../../oracle/test/folders.ts';
import { configOf, eventually } from '../../oracle/test/service.ts';
import { ROOT } from '../../scripts/lib/paths.ts';

const GUIDE = join(ROOT, 'docs/maker.md');

/** The programs that the guide calls, with the Node of this test and from the root of the repository. */
const PROGRAMS = `
node() { local script=$1; shift; '${process.execPath}' '${ROOT}'/"$script" "$@"; }
npm() { shift 4; '${process.execPath}' '${ROOT}/device-signer/src/cli.ts' "$@"; }
`;

test('the commands of docs/maker.md take an emulated RV32IMC board to counted windows', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'truetonne-maker-'));
  const chain = await startChain();
  const data = await makeDataFolder();
  const oracle = await startOracle(configOf(chain.deployment, data.path));
  context.after(async () => {
    await oracle.stop();
    await chain.stop();
    for (const path of [folder, data.path]) rmSync(path, { recursive: true, force: true });
  });
  // So that the guide's project number is right: two plants, as after a first `npm start`.
  await chain.addProject();
  await chain.addProject();
  const book = join(folder, 'deployment.json');
  const { registry } = chain.deployment;
  writeFileSync(book, JSON.stringify({ ...chain.deployment, credit: registry }));

  const guide = readFileSync(GUIDE, 'utf8');
  const blocks = [...guide.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block);
  assert.equal(blocks.length, 2);
  const commands = blocks
    .join('')
    .replace('0x5fbdb2315678afecb367f032d93f642f64180aa3', registry)
    .replace('http://127.0.0.1:4000', oracle.url);
  const { stdout } = await promisify(execFile)(
    'bash',
    ['-c', `set -eu\n${PROGRAMS}\n${commands}`],
    { cwd: folder, env: { ...process.env, TRUETONNE_DEPLOYMENT: book }, maxBuffer: 1 << 20 },
  );

  assert.match(stdout, /^project 3$/m);
  assert.equal(stdout.match(/"status":"accepted"/g)?.length, 91);
  // Proof: the command wrote the file.
  const claim = JSON.parse(readFileSync(join(folder, 'my-board/claim.json'), 'utf8')) as {
    deviceId: Hex;
  };
  const client = createClient(oracle.url);
  const { state } = await eventually(
    () => client.status(claim.deviceId, 91),
    (status) => status.state !== 'received',
  );
  assert.equal(state, 'counted');
  // The day of the data: 17,226 Wh out, 30 Wh in.
  const { exportWh, importWh } = await client.latest(claim.deviceId);
  assert.deepEqual([exportWh, importWh], ['17226', '30']);
});
