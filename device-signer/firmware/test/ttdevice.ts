import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import type { Hex } from '@truetonne/protocol';

export const CHAIN_ID = 31_337;
export const REGISTRY: Hex = `0x${'ab'.repeat(20)}`;
export const OWNER: Hex = '0x70997970c51812dc3a010c7d01b50e0d17dc79c8';

/** What a run of ttdevice printed, and how it ended. */
export interface Run {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** A device in a temporary folder, run by the command line of port/host. */
export interface HostDevice {
  readonly state: string;
  /** Runs a command to its end. */
  readonly run: (command: string, args?: readonly string[], input?: string) => Promise<Run>;
  /** Runs a command that has to succeed and returns what it printed as JSON. */
  readonly json: (command: string, args?: readonly string[]) => Promise<Record<string, string>>;
  /** Runs it without input until the work is done. */
  readonly during: (work: () => Promise<void>) => Promise<void>;
  /** Runs it on this input and ends it without warning after so many milliseconds. */
  readonly kill: (args: readonly string[], input: string, afterMs: number) => Promise<Run>;
}

/** Makes a device with a key of its own. */
export async function makeHostDevice(
  folder: string,
  args: readonly string[] = [],
): Promise<HostDevice> {
  const state = join(mkdtempSync(join(tmpdir(), 'truetonne-ttdevice-')), 'device');
  after(() => {
    rmSync(join(state, '..'), { recursive: true, force: true });
  });
  const start = (
    command: string,
    more: readonly string[],
    input: string,
    killMs?: number,
  ): Promise<Run> =>
    new Promise((resolve, reject) => {
      const child = spawn(join(folder, 'ttdevice'), [command, '--state', state, ...more]);
      let [output, errors] = ['', ''];
      child.stdout.on('data', (text: Buffer) => (output += text.toString()));
      child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
      // A killed one does not take the rest of its input.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
      child.on('error', reject);
      const timer =
        killMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killMs);
      child.on('close', (code) => {
        clearTimeout(timer);
        resolve({ code, output, errors });
      });
    });
  const device: HostDevice = {
    state,
    run: (command, more = [], input = '') => start(command, more, input),
    async json(command, more = []) {
      const { code, output, errors } = await start(command, more, '');
      if (code !== 0) throw new Error(`${command}: ${errors}`);
      // Proof: the commands print flat objects.
      return JSON.parse(output) as Record<string, string>;
    },
    async during(work) {
      const child = spawn(join(folder, 'ttdevice'), ['run', '--state', state]);
      const closed = new Promise((resolve) => child.on('close', resolve));
      // Its first event says that it has the device.
      await new Promise((resolve) => child.stderr.once('data', resolve));
      await work();
      child.stdin.end();
      await closed;
    },
    kill: (more, input, afterMs) => start('run', more, input, afterMs),
  };
  await device.json('init', ['--chain-id', String(CHAIN_ID), '--registry', REGISTRY, ...args]);
  return device;
}
