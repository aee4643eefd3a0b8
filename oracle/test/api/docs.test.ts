import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { toHex } from '@truetonne/protocol';
import { startOracle } from '../../src/index.ts';
import { roles, startChain } from '../support/chain.ts';
import { createClient } from '../support/client.ts';
import { createTestDevice } from '../support/device.ts';
import { makeDataFolder } from '../support/folders.ts';
import { configOf, eventually } from '../support/service.ts';

const GUIDE = join(import.meta.dirname, '../../../docs/api.md');
const START = 1_467_331_200;

it('the commands of docs/api.md do what the page says', async () => {
  const folder = await makeDataFolder();
  const chain = await startChain();
  const projectId = await chain.addProject();
  const owner = roles.owner.address;
  const device = createTestDevice({ domain: chain.domain, claimedAt: START, owner });
  await chain.claim(device);
  await chain.bind(device, projectId);
  const oracle = await startOracle(configOf(chain.deployment, folder.path));
  try {
    const client = createClient(oracle.url);
    await eventually(client.devices, (devices) => devices[0]?.status === 'bound');
    const windows = [device.seal(), device.seal()];
    await client.post(windows.slice(0, 1));
    await client.postJson(`/v1/projects/${projectId}/close`, { until: START + 900 });
    await eventually(
      () => client.batches(projectId),
      (batches) => batches[0]?.phase === 'confirmed',
    );
    const [, next] = windows;
    assert.ok(next);
    const sent = {
      header: toHex(next.headerBytes),
      signature: toHex(next.signature),
      readings: toHex(next.readingsBytes),
    };
    writeFileSync(join(folder.path, 'window.json'), JSON.stringify(sent));

    const guide = readFileSync(GUIDE, 'utf8').replaceAll('http://127.0.0.1:4000', oracle.url);
    const blocks = [...guide.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block]) => block ?? '');
    assert.ok(blocks.length >= 5);
    const output = await runShell(blocks.join('\n'), folder.path);
    assert.match(output, /"status":"accepted"/);
    assert.match(output, /"state":"batched"/);
    assert.match(output, /"buckets":\[\{/);
    assert.match(output, /"phase":"confirmed"/);
    const [batch] = await client.batches(projectId);
    assert.ok(output.includes(`${batch?.fileDigest.slice(2) ?? ''}  batch.ttb.gz`));
    assert.match(output, /TTB/);
    assert.match(output, /"until":1476355500/);
  } finally {
    await oracle.stop();
    await chain.stop();
    folder.remove();
  }
});

/** Runs a script that stops at the first command that fails. */
function runShell(script: string, cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-e', '-o', 'pipefail', '-c', script], { cwd });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`exit code ${String(code)}: ${output}`));
    });
  });
}
