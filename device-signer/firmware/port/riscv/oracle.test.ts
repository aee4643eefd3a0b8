import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { deviceIdOf, parseWindow, type Hex } from '@truetonne/protocol';
import { startOracle } from '../../../../oracle/src/index.ts';
import { roles, startChain } from '../../../../oracle/test/chain.ts';
import { createClient } from '../../../../oracle/test/client.ts';
import { makeDataFolder } from '../../../../oracle/test/folders.ts';
import { configOf, eventually } from '../../../../oracle/test/service.ts';
import { makeBuildFolder } from '../toolchain.ts';
import { buildImage } from './build.ts';
import { DAY_BEGINS } from './day.ts';
import { runImage } from './run.ts';

test('the registry takes the claim of the RV32IMC board, and an oracle all its windows', async (context) => {
  const chain = await startChain();
  context.after(() => chain.stop());
  const folder = makeBuildFolder(context);
  const board = await runImage(await buildImage(folder), folder, {
    seed: new Uint8Array(randomBytes(32)),
    domain: chain.domain,
    // Proof: lower case changes no digit's value.
    owner: roles.owner.address.toLowerCase() as Hex,
    startedAt: DAY_BEGINS,
  });
  const [[claim], [publicKey], [claimSignature]] = [
    board.bytes('claim'),
    board.bytes('public-key'),
    board.bytes('claim-signature'),
  ];
  assert.ok(claim && publicKey && claimSignature);
  const deviceId = deviceIdOf(publicKey);
  const projectId = await chain.addProject();
  await chain.claim({ claim, publicKey, claimSignature });
  await chain.bind({ deviceId }, projectId);

  const data = await makeDataFolder();
  const oracle = await startOracle(configOf(chain.deployment, data.path));
  context.after(async () => {
    await oracle.stop();
    data.remove();
  });
  const client = createClient(oracle.url);
  await eventually(
    () => client.devices(),
    (devices) => devices.some((device) => device.deviceId === deviceId),
  );
  const windows = board.bytes('window').map((bytes) => parseWindow(bytes, chain.domain));
  const results = await client.post(windows);
  assert.equal(results.length, windows.length);
  assert.ok(results.every(({ status }) => status === 'accepted'));
  const { state } = await eventually(
    () => client.status(deviceId, windows.length),
    (status) => status.state !== 'received',
  );
  assert.equal(state, 'counted');
  assert.equal((await client.latest(deviceId)).exportWh, '17226');
});
