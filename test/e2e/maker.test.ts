import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { deviceIdOf, fromHex, type Hex } from '@truetonne/protocol';
import { startOracle } from '../../oracle/src/index.ts';
import { startChain } from '../../oracle/test/support/chain.ts';
import { createClient } from '../../oracle/test/support/client.ts';
import { makeDataFolder } from '../../oracle/test/support/folders.ts';
import { configOf, eventually } from '../../oracle/test/support/service.ts';
import { ROOT } from '../../scripts/lib/paths.ts';

const GUIDE = join(ROOT, 'docs/maker.md');

/** The programs that the guide calls, with the Node of this test and from the root of the repository. */
const PROGRAMS = `
node() { local script=$1; shift; '${process.execPath}' '${ROOT}'/"$script" "$@"; }
make() { command make -C '${ROOT}'/"$3" "$1" "\${@:4}"; }
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

  const blocks = readBlocks({ registry, oracleUrl: oracle.url });
  assert.equal(blocks.length, 4);
  const run = async (block: string): Promise<string> => {
    const env = { ...process.env, TRUETONNE_DEPLOYMENT: book };
    const script = `set -eu\n${PROGRAMS}\n${block}`;
    return (await promisify(execFile)('bash', ['-c', script], { cwd: folder, env })).stdout;
  };
  const client = createClient(oracle.url);
  const outcomeOf = (deviceId: Hex, sequence: number) =>
    eventually(
      () => client.status(deviceId, sequence),
      ({ state }) => state !== 'received',
    );

  const stdout = await run(blocks.slice(0, 2).join(''));
  assert.match(stdout, /^project 3$/m);
  assert.equal(stdout.match(/"status":"accepted"/g)?.length, 91);
  const board = readClaim(join(folder, 'my-board/claim.json'));
  assert.equal((await outcomeOf(board.deviceId, 91)).state, 'counted');
  // The day of the data: 17,226 Wh out, 30 Wh in.
  const { exportWh, importWh } = await client.latest(board.deviceId);
  assert.deepEqual([exportWh, importWh], ['17226', '30']);

  await run(blocks[2] ?? '');
  const gateway = readClaim(join(folder, 'my-gateway/claim.json'));
  await chain.claim(gateway);
  await chain.bind(gateway, 1);
  await run(blocks[3] ?? '');
  await outcomeOf(gateway.deviceId, 1);
  assert.equal((await client.latest(gateway.deviceId)).exportWh, '12');
});

/** The commands of the guide, for the addresses of this test. */
function readBlocks(at: { registry: string; oracleUrl: string }): readonly string[] {
  const guide = readFileSync(GUIDE, 'utf8')
    .replaceAll('0x5fbdb2315678afecb367f032d93f642f64180aa3', at.registry)
    .replaceAll('http://127.0.0.1:4000', at.oracleUrl);
  return [...guide.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = '']) => block);
}

function readClaim(file: string) {
  // Proof: the firmware wrote the file; fromHex refuses what is no hex.
  const said = JSON.parse(readFileSync(file, 'utf8')) as Record<
    'claim' | 'publicKey' | 'signature',
    string
  >;
  const publicKey = fromHex(said.publicKey);
  return {
    deviceId: deviceIdOf(publicKey),
    claim: fromHex(said.claim),
    publicKey,
    claimSignature: fromHex(said.signature),
  };
}
