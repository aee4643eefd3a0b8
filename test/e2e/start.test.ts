import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ROOT } from '../../scripts/lib/paths.ts';
import { assertPortFree, findFreePort, PORTS, type ServiceName } from '../../scripts/lib/ports.ts';

const SERVICES = Object.keys(PORTS) as ServiceName[];

interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Settles with the exit code. */
  readonly ended: Promise<number | null>;
}

function start(env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return { child, output: () => output, ended };
}

/** Waits until the addresses are printed. Throws with the output when the process ends before. */
async function untilRunning({ output, ended }: Running): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  while (!output().includes('Press Ctrl-C')) {
    assert.ok(!over, output());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('npm start', () => {
  let state = '';
  const env: Record<string, string> = {};
  const ports = new Map<ServiceName, number>();

  before(async () => {
    state = await mkdtemp(join(tmpdir(), 'truetonne-start-'));
    env['TRUETONNE_STATE'] = state;
    for (const service of SERVICES) {
      const port = await findFreePort();
      ports.set(service, port);
      env[PORTS[service].variable] = String(port);
    }
  });

  after(async () => {
    await rm(state, { recursive: true, force: true });
  });

  async function fetchBatchIds(): Promise<readonly string[]> {
    const response = await fetch(`http://127.0.0.1:${ports.get('oracle')}/v1/batches?project=1`);
    const { batches } = (await response.json()) as { batches: { batchId: string }[] };
    return batches.map(({ batchId }) => batchId).sort();
  }

  async function interruptAndCheck(running: Running): Promise<void> {
    running.child.kill('SIGINT');
    assert.equal(await running.ended, 0, running.output());
    for (const [service, port] of ports) await assertPortFree(service, port);
  }

  test('prints its addresses, stops at Ctrl-C without a process left, and resumes', async () => {
    const first = start(env);
    await untilRunning(first);
    for (const port of ports.values()) assert.match(first.output(), new RegExp(`:${port}`));
    const batchIds = await fetchBatchIds();
    assert.deepEqual(batchIds, ['1000001', '1000002', '1000003', '1000004']);
    await interruptAndCheck(first);

    const second = start(env);
    await untilRunning(second);
    assert.doesNotMatch(second.output(), /deploying|once/);
    assert.deepEqual(await fetchBatchIds(), batchIds);
    await interruptAndCheck(second);
  });

  test('names a taken port and the variable that changes it', async () => {
    const taken = createServer();
    const port = ports.get('indexer');
    await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve));
    const running = start(env);
    assert.equal(await running.ended, 1);
    assert.match(
      running.output(),
      new RegExp(`port ${port} for the indexer is taken.*PORT_INDEXER`),
    );
    taken.close();
  });
});
