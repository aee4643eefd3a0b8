import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { TonneError } from '@truetonne/protocol';
import { takeDirectory } from './instance.ts';

const folder = mkdtempSync(join(tmpdir(), 'truetonne-instance-'));
after(() => rmSync(folder, { recursive: true }));

const fresh = () => mkdtempSync(join(folder, 'data-'));

const pidFile = (directory: string) => join(directory, 'indexer.pid');

test('A new directory is made, taken and given back', () => {
  const directory = join(folder, 'not', 'there', 'yet');
  const release = takeDirectory(directory);
  assert.ok(existsSync(pidFile(directory)));
  release();
  assert.ok(!existsSync(pidFile(directory)));
});

test('A directory left by a killed process can be taken', async () => {
  const directory = fresh();
  const child = spawn(process.execPath, ['-e', '0']);
  await once(child, 'exit');
  writeFileSync(pidFile(directory), `${child.pid}\n`);
  takeDirectory(directory);
  assert.equal(readFileSync(pidFile(directory), 'utf8'), `${process.pid}\n`);
});

test('A process id that now belongs to another program does not hold the directory', async (t) => {
  const directory = fresh();
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1e6)']);
  t.after(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  writeFileSync(pidFile(directory), `${child.pid}\n`);
  if (!existsSync(`/proc/${child.pid}/cmdline`)) return t.skip('no /proc on this system');
  assert.doesNotThrow(() => takeDirectory(directory));
});

test('A directory in use is refused with the process that has it', async (t) => {
  const directory = fresh();
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1e6)', 'serve.ts']);
  t.after(() => child.kill('SIGKILL'));
  await once(child, 'spawn');
  writeFileSync(pidFile(directory), `${child.pid}\n`);
  assert.throws(
    () => takeDirectory(directory),
    (error) =>
      error instanceof TonneError &&
      error.code === 'DATA_IN_USE' &&
      error.message.includes(String(child.pid)),
  );
});
