import { globSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runTool, WARNINGS } from '../toolchain.ts';
import { writeDay } from './day.ts';

const HERE = import.meta.dirname;
const CORE = join(HERE, '../../core');

/** The instruction set of an ESP32-C3. */
const TARGET = ['-march=rv32imc', '-mabi=ilp32'];
const PREFIX = 'riscv64-unknown-elf-';
const GCC_PACKAGE = 'gcc-riscv64-unknown-elf picolibc-riscv64-unknown-elf';

const CODE = ['-Os', '-ffunction-sections', '-fdata-sections', '-fstack-usage'];

/** P-256 alone, of micro-ecc's five curves. */
const CURVES = [
  ...['secp160r1', 'secp192r1', 'secp224r1', 'secp256k1'].map(
    (curve) => `-DuECC_SUPPORTS_${curve}=0`,
  ),
  '-DuECC_SUPPORT_COMPRESSED_POINT=0',
];

export interface Image {
  readonly elf: string;
  /** Bytes of code and constants. */
  readonly sizes: {
    /** The core alone. */
    readonly core: number;
    /** micro-ecc. */
    readonly p256: number;
    /** Everything but the table of the measured day. */
    readonly image: number;
  };
}

export interface ImageOptions {
  /** Bytes of stack; the linker script says the usual. */
  readonly stackSize?: number;
}

/**
 * Builds the image in a folder. Throws with the tool that is not installed, or with what cargo says when
 * it can't bring micro-ecc.
 */
export async function buildImage(target: string, options: ImageOptions = {}): Promise<Image> {
  const folder = resolve(target);
  const microEcc = await bringMicroEcc(folder);
  await writeFile(join(folder, 'day.c'), writeDay());
  const headers = ['-I', HERE, '-I', join(CORE, 'include'), '-isystem', microEcc];
  const core = await compile(folder, globSync(join(CORE, 'src/*.c')), [
    ...['-std=c99', ...WARNINGS, ...headers],
  ]);
  const port = await compile(
    folder,
    [...globSync(join(HERE, '*.c')), join(folder, 'day.c')],
    ['-std=c11', ...WARNINGS, ...headers],
  );
  const foreign = await compile(folder, [join(microEcc, 'uECC.c')], [...CURVES, '-I', microEcc]);
  const elf = join(folder, 'truetonne.elf');
  const limit =
    options.stackSize === undefined ? [] : [`-Wl,--defsym=stack_limit=${options.stackSize}`];
  await link([join(HERE, 'start.S'), ...core, ...port, ...foreign], elf, limit);
  const day = await sizeOf([join(folder, 'day.o')]);
  return {
    elf,
    sizes: {
      core: await sizeOf(core),
      p256: await sizeOf(foreign),
      image: (await sizeOf([elf])) - day,
    },
  };
}

/** Brings the sources of micro-ecc with cargo, which compares them with the checksum in Cargo.lock. */
async function bringMicroEcc(folder: string): Promise<string> {
  const crates = join(folder, 'crates');
  try {
    await runTool('cargo', ['vendor', '--locked', '--quiet', '--respect-source-config', crates], {
      cwd: join(HERE, 'micro-ecc'),
      debianPackage: 'cargo (or from rustup)',
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The image needs the sources of micro-ecc (crate micro-ecc-sys), and cargo could not bring them. Is its registry reachable? ${reason}`,
      { cause: error },
    );
  }
  return join(crates, 'micro-ecc-sys/micro-ecc');
}

async function compile(
  folder: string,
  sources: readonly string[],
  flags: readonly string[],
): Promise<readonly string[]> {
  const common = ['--specs=picolibc.specs', ...TARGET, ...CODE, ...flags, '-c'];
  await runTool(`${PREFIX}gcc`, [...common, ...sources], {
    cwd: folder,
    debianPackage: GCC_PACKAGE,
  });
  return sources.map((source) =>
    join(folder, source.slice(source.lastIndexOf('/') + 1).replace(/\.c$/, '.o')),
  );
}

async function link(
  parts: readonly string[],
  elf: string,
  flags: readonly string[],
): Promise<void> {
  await runTool(
    `${PREFIX}gcc`,
    [
      '--specs=picolibc.specs',
      ...TARGET,
      '-nostartfiles',
      ...['-T', join(HERE, 'link.ld'), '-Wl,--gc-sections', ...flags],
      ...parts,
      ...['-o', elf],
    ],
    { debianPackage: GCC_PACKAGE },
  );
}

/** `text` of size(1): code and constants, summed. */
async function sizeOf(files: readonly string[]): Promise<number> {
  const lines = (await runTool(`${PREFIX}size`, files)).trim().split('\n').slice(1);
  return lines.reduce((sum, line) => sum + Number(line.trim().split(/\s+/)[0]), 0);
}
