import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { concatBytes, fromHex, type Hex } from '@truetonne/protocol';
import { runTool } from '../toolchain.ts';
import type { Image } from './build.ts';

/** What is put into the emulated board before its first start (`struct board_settings`). */
export interface BoardSettings {
  /** 32 bytes from which the board derives its key. */
  readonly seed: Uint8Array;
  readonly domain: Hex;
  readonly owner: Hex;
  /** Unix seconds at which its day begins. */
  readonly startedAt: number;
}

/** What the board printed, line by line. */
export interface BoardOutput {
  readonly lines: readonly string[];
  /** The rest of every line that begins with this word. */
  readonly all: (word: string) => readonly string[];
  /** The same, as bytes of hex. */
  readonly bytes: (word: string) => readonly Uint8Array[];
  /** The highest of all `figure NAME VALUE`; throws when there is none. */
  readonly figure: (name: string) => number;
}

const SETTINGS_ADDRESS = '0x80300000';

/**
 * An ESP32-C3's instruction set: neither atomics nor floating point. Under `-icount shift=0` time passes
 * with instructions, so the count of them is exact and the same in each run.
 */
const MACHINE = [
  ...['-machine', 'virt', '-cpu', 'rv32,a=off,f=off,d=off,h=off', '-m', '16M'],
  ...['-bios', 'none', '-nographic', '-monitor', 'none', '-serial', 'stdio'],
  ...['-icount', 'shift=0'],
];

/** Runs the image to its end. Throws with what it printed when it ends with an error or a trap. */
export async function runImage(
  { elf }: Image,
  folder: string,
  settings: BoardSettings,
): Promise<BoardOutput> {
  const file = join(folder, 'settings.bin');
  await writeFile(file, encodeSettings(settings));
  const loader = `loader,file=${file},addr=${SETTINGS_ADDRESS},force-raw=on`;
  const text = await runTool(
    'qemu-system-riscv32',
    [...MACHINE, '-kernel', elf, '-device', loader],
    { debianPackage: 'qemu-system-misc' },
  );
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const all = (word: string): readonly string[] =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  return {
    lines,
    all,
    bytes: (word) => all(word).map((hex) => fromHex(`0x${hex}`)),
    figure(name) {
      const found = all('figure').filter((line) => line.startsWith(`${name} `));
      if (found.length === 0) throw new Error(`the board printed no figure ${name}`);
      return Math.max(...found.map((line) => Number(line.slice(name.length + 1))));
    },
  };
}

function encodeSettings({ seed, domain, owner, startedAt }: BoardSettings): Uint8Array {
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, BigInt(startedAt));
  return concatBytes([seed, fromHex(domain), fromHex(owner), time]);
}
