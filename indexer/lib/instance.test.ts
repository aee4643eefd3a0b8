import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { TonneError } from '@truetonne/protocol';
import { takeDirectory } from './instance.ts';

const folder = mkdtempSync(join(tmpdir(), 'truetonne-instance-'));
after(() => rmSync(folder, { recursive: true }));

const fresh = () => mkdtempSync(join(folder, 'data-'));

test('A new directory is made and taken', () => {
  const directory = join(folder, 'not', 'there', 'yet');
  const { previousWasKilled } = takeDirectory(directory);
  assert.equal(previousWasKilled, false);
  assert.ok(existsSync(join(directory, 'indexer.pid')));
});

test('A released directory can be taken again, as after a clean stop', () => {
  const directory = fresh();
  takeDirectory(directory).release();
  assert.equal(takeDirectory(directory).previousWasKilled, false);
});

test('A directory left by a killed process can be taken, and that is told', async () => {
  const directory = fresh();
  const child = spawn(process.execPath, ['-e', '0']);
  await once(child, 'exit');
  writeFileSync(join(directory, 'indexer.pid'), `${child.pid}\n`);
  assert.equal(takeDirectory(directory).previousWasKilled, true);
});

test('A process id that now belongs to another program does not hold the directory', async (t) => {
  const directory = fresh();
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1e6)']);
  t.after(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  writeFileSync(join(directory, 'indexer.pid'), `${child.pid}\n`);
  if (!existsSync(`/proc/${child.pid}/cmdline`)) return t.skip('no /proc on this system');
  assert.equal(takeDirectory(directory).previousWasKilled, true);
});

test('A directory in use is refused with the process that has it', async (t) => {
  const directory = fresh();
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1e6)', 'serve.ts']);
  t.after(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  writeFileSync(join(directory, 'indexer.pid'), `${child.pid}\n`);
  assert.throws(
    () => takeDirectory(directory),
    (error) =>
      error instanceof TonneError &&
      error.code === 'DATA_IN_USE' &&
      error.message.includes(String(child.pid)),
  );
});
